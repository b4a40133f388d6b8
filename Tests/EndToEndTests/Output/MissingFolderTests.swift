import TestSupport
import Testing

/// Redirections into folders that are not there.
@Suite struct MissingFolderTests {
  private static func run(
    _ tasks: String,
    _ more: String...,
    in folder: TemporaryFolder
  ) throws
    -> ProgramOutcome
  {
    try folder.write(tasks, to: "Tasks")
    let arguments = ["run", "-j", "1", "-p", "run"] + more + ["Tasks"]
    return try Disbatch.program(arguments, in: folder).setting("PLACE", to: "deep/er").run()
  }

  @Test(arguments: [
    ("( cd / ; true ) &> logs/log_${DISBATCH_TASKID}.txt", "logs"),
    ("true > \"a b/$DISBATCH_REPEAT_INDEX_ZP\" 2>&1", "a b"),
    ("true 2> $PLACE/x", "deep/er"), ("{ true; } >> ./none/x", "./none"),
    (
      "true > ok 2> '/no/such folder/that is quite long indeed, so that bash is cut short/x'",
      "/no/such folder/that is quite long indeed, so that bash is cut short"
    ),
  ])
  func `the folder is named with the failure and at the end`(
    command: String,
    missing: String
  )
    throws
  {
    let folder = try TemporaryFolder()
    let outcome = try Self.run("\(command)\n", in: folder)
    let text = "the folder \(missing) does not exist"
    #expect(outcome.errorText.contains("task 0 (line 1) exit 1, \(text): "), "\(outcome)")
    #expect(outcome.errorText.contains("\n\(text): task 0's command was not run\n"), "\(outcome)")
  }

  @Test func `many tasks with one folder are one line with their number`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Self.run(
      ":\n#DISBATCH SUFFIX  > logs/$DISBATCH_TASKID\n#DISBATCH REPEAT 30 echo\n",
      in: folder
    )
    let line =
      "the folder logs does not exist: the commands of 30 tasks, from task 1 on, were not run"
    #expect(outcome.errorText.split(separator: "\n").filter { $0 == line }.count == 1, "\(outcome)")
  }

  @Test(arguments: [
    "false", "echo '/bin/bash: line 1: logs/x: No such file or directory' >&2; exit 1",
    "cat < logs/x", "true; true > logs/x", "false > here/x", "(cd here; true > logs/x; false)",
    "/bin/bash -c 'true > logs/x' > here/x", "true > logs/$(echo x)",
  ])
  func `nothing is said of other failures`(command: String) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("here")
    let outcome = try Self.run("\(command)\n", in: folder)
    #expect(outcome.errorText.contains("1 failed"), "\(outcome)")
    #expect(!outcome.errorText.contains("does not exist"), "\(outcome)")
  }
}
