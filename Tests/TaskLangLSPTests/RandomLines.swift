import TaskLang
import TaskLangLSP
import TestSupport

/// Lines of task files, good and bad, and pieces of them.
enum RandomLines {
  private static let lines = [
    "run --fast", "echo \u{E9}\u{1F600}", "", "  ", "# note", "#DISBATCH PREFIX ( cd x ; ",
    "#DISBATCH PREFIX ", "#DISBATCH SUFFIX  ) &> log", "#DISBATCH SUFFIX ",
    "#DISBATCH REPEAT 3 start 5 run $DISBATCH_REPEAT_INDEX", "#DISBATCH REPEAT 0 x",
    "#DISBATCH REPEAT 999998 x",
    "#DISBATCH BARRIER", "#DISBATCH BARRIER CHECK key", "#DISBATCH BARRIER check",
    "#DISBATCH PERENGINE START stage", "#DISBATCH PERENGINE STOP x", "#DISBATCH PREFX y",
    "#disbatch SUFFIX x", "#DISBATCH REPEAT 9223372036854775807 x", "a\rb", "-a 1",
    "prog 1 > out", "prog 2 > out", "prog 3 > d/out 2> err", "prog 4 >> shared", "cd x; prog 5",
    "for i in 1 2; do", "done", "(", "echo 'open",
    "prog $DISBATCH_REPEAT_INDEX > $DISBATCH_TASKID.log",
    "cd a && prog > out", "prog # note", "#DISBATCH REPEAT 2 prog > r_$DISBATCH_REPEAT_INDEX",
    "#DISBATCH PREFIX { ", "#DISBATCH SUFFIX ; } &> log_${DISBATCH_TASKID_ZP}",
    "# disbatch: ignore[DB404]", "# disbatch: disable[DB5]", "# disbatch: enable[DB5]",
    "# disbatch: expect[DB301]", "# disbatch: ignore-file[DB408]", "echo $1 {", "x &",
    "\u{2018}a\u{2019}",
    "prog a b c", "prog 'a' \"b\"", "prog 6 > $DISBATCH_TASKID", "prog \\", "exit 1; prog", "true",
  ]

  /// What is looked for: one time in three with little room, one in three all there is.
  static func options(_ random: inout SplitMix) -> LintOptions {
    var options = DocumentChecks.options()
    switch Int.random(in: 0..<3, using: &random) {
    case 0: options.limit = 10
    case 1: options.enabled = Set(DiagnosticCode.allCases.filter(\.isOptIn))
    default: break
    }
    return options
  }

  private static let fillers = [
    "run number one of many", "run number one of many", "prog > same", "prog -x > \"$HOME/same\"",
    "cd y ; run", "run &> $DISBATCH_TASKID", "run caf\u{E9}",
  ]

  /// So many lines; plain tasks are the most frequent, directives that change all below the rarest.
  static func text(count: Int, _ random: inout SplitMix) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<count {
      let isPlain = count > 100 && Int.random(in: 0..<20, using: &random) > 0
      bytes += Array((isPlain ? filler(&random) : random.pick(lines)).utf8)
      bytes += Array(random.pick(["\n", "\n", "\n", "\r\n", "\r"]).utf8)
    }
    return bytes
  }

  private static func filler(_ random: inout SplitMix) -> String {
    switch Int.random(in: 0..<20, using: &random) {
    case 0: random.pick(fillers)
    case 1: "prog > file_\(Int.random(in: 0..<1000, using: &random))"
    case 2:
      "( cd w && prog \(Int.random(in: 0..<9, using: &random)) ) > logs/$NAME_"
        + "\(Int.random(in: 0..<1000, using: &random)) 2>> err_\(Int.random(in: 0..<9, using: &random))"
    default: fillers[0]
    }
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
