import TestSupport
import Testing

/// Status files that somebody changes while their run goes on.
@Suite struct LostRecordsTests {
  @Test(arguments: [": > run_status.txt", "truncate -s 10 run_status.txt"])
  func `rows that are cut off are missed, and their tasks run again`(command: String) throws {
    let folder = try TemporaryFolder()
    let tasks = "echo 0 >> ran\n\(command)\necho 2 >> ran\necho 3 >> ran\n"
    try folder.write(tasks, to: "Tasks")
    let run = try Disbatch.run("-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(run.ending == .exited(1), "\(run)")
    let told = run.errorText.split(separator: "\n").filter { $0.contains("was cut while") }
    #expect(told.count == 1, "\(run)")
    #expect(try StatusRow.rows(of: "run", in: folder).map(\.id) == [1, 2, 3])
    let line = try #require(ResumeLine(in: run), "\(run)")
    #expect(line.purpose == "to go on")
    let again = try line.pasted(in: folder).run()
    #expect(again.ending == .exited(0), "\(again)")
    #expect(try folder.text(of: "ran") == "0\n2\n3\n0\n")
  }

  /// Pastes the command that a run gave, which is to run the one task that failed and pass over others.
  private func follow(
    _ run: ProgramOutcome,
    skipping count: Int,
    in folder: TemporaryFolder
  ) throws {
    let line = try #require(ResumeLine(in: run), "\(run)")
    #expect(line.purpose == "to run what failed again")
    try folder.write("", to: "mended")
    let again = try line.pasted(in: folder).run()
    #expect(again.errorText.contains("1 done, 0 failed, \(count) skipped"), "\(line) \(again)")
  }

  @Test(arguments: ["rm run_status.txt", "rm run_status.txt; rm -f *.log"])
  func `a file that is removed is there again for the next task`(command: String) throws {
    let folder = try TemporaryFolder()
    let tasks = "true\n\(command)\ncp run_status.txt seen\n[ -e mended ] || exit 3\n"
    try folder.write(tasks, to: "Tasks")
    let run = try Disbatch.run("-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(run.ending == .exited(0), "\(run)")
    let told = run.errorText.split(separator: "\n").filter { $0.contains("was removed while") }
    #expect(told.count == 1, "\(run)")
    #expect(try folder.text(of: "seen").split(separator: "\n").count == 2)
    #expect(try StatusRow.rows(of: "run", in: folder).map(\.returnCode) == [0, 0, 0, 3])
    try follow(run, skipping: 3, in: folder)
  }

  @Test func `the new file is locked as the old one was`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write("rm run_status.txt\necho up > up; read -r line < go\n", to: "Tasks")
    let run = try Disbatch.program(["-j", "1", "-p", "run", "Tasks"], in: folder).start()
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    let second = try Disbatch.run("-p", "run", "Tasks", in: folder)
    #expect(second.ending == .exited(2), "\(second)")
    try go.release()
    #expect(run.wait(seconds: 60).ending == .exited(0))
  }

  @Test func `another file in its place is left alone, and the rows are beside it`() throws {
    let folder = try TemporaryFolder()
    let replace = "echo other > new; mv new run_status.txt"
    try folder.write("true\n\(replace)\n[ -e mended ] || exit 3\n", to: "Tasks")
    let run = try Disbatch.run("-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(run.ending == .exited(0), "\(run)")
    #expect(run.errorText.contains("was replaced by another file"), "\(run)")
    #expect(run.errorText.contains("status: \(folder.path)/run_status.txt.1\n"), "\(run)")
    #expect(run.errorText.contains("-r \(folder.path)/run_status.txt.1"), "\(run)")
    #expect(try folder.text(of: "run_status.txt") == "other\n")
    let rows = try folder.text(of: "run_status.txt.1").split(separator: "\n")
    #expect(rows.map { StatusRow(String($0))?.returnCode } == [0, 0, 3])
    try follow(run, skipping: 2, in: folder)
  }

  @Test func `rows of a file that was moved are found by the command that is printed`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\nmv run_status.txt moved.txt\n[ -e mended ] || exit 3\n", to: "Tasks")
    let run = try Disbatch.run("-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(run.ending == .exited(0), "\(run)")
    #expect(run.errorText.contains("was moved while the run went on"), "\(run)")
    #expect(run.errorText.contains("-r \(folder.path)/moved.txt"), "\(run)")
    #expect(!folder.contains("run_status.txt"))
    try follow(run, skipping: 2, in: folder)
  }
}
