import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Logs that cannot be written without waiting.
@Suite struct BlockedLogTests {
  @Test(arguments: [
    "run_driver.log", "run_L.context.log", "run_L_\(Machine.shortName)_engine_0.log",
  ])
  func `a pipe without a reader where a log belongs holds nothing up`(name: String) throws {
    let folder = try TemporaryFolder()
    try #require(unsafe mkfifo(folder.file(name), 0o600) == 0)
    try folder.write("true\nexit 3\n", to: "Tasks")
    let run = try Disbatch.run("-j", "1", "-p", "run", "-l", "L", "Tasks", in: folder, seconds: 60)
    #expect(run.ending == .exited(0), "\(run)")
    #expect(try StatusRow.rows(of: "run", in: folder).map(\.returnCode) == [0, 3])
    if !name.contains("engine") { #expect(run.errorText.contains(name), "\(run)") }
  }

  @Test func `a pipe without a reader is refused as the log that was asked for`() throws {
    let folder = try TemporaryFolder()
    try #require(unsafe mkfifo(folder.file("log"), 0o600) == 0)
    try folder.write("touch started\n", to: "Tasks")
    let run = try Disbatch.run("-p", "run", "--logfile", "log", "Tasks", in: folder, seconds: 60)
    #expect(run.ending == .exited(2), "\(run)")
    #expect(run.errorText.contains("a named pipe that nobody reads"), "\(run)")
    #expect(try folder.names() == ["Tasks", "log"])
  }

  @Test func `a log goes to whoever reads the pipe`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let line = """
      mkfifo log; cat log > read & '\(Disbatch.path)' -p run --logfile log Tasks; wait
      '\(Disbatch.path)' -p run --logfile >(cat > also) Tasks; wait $!
      """
    let run = try Program("/bin/bash", ["-c", line], in: folder).run(seconds: 60)
    #expect(run.ending == .exited(0), "\(run)")
    for name in ["read", "also"] {
      #expect(try folder.text(of: name).contains("the run ends"), "\(name)")
    }
  }

  @Test func `a reader that does not read costs lines of the log and nothing else`() throws {
    let folder = try TemporaryFolder()
    let log = try NamedPipe("log", .fromTasks, in: folder)
    try folder.write("#DISBATCH REPEAT 600 true\n#DISBATCH BARRIER\nexit 3\n", to: "Tasks")
    let words = ["-j", "2", "-p", "run", "--loglevel", "DEBUG", "--logfile", "log", "Tasks"]
    let run = try Disbatch.program(words, in: folder).run(seconds: 60)
    #expect(run.ending == .exited(0), "\(run)")
    #expect(try StatusRow.rows(of: "run", in: folder).count == 602)
    let loss = "the log log does not take what is written into it; its last lines are lost"
    #expect(run.errorText.components(separatedBy: loss).count == 2, "\(run)")
    #expect(!log.lines(1).isEmpty)
  }

  @Test func `a run whose log nobody reads can be stopped`() throws {
    let folder = try TemporaryFolder()
    let log = try NamedPipe("log", .fromTasks, in: folder)
    let up = try NamedPipe("up", .fromTasks, in: folder)
    try folder.write("#DISBATCH REPEAT 600 true\necho up > up; sleep 1000\n", to: "Tasks")
    let words = ["-j", "1", "-p", "run", "--loglevel", "DEBUG", "--logfile", "log", "Tasks"]
    let run = try Disbatch.program(words, in: folder).start()
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    run.send(SIGTERM)
    #expect(run.wait(seconds: 30).ending == .exited(143))
    #expect(!log.lines(1).isEmpty)
  }

  @Test(arguments: ["run_status.txt", "run_status.txt.new"])
  func `a pipe is no status file`(name: String) throws {
    let folder = try TemporaryFolder()
    try #require(unsafe mkfifo(folder.file(name), 0o600) == 0)
    try folder.write("true\n", to: "Tasks")
    try folder.write("", to: "old_status.txt")
    let words = ["-p", "run", "-r", "old_status.txt", "Tasks"]
    let run = try Disbatch.program(words, in: folder).run(seconds: 60)
    if name == "run_status.txt" {
      #expect(run.ending == .exited(2), "\(run)")
      #expect(run.errorText.contains("no regular file"), "\(run)")
    } else {
      #expect(run.ending == .exited(0), "\(run)")
      #expect(try StatusRow.rows(of: "run", in: folder).count == 1)
    }
  }

  @Test(arguments: [
    ["--logfile", "Tasks", "Tasks"], ["--logfile", "linked", "Tasks"],
    ["--logfile", "hard", "Tasks"],
    ["--logfile", "old_status.txt", "-r", "old_status.txt", "Tasks"],
    ["--output", "Tasks", "Tasks"], ["run_driver.log"], ["run_status.txt"],
    ["-l", "L", "run_L.context.log"], ["--output", "run.out", "run.out.index"],
  ])
  func `nothing that is read is written into`(words: [String]) throws {
    let folder = try TemporaryFolder()
    for name in ["Tasks", "run_driver.log", "run_status.txt", "run_L.context.log", "run.out.index"]
    {
      try folder.write("touch started\n", to: name)
    }
    try folder.write("", to: "old_status.txt")
    try folder.link("linked", to: "Tasks")
    try #require(unsafe link(folder.file("Tasks"), folder.file("hard")) == 0)
    let before = try folder.names()
    let run = try Disbatch.program(["-p", "run"] + words, in: folder).run(seconds: 60)
    #expect(run.ending == .exited(2), "\(run)")
    #expect(run.errorText.contains("would be written into"), "\(run)")
    #expect(try folder.names() == before)
    #expect(try folder.text(of: words.last ?? "") == "touch started\n")
  }

  @Test func `a terminal may be read and written`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let run = try Disbatch.program(["-p", "run", "--logfile", "/dev/stderr", "-"], in: folder).run()
    #expect(run.ending == .exited(0), "\(run)")
    #expect(run.errorText.contains("the task file has ended"), "\(run)")
  }
}
