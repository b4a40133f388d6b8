import TestSupport
import Testing

/// The names of the files of a run, and whose they are.
@Suite struct PrefixTests {
  @Test func `an unnamed run names its files after the task file, the time and a number`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    #expect(try Disbatch.run("Tasks", in: folder).ending == .exited(0))
    let status = try #require(folder.names().first { $0.hasSuffix("_status.txt") })
    #expect(status.wholeMatch(of: /Tasks_disBatch_\d{12}_\d{3}_status\.txt/) != nil, "\(status)")
  }

  @Test func `a folder as prefix holds the files of the run`() throws {
    let folder = try TemporaryFolder()
    let results = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    #expect(try Disbatch.run("-p", results.path, "Tasks", in: folder).ending == .exited(0))
    #expect(try folder.names() == ["Tasks"])
    #expect(try results.names().contains { $0.hasPrefix("Tasks_disBatch_") })
  }

  @Test func `standard input has a name of its own`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Disbatch.program(["-"], in: folder).reading("true\n").run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try folder.names().contains { $0.hasPrefix("stdin_disBatch_") })
  }

  @Test func `the files of a run are the documented ones`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    #expect(try Disbatch.run("-p", "run", "Tasks", in: folder).ending == .exited(0))
    let names = try folder.names()
    #expect(names.contains("run_status.txt") && names.contains("run_driver.log"))
    #expect(names.contains { $0.wholeMatch(of: /run_[^_]+_.+_engine_0\.log/) != nil }, "\(names)")
  }

  @Test func `the driver's log is where it was asked to be`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let outcome = try Disbatch.run("-p", "run", "--logfile", "my.log", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(folder.contains("my.log") && !folder.contains("run_driver.log"))
  }

  @Test func `an old status file is kept under a number, and that is said`() throws {
    let folder = try TemporaryFolder()
    try folder.write("echo one\n", to: "Tasks")
    #expect(try Disbatch.run("-p", "run", "Tasks", in: folder).ending == .exited(0))
    let old = try folder.bytes(of: "run_status.txt")
    let outcome = try Disbatch.run("-p", "run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let kept = try folder.names().filter { $0.contains("run_status") && $0 != "run_status.txt" }
    try #require(kept.count == 1)
    #expect(try folder.bytes(of: kept[0]) == old)
    #expect(outcome.errorText.contains(kept[0]), "\(outcome)")
  }

  @Test func `a prefix in use by a living run is refused and left alone`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write("echo up > up; read -r line < go\n", to: "Tasks")
    try folder.write("touch started\n", to: "Others")
    let first = try Disbatch.program(["-j", "1", "-p", "run", "Tasks"], in: folder).start()
    try #require(up.lines(1) == ["up"], "\(first.errorSoFar())")
    let before = try folder.names()
    let second = try Disbatch.run("-p", "run", "Others", in: folder)
    #expect(second.ending == .exited(2), "\(second)")
    #expect(try folder.names() == before)
    try go.release()
    #expect(first.wait(seconds: 60).ending == .exited(0))
    #expect(try StatusRow.rows(of: "run", in: folder).count == 1)
  }

  @Test func `the lock goes with its driver`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    try folder.write("exec 9> up; echo up >&9; sleep 1000\n", to: "Tasks")
    try folder.write("true\n", to: "Others")
    let first = try Disbatch.program(["-j", "1", "-p", "run", "Tasks"], in: folder).start()
    try #require(up.lines(1) == ["up"], "\(first.errorSoFar())")
    first.send(9)
    _ = first.wait()
    let second = try Disbatch.run("-p", "run", "Others", in: folder)
    #expect(second.ending == .exited(0), "\(second)")
    #expect(up.ends())
  }
}
