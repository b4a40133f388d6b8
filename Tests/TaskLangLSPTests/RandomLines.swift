import TestSupport

/// Lines of task files, good and bad, and pieces of them.
enum RandomLines {
  private static let lines = [
    "run --fast", "echo \u{E9}\u{1F600}", "", "  ", "# note", "#DISBATCH PREFIX ( cd x ; ",
    "#DISBATCH PREFIX ", "#DISBATCH SUFFIX  ) &> log", "#DISBATCH SUFFIX ",
    "#DISBATCH REPEAT 3 start 5 run $DISBATCH_REPEAT_INDEX", "#DISBATCH REPEAT 0 x",
    "#DISBATCH BARRIER", "#DISBATCH BARRIER CHECK key", "#DISBATCH BARRIER check",
    "#DISBATCH PERENGINE START stage", "#DISBATCH PERENGINE STOP x", "#DISBATCH PREFX y",
    "#disbatch SUFFIX x", "#DISBATCH REPEAT 9223372036854775807 x", "a\rb", "-a 1",
  ]

  /// So many lines; plain tasks are the most frequent, directives that change all below the rarest.
  static func text(count: Int, _ random: inout SplitMix) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<count {
      let isPlain = count > 100 && Int.random(in: 0..<20, using: &random) > 0
      bytes += Array((isPlain ? "run number one of many" : random.pick(lines)).utf8)
      bytes += Array(random.pick(["\n", "\n", "\n", "\r\n", "\r"]).utf8)
    }
    return bytes
  }

  /// What an edit may put in.
  static func piece(_ random: inout SplitMix) -> [UInt8] {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: []
    case 1: Array("\n".utf8)
    case 2: Array(random.pick(["\r", "\r\n", "#", " ", "D", "x", "\u{E9}", "$"]).utf8)
    case 3: Array(random.pick(lines).utf8)
    case 4: Array((random.pick(lines) + "\n").utf8)
    default: text(count: 3, &random)
    }
  }
}
