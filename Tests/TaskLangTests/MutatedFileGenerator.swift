import FoundationEssentials
import TestSupport

/// Files of Tests/Fixtures with mistakes put into them: a seed decides which.
struct MutatedFileGenerator {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed: seed &* 0x9E37_79B9) }

  /// The fixtures that are short enough to be looked at many times.
  private static let sources: [[UInt8]] = ["check", "shell", "shell/clean"].flatMap { name in
    let folder = Repository.file("Tests/Fixtures/\(name)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".tasks") }.sorted().compactMap { name -> [UInt8]? in
      let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
      return data.flatMap { $0.count < 4096 ? Array($0) : nil }
    }
  }

  private static let insertions: [String] = [
    "'", "\"", "`", "$(", "${", "(", ")", "{", "}", "\\", "#", ";", "&", "|", ">", "<", " ", "\t",
    "\r",
    "\n", "\r\n", "\u{e9}", "\u{4e2d}", "\u{1F469}\u{200D}\u{1F467}", "e\u{301}", "\u{A0}",
    "\u{201C}",
    "\u{FEFF}", "\0", "#DISBATCH ", "$DISBATCH_TASKID", "${DISBATCH_REPEAT_INDEX_ZP}", "&> log",
    "2>&1",
    "# disbatch: ignore[DB4] ", "f ( # \u{1F600}\n", "cd ", "exit ; ", "-", "1",
  ]

  /// The bytes of the next file.
  mutating func next() -> [UInt8] {
    var bytes = random.pick(Self.sources)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0...3: bytes.insert(contentsOf: random.pick(Self.insertions).utf8, at: place)
      case 4:
        bytes.removeSubrange(
          place..<min(place + Int.random(in: 1...5, using: &random), bytes.count)
        )
      case 5: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
      case 6:
        let other = random.pick(Self.sources)
        bytes.insert(contentsOf: other.prefix(Int.random(in: 0...200, using: &random)), at: place)
      default:
        let end = min(place + Int.random(in: 0...40, using: &random), bytes.count)
        bytes.insert(
          contentsOf: bytes[place..<end],
          at: Int.random(in: 0...bytes.count, using: &random)
        )
      }
    }
    return bytes
  }
}
