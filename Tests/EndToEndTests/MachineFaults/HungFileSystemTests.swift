import Glibc
import TestSupport
import Testing

/// File servers that hang, come back, or go away while a run goes on.
@Suite(.enabled(if: FileServer.isPossible, "\(FileServer.need)"))
struct HungFileSystemTests {
  /// A run whose working folder, task file, status file and logs are on a file server, and two of
  /// whose four tasks run.
  private struct Bench {
    let folder: TemporaryFolder
    let server: FileServer
    let mark: ProcessTable.Mark
    let go: NamedPipe
    let run: RunningProgram

    init() throws {
      folder = try TemporaryFolder()
      server = try FileServer(in: folder)
      mark = ProcessTable.Mark(folder)
      let up = try NamedPipe("up", .fromTasks, in: folder)
      go = try NamedPipe("go", .toTasks, in: folder)
      let task = "echo up > '\(up.path)'; read -r line < '\(go.path)'"
      try folder.write("\(task); exit 3\n\(task)\ntrue\ntrue\n", to: "stored/Tasks")
      let line = "cd served && exec '\(Disbatch.path)' -j 2 -p run Tasks"
      run = try Program("/bin/bash", ["-c", line], in: folder)
        .setting(mark.name, to: mark.value).start()
      try #require(up.lines(2) == ["up", "up"], "\(run.errorSoFar())")
      waitUntilQuiet()
    }

    /// Waits until no thread of the run waits for the file server: what a server was stopped in the
    /// middle of nobody can end, not even SIGKILL.
    private func waitUntilQuiet() {
      let logs = ["driver.log", "SSH0.context.log"].map { "stored/run_" + $0 }
      while run.isAlive {
        let isLogged = logs.allSatisfy { (try? folder.bytes(of: $0))?.isEmpty == false }
        let processes = ProcessTable.machinery(of: run.processID)
        if isLogged, !processes.contains(where: { ProcessTable.waitsForFileServer($0) }) { return }
        usleep(2000)
      }
    }

    /// Lets the two tasks end.
    func endTasks() throws {
      for _ in 0..<2 { try go.release() }
    }

    /// Waits until the run has said something.
    func hears(_ text: String) -> Bool {
      while run.isAlive {
        if run.errorSoFar().contains(text) { return true }
        usleep(2000)
      }
      return run.errorSoFar().contains(text)
    }

    /// The rows that came into the file, as the server keeps it.
    func rows() throws -> [StatusRow] {
      try folder.text(of: "stored/run_status.txt").split(separator: "\n").map { line in
        try #require(StatusRow(String(line)), "a torn row: \(line)")
      }
    }

    func checkNothingIsLeft() {
      #expect(ProcessTable.leftovers(of: mark).isEmpty)
      ProcessTable.end(mark)
    }
  }

  @Test func `a run waits for a file server that hangs, says so, and goes on`() throws {
    let bench = try Bench()
    bench.server.stop()
    try bench.endTasks()
    #expect(bench.hears("its file system does not answer"), "\(bench.run.errorSoFar())")
    bench.server.goOn()
    let outcome = bench.run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains("run_status.txt is written again"), "\(outcome)")
    #expect(!outcome.errorText.contains("lost"), "\(outcome)")
    #expect(Set(try bench.rows().compactMap(\.id)) == [0, 1, 2, 3])
    bench.checkNothingIsLeft()
  }

  @Test func `an interrupt is answered while the file server hangs, and no row is lost`() throws {
    let bench = try Bench()
    bench.server.stop()
    try bench.endTasks()
    #expect(bench.hears("its file system does not answer"), "\(bench.run.errorSoFar())")
    bench.run.send(SIGINT)
    #expect(bench.hears("stopping: running tasks are ended"), "\(bench.run.errorSoFar())")
    bench.server.goOn()
    let outcome = bench.run.wait(seconds: 60)
    #expect(outcome.ending == .exited(130), "\(outcome)")
    let rows = try bench.rows().sorted { ($0.id ?? 0) < ($1.id ?? 0) }
    #expect(rows.map(\.id) == [0, 1] && rows.map(\.returnCode) == [3, 0])
    #expect(rows.allSatisfy { !$0.isLeftOut }, "what had ended by itself counts")
    bench.checkNothingIsLeft()
  }

  /// Older kernels wait for the server when a file of it is closed at a process's end.
  private static let closesAtOnce: Bool = {
    let release = Machine.kernelRelease.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    return release.count == 2 && (release[0], release[1]) >= (6, 2)
  }()

  @Test(.enabled(if: closesAtOnce, "needs Linux 6.2"))
  func `who asks three times does not wait for the file server`() throws {
    let bench = try Bench()
    bench.server.stop()
    try bench.endTasks()
    #expect(bench.hears("its file system does not answer"), "\(bench.run.errorSoFar())")
    bench.run.send(SIGINT)
    #expect(bench.hears("stopping: running tasks are ended"), "\(bench.run.errorSoFar())")
    bench.run.send(SIGINT)
    #expect(bench.hears("killing all tasks"), "\(bench.run.errorSoFar())")
    bench.run.send(SIGINT)
    // The server is still stopped; it goes on only so that a run that does wait can be ended.
    for _ in 0..<6000 where bench.run.isAlive { usleep(10_000) }
    #expect(!bench.run.isAlive)
    bench.server.goOn()
    let outcome = bench.run.wait(seconds: 60)
    #expect(outcome.ending == .exited(1), "\(outcome)")
    #expect(outcome.errorText.contains("2 rows could not be written"), "\(outcome)")
    #expect(outcome.errorText.contains("driver.log does not take what is written"), "\(outcome)")
    bench.checkNothingIsLeft()
  }

  @Test func `a file server that dies ends the run with what is missing`() throws {
    let bench = try Bench()
    bench.server.die()
    try bench.endTasks()
    let outcome = bench.run.wait(seconds: 60)
    #expect(outcome.ending == .exited(1), "\(outcome)")
    #expect(
      outcome.errorText.contains("run_status.txt: Transport endpoint is not connected"),
      "\(outcome)"
    )
    #expect(outcome.errorText.contains("2 rows could not be written"), "\(outcome)")
    bench.checkNothingIsLeft()
  }
}
