import Glibc
import TestSupport
import Testing

/// Drivers, engines and the wardens between them, killed in every combination.
@Suite struct WardenTests {
  /// Whom to kill, in which order, and with how many milliseconds between.
  struct Blow: CustomTestStringConvertible, Sendable {
    enum Victim: String, Sendable { case driver, warden, engine }

    var victims: [Victim]
    var gap: UInt32 = 0

    var testDescription: String {
      victims.map(\.rawValue).joined(separator: ", then after \(gap) ms ")
    }

    /// Whether the driver lives on, and does the tasks again.
    var isSurvived: Bool { !victims.contains(.driver) }
  }

  static let blows = [
    Blow(victims: [.driver, .engine]), Blow(victims: [.driver, .engine], gap: 1),
    Blow(victims: [.driver, .engine], gap: 20), Blow(victims: [.engine, .driver]),
    Blow(victims: [.engine, .driver], gap: 1), Blow(victims: [.engine, .driver], gap: 20),
    Blow(victims: [.warden, .driver]), Blow(victims: [.driver, .warden], gap: 1),
    Blow(victims: [.warden]), Blow(victims: [.engine]),
    Blow(victims: [.warden, .engine]), Blow(victims: [.engine, .warden], gap: 1),
  ]

  /// Trees of processes of all shapes, and a run of them.
  private struct Forest {
    let folder: TemporaryFolder
    let mark: ProcessTable.Mark
    let alive: NamedPipe
    let run: RunningProgram

    init() throws {
      folder = try TemporaryFolder()
      mark = ProcessTable.Mark(folder)
      alive = try NamedPipe("alive", .fromTasks, in: folder)
      let guardWords = "[ \"$DISBATCH_ATTEMPT\" = 1 ] || exit 0; exec 9> '\(alive.path)'; "
      try folder.write("#DISBATCH PREFIX \(guardWords)\n\(SignalTests.trees)\n", to: "Tasks")
      let arguments = ["run", "-j", "8", "-p", "run", "--grace", "1", "Tasks"]
      run = try Disbatch.program(arguments, in: folder).setting(mark.name, to: mark.value).start()
      let names = SignalTests.names.filter { $0 != "next" }
      try #require(alive.lines(names.count).sorted() == names, "\(run.errorSoFar())")
    }

    func processID(of victim: Blow.Victim) throws -> pid_t {
      let found =
        switch victim {
        case .driver: [run.processID]
        case .warden: ProcessTable.wardens(of: run.processID)
        case .engine: ProcessTable.engines(of: run.processID)
        }
      return try #require(found.count == 1 ? found.first : nil, "\(victim): \(found)")
    }
  }

