import TestSupport
import Testing

/// Output files that were cut, mixed up or overwritten.
@Suite struct DamagedOutputTests {
  private static let numbers = [
    "-1", "0", "01", "+1", "1", "2", "4", "2147483646", "2147483647", "\(1 << 60)", "\(Int.max)",
    "99999999999999999999", "",
  ]

  /// Three runs into one file, the last with retries.
  private static func prepare(_ folder: TemporaryFolder) throws {
    let tasks = "echo $DISBATCH_TASKID; echo err >&2; exit $((DISBATCH_ATTEMPT < 2))"
    try folder.write("#DISBATCH REPEAT 3 \(tasks)\n", to: "Tasks")
    for number in 1...3 {
      let run = try Disbatch.run(
        "-q",
        "-p",
        "run",
        "--output",
        "whole",
        "--retries",
        number == 3 ? "1" : "0",
        "Tasks",
        in: folder
      )
      try #require(run.ending == .exited(0), "\(run)")
    }
  }

  /// One of the ways in which files are damaged.
  private static func damage(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    if bytes.isEmpty { return bytes }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
    case 1:
      let place = Int.random(in: bytes.indices, using: &random)
      bytes[place] = UInt8.random(in: 0...255, using: &random)
    default:
      // Headers are lines of words set apart by blanks, most of them numbers.
      let starts = bytes.indices.filter { bytes[$0...].starts(with: "#DISBATCH OUTPUT ".utf8) }
      guard let start = starts.randomElement(using: &random),
        let end = bytes[start...].firstIndex(of: 0x0A)
      else { return bytes }
      var words = bytes[start..<end].split(separator: 0x20, omittingEmptySubsequences: false)
        .map(Array.init)
      let word = Int.random(in: min(2, words.count - 1)..<words.count, using: &random)
      words[word] = Array(random.pick(numbers).utf8)
      bytes.replaceSubrange(start..<end, with: Array(words.joined(separator: [0x20])))
    }
    return bytes
  }

  @Test func `a damaged file is read for what it still says, with an index and without`() throws {
    let folder = try TemporaryFolder()
    try Self.prepare(folder)
    let (log, index) = (try folder.bytes(of: "whole"), try folder.bytes(of: "whole.index"))
    var random = SplitMix(seed: 11)
    var complaints = 0
    for round in 0..<(TestMode.isLong ? 1000 : 60) {
      var damaged = log
      for _ in 0..<random.pick([1, 1, 2, 5]) { damaged = Self.damage(damaged, &random) }
      try folder.write(damaged, to: "log")
      try folder.write(
        round % 3 > 0 ? [] : round % 2 > 0 ? index : Self.damage(index, &random),
        to: "log.index"
      )
      for words in [["log", "0"], ["--list", "log"], ["--attempt", "4", "log", "2"]] {
        let shown = try Disbatch.program(["output"] + words, in: folder).run()
        #expect([.exited(0), .exited(1), .exited(2)].contains(shown.ending), "\(shown)")
        if shown.errorText.contains("left out") { complaints += 1 }
      }
      let more = try Disbatch.run("-q", "-p", "run", "--output", "log", "Tasks", in: folder)
      #expect([.exited(0), .exited(2)].contains(more.ending), "\(more)")
    }
    #expect(complaints > 10, "hardly anything was damaged")
  }

  @Test(arguments: [
    ("0 1 out \(Int.max) 5", "what stands at byte 51 is no record"),
    ("0 1 out \(1 << 60) 5", "\(1 << 60) bytes are missing"),
    ("0 2147483648 out 0 5", "what stands at byte 51 is no record"),
    ("RUN -5 5", "what stands at byte 51 is no record"),
  ])
  func `a record of impossible numbers is none`(header: String, told: String) throws {
    let folder = try TemporaryFolder()
    let start = "#DISBATCH OUTPUT FILE 1\n#DISBATCH OUTPUT RUN 1 1\na\n"
    try folder.write("\(start)#DISBATCH OUTPUT \(header)\nhello\n", to: "log")
    let outcome = try Disbatch.run("output", "log", "0", in: folder)
    #expect(outcome.ending == .exited(1), "\(outcome)")
    #expect(outcome.errorText.contains(told), "\(outcome)")
  }
}
