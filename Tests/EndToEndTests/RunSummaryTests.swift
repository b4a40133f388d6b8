import TestSupport
import Testing

/// What `run` says on stderr at its end: what failed, and what to type next.
@Suite struct RunSummaryTests {
  /// Pastes the command that a run has given for a purpose.
  private func follow(
    _ purpose: String,
    of outcome: ProgramOutcome,
    in folder: TemporaryFolder
  ) throws -> ProgramOutcome {
    let line = try #require(ResumeLine(in: outcome), "\(outcome)")
    #expect(line.purpose == purpose, "\(outcome)")
    return try line.pasted(in: folder).run(seconds: 60)
  }

  @Test func `the first failures are named, and the command given runs just what failed`() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<8).map { "[ -e mended ] || exit \($0)" }
    try folder.write(lines.joined(separator: "\n") + "\n", to: "a file")
    let first = try Disbatch.run("run", "-j", "1", "-p", "run", "a file", in: folder)
    #expect(first.ending == .exited(0))
    #expect(
      first.errorText.contains(
        "task 1 (line 2) exit 1: [ -e mended ] || exit 1\n"
      ),
      "\(first)"
    )
    #expect(first.errorText.contains("... and 2 more\n"), "\(first)")
    try folder.write("", to: "mended")
    let second = try follow("to run what failed again", of: first, in: folder)
    #expect(second.errorText.contains("7 done, 0 failed, 1 skipped"), "\(second)")
    #expect(!second.errorText.contains("to run what failed"))
  }

  @Test(arguments: [
    "disbatch run -j1 -p run S", "disbatch run -j1 -p run -- S", "disbatch -j1 -p run S --",
    "disbatch run -p run -j1 -- -S", "disBatch -j1 -p run S", "disBatch -j1 -p run -- -S",
  ])
  func `the command given can be pasted, whatever the command line was`(line: String) throws {
    let folder = try TemporaryFolder()
    let commands = try InstalledCommands()
    for name in ["S", "-S"] { try folder.write("true\n[ -e mended ]\n", to: name) }
    let first = try commands.shell(line, in: folder).run(seconds: 60)
    try folder.write("", to: "mended")
    let given = try #require(ResumeLine(in: first), "\(first)")
    #expect(given.command.hasPrefix(line.hasPrefix("disBatch") ? "disBatch " : "disbatch run "))
    let second = try given.pasted(in: folder, with: commands).run(seconds: 60)
    #expect(second.errorText.contains("1 done, 0 failed, 1 skipped"), "\(second)")
  }

  @Test func `behind a failed CHECK the command given runs what failed and then the rest`() throws {
    let folder = try TemporaryFolder()
    try folder.write("[ -e mended ]\n#DISBATCH BARRIER CHECK\ntouch behind\n", to: "Tasks")
    let first = try Disbatch.run("run", "-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(first.ending == .exited(1))
    try folder.write("", to: "mended")
    let second = try follow(
      "to run what failed again, and then the rest",
      of: first,
      in: folder
    )
    #expect(second.ending == .exited(0), "\(second)")
    #expect(folder.contains("behind"))
  }

  @Test func `failures that a resumed run passes over are counted`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\nexit 4\n", to: "Tasks")
    _ = try Disbatch.run("run", "-j", "1", "-p", "one", "Tasks", in: folder)
    let outcome = try Disbatch.run(
      "run",
      "-e",
      "-j",
      "1",
      "-p",
      "two",
      "-r",
      "one_status.txt",
      "Tasks",
      in: folder
    )
    #expect(outcome.ending == .exited(1), "\(outcome)")
    #expect(outcome.errorText.contains("2 skipped (1 of them had failed)"), "\(outcome)")
  }

  /// A PERENGINE command that fails, and what a run and `status` say of it.
  struct PerEngineSample: Sendable {
    var when: String
    var command: String
    var counts: String
    var reason: String
    var errorLine: String?
  }

  @Test(arguments: [
    PerEngineSample(
      when: "START",
      command: "echo gone >&2; exit 3",
      counts: "1 done, 0 failed, 0 skipped, 1 PERENGINE START failed in ",
      reason: "exit 3",
      errorLine: "gone"
    ),
    PerEngineSample(
      when: "STOP",
      command: "kill -9 $$",
      counts: "1 done, 0 failed, 0 skipped, 1 PERENGINE STOP failed in ",
      reason: "killed by SIGKILL"
    ),
    PerEngineSample(
      when: "START",
      command: ": " + String(repeating: "x", count: 200_000),
      counts: "1 done, 0 failed, 0 skipped, 1 PERENGINE START failed in ",
      reason: "cannot start /bin/bash: Argument list too long"
    ),
  ])
  func `a PERENGINE command that failed is named, as in status`(sample: PerEngineSample) throws {
    let folder = try TemporaryFolder()
    let directive = "#DISBATCH PERENGINE \(sample.when) "
    try folder.write("\(directive)true\n\(directive)\(sample.command)\ntrue\n", to: "Tasks")
    let words = ["run", "-q", "--no-check", "-j", "1", "-p", "run", "Tasks"]
    let outcome = try Disbatch.program(words, in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let lines = outcome.errorText.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix(sample.counts) }, "\(outcome)")
    let name = "PERENGINE \(sample.when) 1 (line 2) \(sample.reason) on engine 0 ("
    let start = "): \(sample.command.prefix(100))"
    #expect(lines.contains { $0.hasPrefix(name) && $0.contains(start) }, "\(outcome)")
    #expect(lines.filter { $0.hasPrefix("  ") } == (sample.errorLine.map { ["  \($0)"] } ?? []))
    let status = try Disbatch.run("status", "run_status.txt", in: folder)
    let error = sample.errorLine.map { ": \($0)" } ?? ""
    #expect(
      status.outputText.contains("\n  1 x \(sample.reason)\(error)\n      first: line 2: "),
      "\(status)"
    )
  }

  @Test func `a run that --fail-fast ends for a PERENGINE START says so`() throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH PERENGINE START exit 3\ntrue\n", to: "Tasks")
    let outcome = try Disbatch.run("run", "-f", "-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(1), "\(outcome)")
    #expect(
      outcome.errorText.contains(
        "Quitting early due to task failure with --fail-fast: it was a PERENGINE START\n"
      ),
      "\(outcome)"
    )
    #expect(outcome.errorText.contains("): exit 3\n"), "\(outcome)")
  }

  @Test(arguments: [
    (["--timeout", "100ms"], "sleep 1000", "timed out, killed by SIGTERM"),
    ([], "kill -TERM $$", "killed by SIGTERM"),
  ])
  func `a task whose time was up is told from one that was killed`(
    options: [String],
    task: String,
    reason: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("\(task)\n", to: "Tasks")
    let outcome = try Disbatch.program(["run", "-p", "run"] + options + ["Tasks"], in: folder).run()
    #expect(outcome.errorText.contains("task 0 (line 1) \(reason): \(task)\n"), "\(outcome)")
  }

  @Test func `a resumed file that was edited is told how to go on`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    _ = try Disbatch.run("run", "-p", "run", "Tasks", in: folder)
    try folder.write("echo new &> log\ntrue\n", to: "Tasks")
    let arguments = ["run", "-p", "run", "-r", "auto", "Tasks"]
    let refused = try Disbatch.program(arguments, in: folder).run()
    #expect(refused.ending == .exited(1), "\(refused)")
    #expect(refused.errorText.contains("--resume-by text "), "\(refused)")
    let mended = try Disbatch.program(arguments + ["--resume-by", "text"], in: folder).run()
    #expect(mended.errorText.contains("1 done, 0 failed, 1 skipped"), "\(mended)")
  }

  @Test func `of a failed command that is very long both ends are shown`() throws {
    let folder = try TemporaryFolder()
    try folder.write(": \(String(repeating: "ä", count: 200_000))end\n", to: "Tasks")
    let outcome = try Disbatch.run("-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let head = "task 0 (line 1) cannot start /bin/bash: Argument list too long"
    let line = outcome.errorText.split(separator: "\n").first { $0.hasPrefix("task 0") } ?? ""
    #expect(line.hasPrefix("\(head): : ää") && line.contains("ä...ä"), "\(line)")
    #expect(line.hasSuffix("äend") && line.count == 100, "\(line)")
  }
}
