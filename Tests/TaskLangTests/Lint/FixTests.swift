import TaskLang
import Testing

/// What fixes make of inputs, applied until none is left.
@Suite struct FixTests {
  private func fixed(_ text: String, unsafe allows: Bool = true) -> String {
    var options = LintOptions(checksShell: true, obeysComments: true)
    options.ownLimit = options.limit
    let fixer = FixApplier(allowsUnsafe: allows) { Checked($0, options).diagnostics }
    let result = fixer.apply(to: Array(text.utf8))
    #expect(result.isComplete)
    return String(decoding: result.source, as: UTF8.self)
  }

  static let lines: [(String, String)] = [
    ("cd d ; ./p > o", "cd d && ./p > o"), ("cd d ; ./a && ./p > o", "cd d && ./a && ./p > o"),
    ("cd d ; echo a ; ./p > o", "cd d || exit ; echo a ; ./p > o"),
    ("cd d; ./a || ./p > o", "cd d || exit; ./a || ./p > o"),
    ("( cd d ; ./a ; ./b ) > o", "( cd d || exit ; ./a ; ./b ) > o"),
    ("mkdir -p d && cd d ; ./a ; ./b > o", "mkdir -p d && cd d || exit ; ./a ; ./b > o"),
    ("[ -d d ] && cd d ; ./b > o", "[ -d d ] && cd d ; ./b > o"),
    (
      "for d in a b; do cd $d ; ./p > o ; cd .. ; done",
      "for d in a b; do cd $d ; ./p > o ; cd .. ; done"
    ),
    ("conda activate x ; ./a > o ; ./b > p", "conda activate x || exit ; ./a > o ; ./b > p"),
    ("out=$(./collect > s.txt)", "out=$(./collect > s.txt)"),
    ("./p | tee x", "set -o pipefail ; ./p | tee x"), ("./m | head -1 > o", "./m | head -1 > o"),
    ("./m | head -3 | tee o", "./m | head -3 | tee o"),
    ("./a > o & ./b > p &", "./a > o & ./b > p & wait"), ("./a > o &", "./a > o "),
    ("for i in 1 2; do ./p $i > $i & done", "for i in 1 2; do ./p $i > $i & done ; wait"),
    ("( ./p > o & )", "( ./p > o & wait )"), ("{ ./p > o & }", "{ ./p > o & wait ; }"),
    ("./p {DISBATCH_TASKID} > o", "./p ${DISBATCH_TASKID} > o"),
    ("for i in 1 2; do ./p $i done", "for i in 1 2; do ./p $i ; done"),
    ("./p\u{200B}\u{200B} a > o", "./p a > o"),
  ]

  @Test(arguments: lines)
  func `a line is mended, and nothing that it does is lost`(line: String, mended: String) {
    #expect(fixed("\(line)\n") == "\(mended)\n")
  }

