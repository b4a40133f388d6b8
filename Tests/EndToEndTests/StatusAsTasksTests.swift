import TestSupport
import Testing

/// A status file that is named where a task file belongs.
@Suite struct StatusAsTasksTests {
  private static let header = "ROE[ PSZ]\tTaskID\tLineNum\tRepeatIndex\tNode\tPID\tReturnCode\n"
  private static func row(_ id: Int, _ flags: String = "    ") -> String {
    "\(flags)\t\(id)\t\(id + 1)\t-1\tnode1\t4711\t0\t0.004\t1700000000.000\t1700000000.004\t0\t''"
      + "\t0\t''\ttouch started\n"
  }

  /// Files of both programs, whole and not.
  static let files = [
    row(0) + row(1), header + row(0), header, row(0, "B    ") + row(1), row(0, "R   "),
    row(0, "   Z") + row(0), String(row(0).dropLast(8)), String(row(0).prefix(32)),
    row(0).replacing("\n", with: "\r\n") + row(1).replacing("\n", with: "\r\n"),
    "\n# copied from the cluster\n" + row(0), row(0).replacing("''", with: "b'\\xff'"),
    "amaged\t0\trow\n" + row(1),
  ]

  @Test(arguments: files)
  func `it is recognised and nothing of it runs`(text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "x_status.txt")
    for words in [["run", "-p", "p"], ["expand"], ["fmt"], ["check"], ["run", "-n"]] {
      let outcome = try Disbatch.program(words + ["x_status.txt"], in: folder).run()
      #expect(outcome.ending == .exited(words[0] == "run" ? 2 : 1), "\(words) \(outcome)")
      let told = outcome.errorText + outcome.outputText
      #expect(told.contains("this is the status file of a run"), "\(words) \(outcome)")
      #expect(told.contains("disbatch status FILE"), "\(words) \(outcome)")
      #expect(told.ranges(of: "error[").count == 1, "\(words) \(outcome)")
    }
    #expect(try folder.text(of: "x_status.txt") == text)
    #expect(try folder.names() == ["x_status.txt"])
  }

  @Test(arguments: files.filter { !$0.hasPrefix("amaged") })
  func `in a stream it is recognised before anything starts`(text: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Disbatch.program(["-p", "p", "-"], in: folder).reading(text).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains("this is the status file of a run"), "\(outcome)")
    #expect(!folder.contains("started"))
    #expect(try StatusRow.rows(of: "p", in: folder).isEmpty)
  }

  @Test func `without the checks it is run line by line`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.row(0), to: "x_status.txt")
    let words = ["-j", "1", "-p", "p", "--no-check", "x_status.txt"]
    let outcome = try Disbatch.program(words, in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try StatusRow.rows(of: "p", in: folder).map(\.returnCode) == [127])
  }

  @Test(arguments: [
    "echo\ta\tb\n", "    \t0\t1\t-1\tnode1\t2 && true\n", "R   \tscript.R\t1\t2\t3\t4\t5\t6\n",
    "awk -F'\\t' '{print $1}' x_status.txt\n", "#DISBATCH PREFIX echo \n" + row(0),
    "ROE[ PSZ]\n", String(repeating: "true\n", count: 8) + row(0),
  ])
  func `tasks with tabs are tasks`(text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "Tasks")
    let outcome = try Disbatch.run("check", "Tasks", in: folder)
    #expect(!(outcome.outputText + outcome.errorText).contains("DB218"), "\(outcome)")
  }
}
