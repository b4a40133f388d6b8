import Glibc
import TestSupport
import Testing

/// A run that is stopped for a while, as by Ctrl-Z, and continued.
@Suite struct SuspensionTests {
  /// A run of tasks that wait to be let go one by one.
  private struct Waiting {
    let folder: TemporaryFolder
    let run: RunningProgram
    let up: NamedPipe
    let go: NamedPipe

    init(_ count: Int, _ arguments: [String] = []) throws {
      folder = try TemporaryFolder()
      up = try NamedPipe("up", .fromTasks, in: folder)
      go = try NamedPipe("go", .toTasks, in: folder)
      try folder.write(
        "#DISBATCH REPEAT \(count) echo up > up; read -r line < go; echo down > up\n",
        to: "Tasks"
      )
      run = try Disbatch.program(
        ["run", "-j", "1", "-p", "run"] + arguments + ["Tasks"],
        in: folder
      )
      .start()
      try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    }

    /// Stops the driver as a terminal does, and waits until it stands still.
    func stop() -> Bool {
      run.send(SIGTSTP)
      for _ in 0..<6000 {
        let fields = ProcessTable.text(of: "stat", of: run.processID).split(separator: ")")
        if fields.last?.hasPrefix(" T") == true { return true }
        usleep(5000)
      }
      return false
    }
  }

  @Test func `the driver stops alone, says that tasks go on, and misses nothing`() throws {
    let waiting = try Waiting(3)
    try #require(waiting.stop(), "\(waiting.run.errorSoFar())")
    let said = waiting.run.errorSoFar()
    #expect(said.contains("stopped, but its tasks go on"), "\(said)")
    #expect(said.contains("kill -CONT \(waiting.run.processID)"), "\(said)")
    try waiting.go.release()
    #expect(waiting.up.lines(1) == ["down"], "the task goes on to its end")
    #expect(try StatusRow.rows(of: "run", in: waiting.folder).isEmpty, "and its row waits")
    waiting.run.send(SIGCONT)
    #expect(waiting.up.lines(1) == ["up"], "the next one starts")
    try waiting.go.release()
    try waiting.go.release()
    let outcome = waiting.run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains("3 done, 0 failed"), "\(outcome)")
  }

  @Test func `a run that is told to end while it stands ends when it is continued`() throws {
    let waiting = try Waiting(2, ["--grace", "1"])
    try #require(waiting.stop(), "\(waiting.run.errorSoFar())")
    waiting.run.send(SIGTERM)
    waiting.run.send(SIGCONT)
    let outcome = waiting.run.wait(seconds: 60)
    #expect(outcome.ending == .exited(143), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: waiting.folder).allSatisfy(\.isLeftOut))
  }

  @Test func `a task that has ended in time has not run too long because the driver stood`() throws
  {
    let waiting = try Waiting(1, ["--timeout", "30", "--grace", "1"])
    try #require(waiting.stop(), "\(waiting.run.errorSoFar())")
    try waiting.go.release()
    #expect(waiting.up.lines(1) == ["down"])
    waiting.run.send(SIGCONT)
    let outcome = waiting.run.wait(seconds: 60)
    #expect(outcome.errorText.contains("1 done, 0 failed"), "\(outcome)")
  }

  @Test func `whoever has SIGTSTP ignored is not stopped`() throws {
    let folder = try TemporaryFolder()
    let task = "kill -TSTP $(ps -o ppid= -p $(ps -o ppid= -p $PPID)); echo sent > sent; sleep 0.2"
    try folder.write("\(task)\ntrue\n", to: "Tasks")
    let line = "trap '' TSTP; exec '\(Disbatch.path)' run -j 1 -p run Tasks"
    let outcome = try Program("/bin/bash", ["-c", line], in: folder).run(seconds: 60)
    #expect(outcome.ending == .exited(0) && folder.contains("sent"), "\(outcome)")
    #expect(!outcome.errorText.contains("stopped"), "\(outcome)")
  }
}