  @Test(arguments: blows)
  func `nothing is left of a run whose processes are killed`(blow: Blow) throws {
    let forest = try Forest()
    defer { ProcessTable.end(forest.mark) }
    let victims = try blow.victims.map { try forest.processID(of: $0) }
    for (place, processID) in victims.enumerated() {
      if place > 0, blow.gap > 0 { usleep(1000 * blow.gap) }
      kill(processID, SIGKILL)
    }
    let outcome = forest.run.wait(seconds: 60)
    #expect(outcome.ending == (blow.isSurvived ? .exited(0) : .signalled(SIGKILL)), "\(outcome)")
    let left = ProcessTable.leftovers(of: forest.mark, seconds: 10)
    #expect(left.isEmpty, "\(left)")
    #expect(forest.alive.ends(seconds: 10), "something still has the pipe open")
    guard blow.isSurvived else { return }
    let rows = try StatusRow.rows(of: "run", in: forest.folder)
    #expect(rows.filter { !$0.isLeftOut }.compactMap(\.id).sorted() == Array(0...6))
    #expect(rows.filter(\.isLeftOut).allSatisfy { $0.returnCode == -100 }, "\(rows.map(\.line))")
    let log = try forest.folder.text(of: "run_SSH0.context.log")
    let ends = ["the process of engine 0", "the warden of engine 0"].filter {
      log.contains("\($0) was killed by SIGKILL")
    }
    // A warden whose engine is killed may have done its work already.
    if blow.victims.count == 1 || blow.victims[0] == .warden {
      #expect(
        ends == ["the \(blow.victims[0] == .engine ? "process" : "warden") of engine 0"],
        "\(log)"
      )
    } else {
      #expect(ends.count == 1, "\(log)")
    }
  }

  @Test func `an engine that is stopped does not outlive its driver`() throws {
    let forest = try Forest()
    defer { ProcessTable.end(forest.mark) }
    kill(try forest.processID(of: .engine), SIGSTOP)
    forest.run.send(SIGKILL)
    _ = forest.run.wait(seconds: 60)
    let left = ProcessTable.leftovers(of: forest.mark, seconds: 10)
    #expect(left.isEmpty, "\(left)")
  }

  /// A run of one task, which waits to be let go.
  private struct Waiting {
    let folder: TemporaryFolder
    let run: RunningProgram
    private let go: NamedPipe

    init(_ task: String = ":") throws {
      folder = try TemporaryFolder()
      let up = try NamedPipe("up", .fromTasks, in: folder)
      go = try NamedPipe("go", .toTasks, in: folder)
      try folder.write("\(task); echo up > up; read -r line < go; exit 3\n", to: "Tasks")
      run = try Disbatch.program(["run", "-j", "1", "-p", "run", "Tasks"], in: folder).start()
      try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    }

    func warden() throws -> pid_t {
      try #require(ProcessTable.wardens(of: run.processID).first)
    }

    /// Lets the task end, and waits for the run.
    func end() throws -> ProgramOutcome {
      try go.release()
      return run.wait(seconds: 60)
    }
  }

  static let signals: [[Int32]] = [
    [SIGSTOP], [SIGTERM, SIGINT, SIGHUP], [SIGTERM, SIGTERM, SIGTERM],
    [SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGXCPU, SIGQUIT, SIGSEGV, SIGCHLD, SIGTSTP],
    Array(34...64),
  ]

  @Test(arguments: signals)
  func `a warden goes on whatever signal it gets, and holds nothing up`(signals: [Int32]) throws {
    let waiting = try Waiting()
    let warden = try waiting.warden()
    for signal in signals { kill(warden, signal) }
    let outcome = try waiting.end()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains("0 done, 1 failed"), "\(outcome)")
    let log = try waiting.folder.text(of: "run_SSH0.context.log")
    #expect(log.contains("the process of engine 0 exited with 0"), "\(log)")
  }

  @Test func `a task's parent is its engine, and the engine's is a warden that weighs nothing`()
    throws
  {
    let waiting = try Waiting("tr '\\0' ' ' < /proc/$PPID/cmdline > parent")
    let warden = try waiting.warden()
    #expect(try waiting.folder.text(of: "parent") == "disbatch engine ")
    #expect(ProcessTable.text(of: "comm", of: warden) == "disbatch warden\n")
    let words = ProcessTable.text(of: "cmdline", of: warden).split(separator: "\0")
    #expect(
      words == ["disbatch warden", "\(try #require(ProcessTable.children(of: warden).first))"]
    )
    let lines = ProcessTable.text(of: "smaps_rollup", of: warden).split(separator: "\n")
    let kilobytes = lines.filter { $0.hasPrefix("Private_") }
      .compactMap { Int($0.split(separator: " ")[1]) }
    #expect(kilobytes.count >= 2 && kilobytes.reduce(0, +) < 300, "\(lines)")
    // Standard streams that it held would keep a pipe behind the run open.
    let files = (0...2).map { ProcessTable.target(ofDescriptor: $0, of: warden) }
    #expect(files == ["/dev/null", "/dev/null", "/dev/null"])
    #expect(try waiting.end().ending == .exited(0))
  }

  @Test func `what its caller left running outlives the engines of a run`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let alive = try NamedPipe("alive", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write("[ $DISBATCH_ATTEMPT = 2 ] || { echo up > up; sleep 1000; }\n", to: "Tasks")
    // One is a child of what the run becomes, the other an orphan that falls to it.
    let script = """
      ( exec 9> alive; echo child >&9; read -r line < go; echo child >&9 ) &
      ( ( exec 9> alive; echo orphan >&9; read -r line < go; echo orphan >&9 ) & )
      exec '\(Disbatch.path)' run -j 1 -p run Tasks
      """
    let run = try Program("/bin/bash", ["-c", script], in: folder).start()
    try #require(alive.lines(2).sorted() == ["child", "orphan"])
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    kill(try #require(ProcessTable.wardens(of: run.processID).first), SIGKILL)
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    for _ in 0..<2 { try go.release() }
    #expect(alive.lines(2).sorted() == ["child", "orphan"])
  }

  /// Whether a test can run disbatch as a user who is not root, and a program that becomes root again.
  private static let hasOtherUsers: Bool = {
    let setpriv = "/usr/bin/setpriv"
    guard Machine.isRoot, Machine.has(setpriv), let folder = try? TemporaryFolder() else {
      return false
    }
    let script = """
      chmod 777 . && cp \(setpriv) other && chmod 4755 other || exit
      set -- --reuid 65534 --regid 65534 --clear-groups
      \(setpriv) "$@" ./other --reuid 0 true && \(setpriv) "$@" '\(Disbatch.path)' --version
      """
    let outcome = try? Program("/bin/bash", ["-c", script], in: folder).run()
    return outcome?.ending == .exited(0)
  }()

  @Test(.enabled(if: hasOtherUsers, "needs root, setpriv, and a build that others may read"))
  func `a process of another user is told of, and does not keep an engine from leaving`() throws {
    let folder = try TemporaryFolder()
    let mark = ProcessTable.Mark(folder)
    defer { ProcessTable.end(mark) }
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let task = "exec ./other --reuid 0 /bin/bash -c 'echo up > up; exec sleep 1000'"
    try folder.write("\(task)\n", to: "Tasks")
    let script = """
      chmod 777 . && cp /usr/bin/setpriv other && chmod 4755 other
      exec /usr/bin/setpriv --reuid 65534 --regid 65534 --clear-groups \
        '\(Disbatch.path)' run -j 1 -p run --grace 1 Tasks
      """
    let run = try Program("/bin/bash", ["-c", script], in: folder)
      .setting(mark.name, to: mark.value).start()
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    let engine = try #require(ProcessTable.engines(of: run.processID).first)
    let others = Set(ProcessTable.children(of: engine))
    run.send(SIGKILL)
    _ = run.wait(seconds: 60)
    let deadline = time(nil) + 30
    while Set(ProcessTable.processes(with: mark).keys) != others, time(nil) < deadline {
      poll(nil, 0, 10)
    }
    #expect(Set(ProcessTable.processes(with: mark).keys) == others)
    let names = try folder.names().filter { $0.hasSuffix("_engine_0.log") }
    let log = try folder.text(of: try #require(names.first))
    #expect(log.contains("1 process of another user cannot be ended"), "\(log)")
    #expect(log.contains("leaving: linkClosed"), "\(log)")
  }
}
