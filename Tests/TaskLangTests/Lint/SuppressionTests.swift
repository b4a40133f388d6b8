import TaskLang
import Testing

@Suite struct SuppressionTests {
  private func checked(_ text: String, _ options: LintOptions = LintOptions()) -> Checked {
    var options = options
    options.obeysComments = true
    return Checked(Array(text.utf8), options)
  }

  private func found(_ text: String, _ options: LintOptions = LintOptions()) -> [String] {
    checked(text, options).diagnostics.map { "\($0.primary.span.start.line) \($0.code.rawValue)" }
  }

  @Test(
    arguments: [
      ("# disbatch: ignore[DB203] why\n#DISBATCH REPEAT 0 x\nx\n", []),
      ("#disbatch:ignore[ DB205 ,DB204]why\n#DISBATCH REPEAT 2 step 0 x\nx\n", []),
      (" # disbatch:\tignore[repeat-zero]\n#DISBATCH REPEAT 0 x\nx\n", []),
      ("# disbatch: ignore[DB2]\n\n# more\n#DISBATCH REPEAT 0 x\nx\n", []),
      (
        "# disbatch: ignore[DB205]\n# disbatch: ignore[DB204]\n#DISBATCH REPEAT 2 step 0 x\nx\n", []
      ),
      ("# disbatch: ignore[DB203]\nx\n#DISBATCH REPEAT 0 x\n", ["1 DB901", "3 DB203"]),
      ("# disbatch: ignore[DB117]\n#SBATCH -n 2\n#SBATCH -n 3\nx\n#SBATCH -n 4\n", ["5 DB117"]),
      ("# disbatch: ignore[DB217]\n#!/bin/bash\nx\n", []),
      (
        "# disbatch: disable[DB203]\n#DISBATCH REPEAT 0 x\n# disbatch: enable[DB203]\n"
          + "#DISBATCH REPEAT 0 x\nx\n", ["4 DB203"]
      ),
      (
        "# disbatch: disable[DB2]\n#DISBATCH REPEAT 0 x\n# disbatch: enable[DB203]\n"
          + "#DISBATCH REPEAT 0 step 0 x\nx\n", ["4 DB203"]
      ),
      ("x\n#DISBATCH REPEAT 0 x\n# disbatch: disable[DB203]\n", ["2 DB203", "3 DB901"]),
      ("# disbatch: ignore-file[DB203]\nx\n#DISBATCH REPEAT 0 x\n", []),
      ("#SBATCH -n 1\n# disbatch: ignore-file[DB117]\nx\n", []),
      ("x\n# disbatch: ignore-file[DB203]\n#DISBATCH REPEAT 0 x\n", ["2 DB903", "3 DB203"]),
      ("x\n# disbatch: ignore[DB208]\n#DISBATCH BARRIER\n", []),
      (
        "x\n# disbatch: ignore[DB209]\n#DISBATCH BARRIER\n#DISBATCH BARRIER\ny\n",
        ["2 DB901", "4 DB209"]
      ),
      ("# disbatch: ignore[DB212]\n#DISBATCH PREFIX a \n#DISBATCH PREFIX b \nx\n", []),
      ("# disbatch: expect[DB203]\n#DISBATCH REPEAT 0 x\nx\n", []),
      ("# disbatch: expect[DB216] off\nx\n", ["1 DB901"]),
      ("# disbatch: ignore[DB216] off\nx\n", []),
      ("# disbatch: ignore[DB901, DB203]\nx\n", ["1 DB901", "1 DB901"]),
      ("# disbatch: ignore-file[DB901]\n# disbatch: ignore[DB203]\nx\n", []),
      ("# disbatch: enable[DB203]\nx\n", ["1 DB901"]),
      (
        "#DISBATCH PERENGINE START a\nx\n#DISBATCH PERENGINE STOP b\n"
          + "# disbatch: ignore[DB108]\n#DISBATCH barrier\n", ["3 DB201"]
      ),
    ] as [(String, [String])]
  )
  func `comments suppress what they name, where they say`(text: String, expected: [String]) {
    #expect(found(text) == expected, "\(text)")
  }

  @Test(
    arguments: [
      "# disbatch: disable[DB301]\n" + String(repeating: "( a\n", count: 50)
        + "# disbatch: enable[DB301]\n",
      String(repeating: "# disbatch: ignore[DB301]\n( a\n", count: 50),
    ]
  )
  func `what is suppressed takes no room from what is told`(suppressed: String) {
    let options = LintOptions(limit: 10, checksShell: true)
    let result = checked(suppressed + String(repeating: "( b\n", count: 25), options)
    #expect(result.diagnostics.filter { $0.code == .shellSyntax }.count == 10)
    #expect(Set(result.diagnostics.map(\.primary.span.start.line)).count == 11)
    #expect(result.diagnostics.last?.code == .limitReached)
    #expect(result.omitted == [.shellSyntax: 15])
  }

  @Test(
    arguments: [
      ("# disbatch: ignore[DB404]\na | tee x\na | tee y\n", ["3 DB404"]),
      ("a | tee x\n# disbatch: ignore[DB404]\na | tee y\n", ["1 DB404"]),
      (
        "# disbatch: ignore[DB404]\na | tee x\n# disbatch: ignore[DB404]\na | tee y\n",
        []
      ),
      (
        "# disbatch: disable[DB404]\na | tee x\na | tee y\n# disbatch: enable[DB404]\n"
          + "a | tee z\n", ["5 DB404"]
      ),
      ("# disbatch: ignore-file[DB4]\na | tee x\na | tee y\n", []),
    ] as [(String, [String])]
  )
  func `what recurs in shell text is told where no comment suppresses it`(
    text: String,
    expected: [String]
  ) {
    #expect(found(text, LintOptions(allowed: [.outputNotCaptured], checksShell: true)) == expected)
  }

  @Test func `what is suppressed still refuses a file`() {
    let checked = checked("# disbatch: ignore[DB108]\n#DISBATCH barrier\nx\n")
    #expect(checked.diagnostics == [])
    #expect(checked.firstRefusal?.code == .barrierCase)
  }

  @Test func `comments say nothing unless they are obeyed`() {
    let text = "# disbatch: ignore[DB203]\n#DISBATCH REPEAT 0 x\n# disbatch: what\nx\n"
    #expect(Checked(Array(text.utf8)).codes == ["DB203"])
  }

  @Test func `what is suppressed does not use up the limits`() {
    let quiet = String(repeating: "# disbatch: ignore[DB203]\n#DISBATCH REPEAT 0 x\n", count: 9)
    let checked = checked(quiet + "#DISBATCH REPEAT 0 x\nx\n", LintOptions(limit: 3))
    #expect(checked.diagnostics.map(\.code) == [.repeatZero])
    #expect(checked.omitted == [:])
  }

  @Test func `a task behind a long row of tasks is found by the comment in front of it`() {
    let tasks = String(repeating: "run $DISBATCH_TASKID\n", count: 500)
    #expect(
      found(tasks + "# disbatch: ignore[DB702]\nrun\nrun \0\n") == ["501 DB901", "503 DB702"]
    )
    #expect(found(tasks + "# disbatch: ignore[DB702]\nrun \0\n" + tasks) == [])
  }

  @Test func `there is a limit to what comments may ask for`() {
    let words = String(repeating: "# disbatch: ignore[DB203]\n", count: 10_001)
    let checked = checked(words + "#DISBATCH REPEAT 0 x\nx\n")
    #expect(checked.diagnostics.map(\.code) == [.malformedSuppression])
  }
}
