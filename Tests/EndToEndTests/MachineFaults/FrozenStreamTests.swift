import Glibc
import TestSupport
import Testing

/// Whoever reads stderr may stop reading; tasks, signals and the exit status do not wait for that.
@Suite struct FrozenStreamTests {
  /// Ways not to read what `run` writes on stderr.
  enum Frozen: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case fullPipe, stoppedTerminal

    var testDescription: String { rawValue }
  }

  /// A task file with a finding, which is told of before the first task starts.
  private static let finding = "#DISBATCH REPEAT 0 never\n"

  private func start(
    _ words: String,
    _ frozen: Frozen,
    in folder: TemporaryFolder
  ) throws -> (run: RunningProgram, keeper: [AnyObject]) {
    let command = "'\(Disbatch.path)' run \(words)"
    guard frozen != .fullPipe else {
      let pipe = try NamedPipe("full", .toTasks, in: folder)
      pipe.fill()
      let program = Program("/bin/bash", ["-c", "exec \(command) 2> full"], in: folder)
      return (try program.start(), [pipe])
    }
    let terminal = try PseudoTerminal()
    let line = "echo ready; read -r x; exec \(command)"
    let run = try terminal.shell(line, in: folder).start()
    #expect(terminal.shows("ready"))
    // From Ctrl-S on the terminal shows nothing, but what is typed arrives.
    try terminal.type("\u{13}go\n")
    return (run, [terminal])
  }

  @Test(arguments: Frozen.allCases)
  func `all tasks run, and the log has what the user should have read`(frozen: Frozen) throws {
    let folder = try TemporaryFolder()
    try folder.write("\(Self.finding)#DISBATCH REPEAT 200 [ -e mended ] || exit 3\n", to: "T")
    let (run, keeper) = try start("-e -j 2 -p r T", frozen, in: folder)
    let outcome = withExtendedLifetime(keeper) { run.wait(seconds: 60) }
    #expect(outcome.ending == .exited(1), "\(outcome)")
    let rows = try StatusRow.rows(of: "r", in: folder)
    #expect(rows.count == 200 && rows.allSatisfy { $0.returnCode == 3 })
    let log = try folder.text(of: "r_driver.log")
    #expect(log.contains(": 0 done, 200 failed, 0 skipped in "), "\(log)")
    let line = try #require(ResumeLine(inText: log), "\(log)")
    #expect(line.purpose == "to run what failed again")
    try folder.write("", to: "mended")
    let again = try line.pasted(in: folder).run()
    #expect(again.errorText.contains("200 done, 0 failed, 0 skipped"), "\(line) \(again)")
  }

  @Test func `in the background of a stopped terminal all tasks run`() throws {
    let folder = try TemporaryFolder()
    let ended = try NamedPipe("ended", .fromTasks, in: folder)
    try folder.write("\(Self.finding)#DISBATCH REPEAT 20 exit 3\n", to: "T")
    let terminal = try PseudoTerminal()
    let line = """
      stty tostop; echo ready; read -r x
      { '\(Disbatch.path)' run -e -j 2 -p r T; echo $? > ended; } & wait
      """
    let shell = try terminal.shell(line, in: folder).start()
    #expect(terminal.shows("ready"))
    try terminal.type("\u{13}go\n")
    #expect(ended.lines(1) == ["1"])
    #expect(try StatusRow.rows(of: "r", in: folder).count == 20)
    // The shell itself waits for the terminal.
    try terminal.type("\u{11}")
    #expect(terminal.shows("ready") && shell.wait(seconds: 60).ending != .outOfTime)
  }

  @Test(arguments: Frozen.allCases)
  func `a signal is answered`(frozen: Frozen) throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let task = "[ -e mended ] || { exec 9> up; echo up >&9; sleep 1000; }"
    try folder.write("\(Self.finding)\(task)\n", to: "T")
    let (run, keeper) = try start("-j 1 -p r --grace 1 T", frozen, in: folder)
    #expect(up.lines(1) == ["up"])
    run.send(SIGTERM)
    let outcome = withExtendedLifetime(keeper) { run.wait(seconds: 60) }
    #expect(outcome.ending == .exited(143), "\(outcome)")
    #expect(up.ends())
    let log = try folder.text(of: "r_driver.log")
    let line = try #require(ResumeLine(inText: log), "\(log)")
    #expect(line.purpose == "to go on")
    try folder.write("", to: "mended")
    let again = try line.pasted(in: folder).run()
    #expect(again.errorText.contains("1 done, 0 failed, 0 skipped"), "\(line) \(again)")
  }

  @Test func `a terminal that goes on has all that was said`() throws {
    let folder = try TemporaryFolder()
    let (up, go) = try (
      NamedPipe("up", .fromTasks, in: folder), NamedPipe("go", .toTasks, in: folder)
    )
    let task = "[ -e mended ] || { echo up > up; read -r x < go; exit 3; }"
    try folder.write("\(Self.finding)\(task)\n", to: "T")
    let terminal = try PseudoTerminal()
    try terminal.type("\u{13}")
    let run = try terminal.shell("exec '\(Disbatch.path)' run -j 1 -p r T", in: folder).start()
    #expect(up.lines(1) == ["up"])
    try terminal.type("\u{11}")
    #expect(terminal.shows("1 warning in T"))
    try go.release()
    #expect(terminal.shows("to run what failed again: "))
    #expect(run.wait(seconds: 60).ending == .exited(0))
    terminal.readOn()
    let line = try #require(ResumeLine(inText: terminal.screen), "\(terminal.screen)")
    #expect(line.purpose == "to run what failed again")
    try folder.write("", to: "mended")
    let again = try line.pasted(in: folder).run()
    #expect(again.errorText.contains("1 done, 0 failed, 0 skipped"), "\(line) \(again)")
  }

  @Test(arguments: ["-", "--logfile full"])
  func `a log that nobody reads holds up no row`(option: String) throws {
    let folder = try TemporaryFolder()
    let pipe = try NamedPipe("full", .toTasks, in: folder)
    pipe.fill()
    try folder.write("#DISBATCH REPEAT 100 true\n", to: "T")
    let words = option == "-" ? "--logfile /dev/stderr -j 2 -p r T" : "\(option) -j 2 -p r T"
    let line = "exec '\(Disbatch.path)' run \(words) 2> full"
    let run = try Program("/bin/bash", ["-c", line], in: folder).start()
    let outcome = withExtendedLifetime(pipe) { run.wait(seconds: 60) }
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try StatusRow.rows(of: "r", in: folder).count == 100)
  }

  @Test(arguments: ["2>&1 >/dev/null | true", "2>&-", "2> >(exec true)", "2>/dev/full"])
  func `a stderr that takes nothing changes nothing`(ending: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("\(Self.finding)#DISBATCH REPEAT 20 exit 3\n", to: "T")
    let line = "'\(Disbatch.path)' run -e -j 2 -p r T \(ending); exit ${PIPESTATUS[0]}"
    let outcome = try Program("/bin/bash", ["-c", line], in: folder).run(seconds: 60)
    #expect(outcome.ending == .exited(1), "\(outcome)")
    #expect(try StatusRow.rows(of: "r", in: folder).count == 20)
  }
}
