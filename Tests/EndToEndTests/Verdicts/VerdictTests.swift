import Glibc
import TestSupport
import Testing

/// Tasks that die of a signal: by themselves, or together with their engine.
@Suite struct VerdictTests {
  @Test(arguments: [
    ("kill -TERM $$", -15), ("kill -KILL $$", -9), ("exit 143", 143), ("kill -USR1 $$", -10),
    ("bash -c 'kill -HUP $$'; exit $?", 129),
  ])
  func `a task that dies of a signal by itself has failed, and keeps what it printed`(
    command: String,
    code: Int
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("echo mine; \(command)\necho other\n", to: "Tasks")
    let outcome = try Disbatch.run("run", "--no-check", "-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder)
    let row = try #require(rows.first { $0.id == 0 })
    #expect(row.returnCode == code && !row.isLeftOut, "\(row.line)")
    #expect(row.line.contains("mine") && !row.line.contains("other"), "\(row.line)")
    #expect(rows.first?.id == 1, "the slot does not wait for the verdict")
  }

  /// Ends of a task by the signal that its engine gets a moment later.
  @Test(arguments: [
    ("sleep 1000", SIGTERM), ("trap 'exit 143' TERM; sleep 1000 & wait", SIGTERM),
    ("sleep 1000", SIGINT), ("sleep 1000", SIGHUP), ("sleep 1000", SIGXCPU),
    ("sleep 1000", SIGKILL),
  ])
  func `a task that dies of a signal just before its engine gets it runs again`(
    command: String,
    signal: Int32
  ) throws {
    let folder = try TemporaryFolder()
    let alive = try NamedPipe("alive", .fromTasks, in: folder)
    let task = "[ $DISBATCH_ATTEMPT = 1 ] || exit 0; echo $$ $PPID > alive; \(command)\n"
    try folder.write(task, to: "Tasks")
    let run = try Disbatch.program(
      ["run", "--no-check", "-j", "1", "-p", "run", "Tasks"],
      in: folder
    ).start()
    let pids = alive.lines(1).first?.split(separator: " ").compactMap { Int32($0) } ?? []
    try #require(pids.count == 2, "\(run.errorSoFar())")
    for pid in pids { kill(pid, signal) }
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.map(\.isLeftOut) == [true, false], "\(rows.map(\.line))")
    #expect(rows.last?.returnCode == 0)
  }

  @Test func `an engine ignores what whoever started the run has set to be ignored`() throws {
    let folder = try TemporaryFolder()
    let alive = try NamedPipe("alive", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write("echo $PPID > alive; read -r line < go\n", to: "Tasks")
    let script = "trap '' HUP; exec '\(Disbatch.path)' run -j 1 -p run Tasks"
    let run = try Program("/bin/bash", ["-c", script], in: folder).start()
    let engine = try #require(alive.lines(1).first.flatMap { Int32($0) }, "\(run.errorSoFar())")
    kill(engine, SIGHUP)
    try go.release()
    #expect(run.wait(seconds: 60).ending == .exited(0))
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.map(\.returnCode) == [0] && rows.allSatisfy { !$0.isLeftOut })
  }

  @Test func `of a run that is a task and is ended with it, no task is recorded as failed`() throws
  {
    let folder = try TemporaryFolder()
    let alive = try NamedPipe("alive", .fromTasks, in: folder)
    let inner = """
      #DISBATCH PREFIX echo up > alive;\u{20}
      sleep 1000
      trap 'exit 143' TERM; sleep 1000 & wait
      bash -c 'sleep 1000; exit'
      exec sleep 1000
      """
    try folder.write(inner, to: "Inner")
    let command = "'\(Disbatch.path)' run --no-check -j 4 -p inner Inner\n"
    try folder.write(command, to: "Outer")
    let run = try Disbatch.program(["run", "-j", "1", "-p", "outer", "Outer"], in: folder).start()
    try #require(alive.lines(4).count == 4, "\(run.errorSoFar())")
    run.send(SIGTERM)
    #expect(run.wait(seconds: 60).ending == .exited(143))
    let rows = try StatusRow.rows(of: "inner", in: folder)
    #expect(rows.count == 4 && rows.allSatisfy(\.isLeftOut), "\(rows.map(\.line))")
    #expect(try StatusRow.rows(of: "outer", in: folder).allSatisfy(\.isLeftOut))
  }

  /// A way to have a task ended.
  enum Ending: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case interrupt, timeout, failFast

    var testDescription: String { rawValue }
  }

  @Test(arguments: Ending.allCases, [true, false])
  func `a task that is stopped hears that it is to end`(ending: Ending, isShell: Bool) throws {
    let folder = try TemporaryFolder()
    let alive = try NamedPipe("alive", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    let trap = "trap 'echo saved > saved; exit 1' TERM"
    let task =
      isShell
      ? "\(trap); echo $$ > alive; while :; do sleep 0.01; done"
      : "bash -c \"\(trap); echo \\$\\$ > alive; while :; do sleep 0.01; done\"; exit 1"
    try folder.write("\(task)\nread -r line < go; exit 1\n", to: "Tasks")
    var arguments = ["run", "--no-check", "-j", "2", "-p", "run", "--grace", "1000"]
    if ending == .timeout { arguments += ["--timeout", "3"] }
    if ending == .failFast { arguments += ["--fail-fast"] }
    let run = try Disbatch.program(arguments + ["Tasks"], in: folder).start()
    let pid = try #require(alive.lines(1).first.flatMap { Int32($0) }, "\(run.errorSoFar())")
    kill(pid, SIGSTOP)
    switch ending {
    case .interrupt: run.send(SIGINT)
    case .timeout: break
    case .failFast: try go.release()
    }
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending != .outOfTime, "\(outcome)")
    #expect(folder.contains("saved"))
  }
}
