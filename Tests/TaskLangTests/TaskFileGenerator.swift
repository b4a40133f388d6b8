import TestSupport

/// Task files as people write them, and as they should not: a seed decides which.
struct TaskFileGenerator {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  private static let lines: [String] = [
    "", " ", "\t\u{B}\u{C}", "# comment", "  # displaced", "echo one", "echo two ", " echo led",
    "#DISBATCH PREFIX ( cd x ; ", "#DISBATCH PREFIX ", "#DISBATCH prefix y", "#DISBATCH PREFIX",
    "#DISBATCH SUFFIX  ) &> log", "#DISBATCH SUFFIX ", "#DISBATCH SUFFIX # ",
    "#DISBATCH REPEAT 3 run", "#DISBATCH REPEAT 2 start 5 step 7 run", "#DISBATCH REPEAT 2",
    "#DISBATCH repeat  2\tSTART 5 x", "#DISBATCH REPEAT 2 step 2 start 5 x",
    "#DISBATCH REPEAT 0 x", "#DISBATCH REPEAT 2  ", "#DISBATCH REPEAT 2 start 5x",
    "#DISBATCH REPEAT 2\tx", "#DISBATCH REPEAT -1 x", "#DISBATCH BARRIER",
    "#DISBATCH BARRIER CHECK", "#DISBATCH BARRIER CHECK key", "#DISBATCH BARRIER a key ",
    "#DISBATCH BARRIERS", "#DISBATCH BARRIER check", "#DISBATCH BARRIER  CHECK",
    "#DISBATCH PERENGINE START stage in", "#DISBATCH PERENGINE STOP stage out",
    "#DISBATCH PERENGINE start x", "#DISBATCH PERENGINE STOP ", "#DISBATCH  PREFIX x",
    "#DISBATCHED x", "#DISBATCH", "#DISBATCH ", "#DISBATCH\tPREFIX x", "#disbatch PREFIX x",
    "#DISBATCH nothing known", "-a 1", "echo \u{e9}\u{4e2d}", "b'x'",
    "#DISBATCH PREFIX #DISBATCH", "#DISBATCH PREFIX step=5 true ", "#DISBATCH PREFIX start 5 ",
    "#DISBATCH PREFIX \u{FEFF}", "\u{FEFF}echo marked",
  ]

  /// The bytes of the next file.
  mutating func next() -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...14, using: &random) {
      bytes += Array(random.pick(Self.lines).utf8)
      if Int.random(in: 0..<12, using: &random) == 0 {
        bytes.append(UInt8.random(in: 0...255, using: &random))
      }
      bytes += Array(random.pick(["\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n"]).utf8)
    }
    if Int.random(in: 0..<3, using: &random) == 0, !bytes.isEmpty { bytes.removeLast() }
    return bytes
  }
}