  static let wholes: [(String, String)] = [
    ("./a\n#DISBATCH BARRIERCHECK\n./b\n", "./a\n#DISBATCH BARRIER CHECK\n./b\n"),
    ("./a\n#DISBATCH BARRIER:k\n./b\n", "./a\n#DISBATCH BARRIER k\n./b\n"),
    ("./a\n#DISBATCH BARRIERS\n./b\n", "./a\n#DISBATCH BARRIER\n./b\n"),
    (
      "#DISBATCH PREFIX ./p \n#DISBATCH SUFFIX  > o\n",
      "#DISBATCH PREFIX ./p \n#DISBATCH SUFFIX  > o\n"
    ),
    ("./a > o\nexport A=1\n", "./a > o\nexport A=1\n"),
    ("export A=1\n#DISBATCH PREFIX ./p \n1 > o\n", "export A=1\n#DISBATCH PREFIX ./p \n1 > o\n"),
    ("export A=1\n./a > o\n./b > p\n", "#DISBATCH PREFIX export A=1 && \n./a > o\n./b > p\n"),
    (
      "#DISBATCH SUFFIX  > o_$DISBATCH_TASKID 2>&1\ncd d && ./a ; ./b\n",
      "#DISBATCH SUFFIX  > o_$DISBATCH_TASKID 2>&1\ncd d && ./a ; ./b\n"
    ),
    (
      "#DISBATCH SUFFIX  > $x 2>&1\nx=1 ; ./a ; ./b\n",
      "#DISBATCH SUFFIX  > $x 2>&1\nx=1 ; ./a ; ./b\n"
    ),
    (
      "#DISBATCH SUFFIX  &> o_$DISBATCH_TASKID\nexport x=1 ; ./a ; ./b\n",
      "#DISBATCH SUFFIX  &> o_$DISBATCH_TASKID\nexport x=1 ; ( ./a ; ./b )\n"
    ),
    (
      "#DISBATCH SUFFIX  &> o_$DISBATCH_REPEAT_INDEX\n./a\n#DISBATCH REPEAT 2 ./b\n",
      "#DISBATCH SUFFIX  &> o_$DISBATCH_REPEAT_INDEX\n./a\n#DISBATCH REPEAT 2 ./b\n"
    ),
    (
      "#DISBATCH PREFIX cd d && \n./a 1 | tee x\n./b 2 | head -1\n",
      "#DISBATCH PREFIX cd d && \nset -o pipefail && ./a 1 | tee x\n./b 2 | head -1\n"
    ),
    (
      "#DISBATCH NOPE\n#DISBATCH PREFIX cd x && \n#DISBATCH PERENGINE START ./in\n./p > o\n",
      "#DISBATCH NOPE\n#DISBATCH PREFIX cd x && \n#DISBATCH PERENGINE START ./in\n./p > o\n"
    ),
    ("./a\r./b > o\ncd d ; ./p > q\n", "./a\r./b > o\ncd d && ./p > q\n"),
    // A PERENGINE would end the plan where it comes to stand behind a task, a REPEAT or a BARRIER.
    (
      "./a > o\n# DISBATCH PERENGINE START ./in\n./b > p\n",
      "./a > o\n# DISBATCH PERENGINE START ./in\n./b > p\n"
    ),
    (
      "./a > o\n #DISBATCH PERENGINE STOP ./out\n#disbatch PERENGINE STOP ./out\n./b > p\n",
      "./a > o\n #DISBATCH PERENGINE STOP ./out\n#disbatch PERENGINE STOP ./out\n./b > p\n"
    ),
    (
      "#DISBATCH REPEAT 2\t./a > o$DISBATCH_TASKID\n#DISBATCH PERENGINE\tSTART ./in\n./b > p\n",
      "#DISBATCH REPEAT 2 ./a > o$DISBATCH_TASKID\n#DISBATCH PERENGINE\tSTART ./in\n./b > p\n"
    ),
    (
      "./a > o\n#DISBATCHPERENGINE STOP ./out\n./b > p\n",
      "./a > o\n#DISBATCHPERENGINE STOP ./out\n./b > p\n"
    ),
    (
      "#DISBATCH NOPE\n#DISBATCH PERENGINE\tSTART ./in\n./b > p\n",
      "#DISBATCH NOPE\n#DISBATCH PERENGINE\tSTART ./in\n./b > p\n"
    ),
    (
      "#DISBATCH BARRIER\n# DISBATCH PERENGINE START ./in\n./b > p\n",
      "#DISBATCH BARRIER\n# DISBATCH PERENGINE START ./in\n./b > p\n"
    ),
    (
      "#DISBATCH PREFX ./p \n# DISBATCH PERENGINE START ./in\n#DISBATCHPERENGINE STOP ./out\nb > p\n",
      "#DISBATCH PREFIX ./p \n#DISBATCH PERENGINE START ./in\n#DISBATCH PERENGINE STOP ./out\nb > p\n"
    ),
    ("#DISBATCH PERNODE START ./in\n./p > o\n", "#DISBATCH PERENGINE START ./in\n./p > o\n"),
  ]

  @Test(arguments: wholes)
  func `a file is mended, and nothing that it says is lost`(text: String, mended: String) {
    #expect(fixed(text) == mended)
  }

  @Test func `as many lines as have a fault are mended in one go`() {
    let text = (1...2500).map { "./p\($0) | tee x\($0)\n" }.joined()
    let mended = (1...2500).map { "set -o pipefail ; ./p\($0) | tee x\($0)\n" }.joined()
    #expect(fixed(text) == mended)
  }

  @Test func `what is safe takes nothing away from a file that waits for its tasks`() {
    let text = "#DISBATCH PREFIX ./p \n#DISBATCH SUFFIX  > o\n"
    #expect(fixed(text, unsafe: false) == text)
  }
}
