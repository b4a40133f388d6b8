import Glibc
import TestSupport
import Testing

/// However a run is ended, nothing that it started goes on.
@Suite struct SignalTests {
  /// A way to end a run.
  enum Blow: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case interrupt, terminate, failFast, driverKilled, engineKilled

    var testDescription: String { rawValue }
  }

  /// Trees of sleeping processes of all shapes; each says its name when it stands.
  ///
  /// The engine's loss makes their tasks run again, which then end at once.
  static let trees = """
    echo plain >&9; sleep 1000
    sleep 1000 & sleep 1000 & echo children >&9; wait
    setsid sleep 1000 & echo setsid >&9; wait
    ( ( setsid sleep 1000 ) & ) ; echo daemon >&9; sleep 1000
    ( ( env -i setsid /bin/sh -c 'sleep 1000' ) & ) ; echo nameless >&9; sleep 1000
    ( ( setsid sleep 1000 ) > /dev/null 2>&1 & ) ; echo left >&9
    trap '' TERM INT HUP; echo stubborn >&9; while :; do sleep 1000; done
    """
  /// The last one gets the slot of the task that ended, so that task's row is then in the file.
  static let names = [
    "children", "daemon", "left", "nameless", "next", "plain", "setsid", "stubborn",
  ]

  @Test(arguments: Blow.allCases)
  func `no process is left when a run ends early`(blow: Blow) throws {
    let folder = try TemporaryFolder()
    let mark = ProcessTable.Mark(folder)
    defer { ProcessTable.end(mark) }
    let alive = try NamedPipe("alive", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    let tasks = """
      #DISBATCH PREFIX [ "$DISBATCH_ATTEMPT" = 1 ] || exit 0;\u{20}
      read -r line < '\(go.path)'; exit 3
      #DISBATCH PREFIX [ "$DISBATCH_ATTEMPT" = 1 ] || exit 0; exec 9> '\(alive.path)';\u{20}
      \(Self.trees)
      echo next >&9; sleep 1000
      #DISBATCH PREFIX\u{20}
      #DISBATCH BARRIER
      touch never
      """
    try folder.write(tasks, to: "Tasks")
    var arguments = ["run", "-j", "8", "-p", "run", "--grace", "1", "Tasks"]
    if blow == .failFast { arguments.append("--fail-fast") }
    let run = try Disbatch.program(arguments, in: folder).setting(mark.name, to: mark.value).start()
    try #require(alive.lines(Self.names.count).sorted() == Self.names, "\(run.errorSoFar())")

    // Driver, engine and the trees: were they not seen now, their absence later would say nothing.
    #expect(ProcessTable.processes(with: mark).count >= 2 + Self.names.count)

    try strike(blow, run, go)
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == Self.ending(after: blow), "\(outcome)")
    #expect(alive.ends(seconds: 30), "something still has the pipe open")
    let left = ProcessTable.leftovers(of: mark)
    #expect(left.isEmpty, "\(left)")
    #expect(folder.contains("never") == (blow == .engineKilled))
    try checkRows(after: blow, in: folder)
  }

  private func strike(_ blow: Blow, _ run: RunningProgram, _ go: NamedPipe) throws {
    switch blow {
    case .interrupt: run.send(SIGINT)
    case .terminate: run.send(SIGTERM)
    case .failFast: try go.release()
    case .driverKilled: run.send(SIGKILL)
    case .engineKilled:
      let engines = ProcessTable.engines(of: run.processID)
      try #require(engines.count == 1, "\(engines)")
      kill(engines[0], SIGKILL)
    }
  }

  private static func ending(after blow: Blow) -> ProgramEnding {
    switch blow {
    case .interrupt: .exited(128 + SIGINT)
    case .terminate: .exited(128 + SIGTERM)
    case .failFast: .exited(1)
    case .driverKilled: .signalled(SIGKILL)
    case .engineKilled: .exited(0)
    }
  }

  /// The task that ended by itself has its row; those that the run ended are left out of a resume.
  private func checkRows(after blow: Blow, in folder: TemporaryFolder) throws {
    let rows = try StatusRow.rows(of: "run", in: folder).filter { !$0.isBarrier }
    let counting = rows.filter { !$0.isLeftOut }.compactMap(\.id).sorted()
    let leftOut = rows.filter(\.isLeftOut)
    switch blow {
    case .interrupt, .terminate:
      #expect(counting == [6])
      #expect(leftOut.compactMap(\.id).sorted() == [0, 1, 2, 3, 4, 5, 7, 8])
      #expect(leftOut.allSatisfy { ($0.returnCode ?? 0) < 0 }, "\(rows.map(\.line))")
      #expect(rows.first { $0.id == 7 }?.returnCode == -Int(SIGKILL), "only KILL ends it")
    case .failFast:
      #expect(counting == [0, 6])
      #expect(leftOut.compactMap(\.id).sorted() == [1, 2, 3, 4, 5, 7, 8])
    case .driverKilled:
      #expect(counting == [6] && leftOut.isEmpty, "\(rows.map(\.line))")
    case .engineKilled:
      #expect(counting == [0, 1, 2, 3, 4, 5, 6, 7, 8, 10])
      #expect(leftOut.allSatisfy { $0.returnCode == -100 }, "\(rows.map(\.line))")
      #expect(leftOut.compactMap(\.id).sorted() == [0, 1, 2, 3, 4, 5, 7, 8])
    }
  }

  /// As when a service manager ends all of a group, or a run is a task of another one.
  @Test(arguments: [true, false])
  func `tasks have their grace time though the engine is told to end as well`(
    isEngineFirst: Bool
  ) throws {
    let folder = try TemporaryFolder()
    let alive = try NamedPipe("alive", .fromTasks, in: folder)
    let tasks = """
      trap 'sleep 0.3; echo saved > saved; exit 0' TERM; echo up > '\(alive.path)'; sleep 1000 & wait
      touch never
      """
    try folder.write(tasks, to: "Tasks")
    let run = try Disbatch.program(["run", "-j", "1", "-p", "run", "Tasks"], in: folder).start()
    try #require(alive.lines(1) == ["up"], "\(run.errorSoFar())")
    let engine = try #require(ProcessTable.engines(of: run.processID).first)
    if isEngineFirst { kill(engine, SIGTERM) }
    run.send(SIGTERM)
    if !isEngineFirst { kill(engine, SIGTERM) }
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(143), "\(outcome)")
    #expect(folder.contains("saved") && !folder.contains("never"))
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.map(\.returnCode) == [0] && rows.allSatisfy(\.isLeftOut), "\(rows.map(\.line))")
  }

  @Test func `an engine that alone is told to end ends its tasks, and another does them`() throws {
    let folder = try TemporaryFolder()
    let alive = try NamedPipe("alive", .fromTasks, in: folder)
    let tasks = """
      [ $DISBATCH_ATTEMPT = 1 ] || exit 0; echo up > '\(alive.path)'; sleep 1000
      touch after
      """
    try folder.write(tasks, to: "Tasks")
    let run = try Disbatch.program(["run", "-j", "1", "-p", "run", "Tasks"], in: folder).start()
    try #require(alive.lines(1) == ["up"], "\(run.errorSoFar())")
    let engine = try #require(ProcessTable.engines(of: run.processID).first)
    kill(engine, SIGTERM)
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.filter(\.isLeftOut).map(\.returnCode) == [-15], "\(rows.map(\.line))")
    #expect(rows.filter { !$0.isLeftOut }.compactMap(\.id).sorted() == [0, 1])
  }

  @Test func `hundreds of tasks are all asked to end before any of them is killed`() throws {
    let folder = try TemporaryFolder()
    let count = 300
    let task = "trap 'echo asked >> asked; exit 0' TERM; echo up > up; sleep 1000 & wait"
    let up = try NamedPipe("up", .fromTasks, in: folder)
    try folder.write("#DISBATCH REPEAT \(count) \(task)\n", to: "Tasks")
    let arguments = ["run", "--no-check", "-j", "\(count)", "-p", "run", "Tasks"]
    let run = try Disbatch.program(arguments, in: folder).start()
    try #require(up.lines(count).count == count, "\(run.errorSoFar())")
    run.send(SIGTERM)
    #expect(run.wait(seconds: 100).ending == .exited(143))
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.count == count && rows.allSatisfy { $0.returnCode == 0 && $0.isLeftOut })
    #expect(try folder.text(of: "asked").split(separator: "\n").count == count)
  }

  @Test func `a second signal does not wait for the grace time`() throws {
    let folder = try TemporaryFolder()
    let alive = try NamedPipe("alive", .fromTasks, in: folder)
    let task = "trap '' TERM; exec 9> '\(alive.path)'; echo up >&9; while :; do sleep 1000; done\n"
    try folder.write(task, to: "Tasks")
    let arguments = ["run", "-j", "1", "-p", "run", "--grace", "1000", "Tasks"]
    let run = try Disbatch.program(arguments, in: folder).start()
    try #require(alive.lines(1) == ["up"], "\(run.errorSoFar())")
    run.send(SIGINT)
    run.send(SIGTERM)
    let outcome = run.wait(seconds: 60)
    // Two pending signals come in no particular order; either may have been the first.
    #expect([.exited(130), .exited(143)].contains(outcome.ending), "\(outcome)")
    #expect(alive.ends())
  }

  @Test func `a limit of processor time ends a run as SIGTERM does, and once`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let task = "trap 'sleep 0.3; echo saved > saved; exit 0' TERM; echo up > up; sleep 1000 & wait"
    try folder.write("\(task)\ntouch never\n", to: "Tasks")
    let run = try Disbatch.program(["run", "-j", "1", "-p", "run", "Tasks"], in: folder).start()
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    // The kernel sends one for each second beyond the limit.
    run.send(SIGXCPU)
    while run.isAlive, !run.errorSoFar().contains("stopping: ") { usleep(1000) }
    run.send(SIGXCPU)
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(128 + SIGXCPU), "\(outcome)")
    #expect(folder.contains("saved") && !folder.contains("never"), "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.count == 1 && rows.allSatisfy(\.isLeftOut), "\(rows.map(\.line))")
    #expect(ResumeLine(in: outcome)?.purpose == "to go on", "\(outcome)")
  }

  @Test func `SIGUSR2 is answered with a line and ends nothing`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write("echo up > up; read -r line < go\ntouch second\n", to: "Tasks")
    let run = try Disbatch.program(["run", "-j", "1", "-p", "run", "Tasks"], in: folder).start()
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    run.send(SIGUSR2)
    while run.isAlive, !run.errorSoFar().contains("SIGUSR2 changes nothing") { usleep(1000) }
    try go.release()
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).map(\.returnCode) == [0, 0])
  }

  @Test func `SIGUSR1 lets running tasks end and starts no more`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write(
      "echo up > up; read -r line < go; echo done > first\ntouch second\n",
      to: "Tasks"
    )
    let run = try Disbatch.program(["run", "-j", "1", "-p", "run", "Tasks"], in: folder).start()
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    run.send(SIGUSR1)
    try go.release()
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(138), "\(outcome)")
    #expect(try folder.text(of: "first") == "done\n")
    #expect(!folder.contains("second"))
  }
}
