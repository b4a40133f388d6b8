import TestSupport
import Testing

/// A run says of a failure what `status` says of it afterwards.
@Suite struct FailureLineTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var task: String
    var options: [String] = []
    /// What the run alone can know.
    var cause = ""
    var reason: String
    var errorLine: String?

    var testDescription: String { reason }
  }

  @Test(arguments: [
    Sample(task: "echo on the way >&2; echo gone >&2; exit 3", reason: "exit 3", errorLine: "gone"),
    Sample(task: "exit 3", reason: "exit 3"),
    Sample(task: "kill -USR1 $$", reason: "killed by SIGUSR1"),
    Sample(
      task: "echo late >&2; exec sleep 1000",
      options: ["--timeout", "500ms"],
      cause: "timed out, ",
      reason: "killed by SIGTERM",
      errorLine: "late"
    ),
    Sample(
      task: ": " + String(repeating: "x", count: 200_000),
      reason: "cannot start /bin/bash: Argument list too long"
    ),
    Sample(
      task: #"printf 'a\033[2Jb\n\n' >&2; exit 4"#,
      reason: "exit 4",
      errorLine: #"a\x1B[2Jb"#
    ),
  ])
  func `the lines of a run say what status says`(sample: Sample) throws {
    let folder = try TemporaryFolder()
    try folder.write("\(sample.task)\n", to: "Tasks")
    let words = ["run", "-q", "--no-check", "-j", "1", "-p", "run"] + sample.options + ["Tasks"]
    let run = try Disbatch.program(words, in: folder).run()
    let lines = run.errorText.split(separator: "\n")
    let head = "task 0 (line 1) \(sample.cause)\(sample.reason): \(sample.task.prefix(10))"
    #expect(lines.first?.hasPrefix(head) == true, "\(run)")
    let indented = lines.filter { $0.hasPrefix("  ") }
    #expect(indented == (sample.errorLine.map { ["  \($0)"] } ?? []), "\(run)")
    let status = try Disbatch.run("status", "run_status.txt", in: folder)
    let error = sample.errorLine.map { ": \($0)" } ?? ""
    #expect(
      status.outputText.contains("\n  1 x \(sample.reason)\(error)\n      first: task 0, line 1: "),
      "\(status)"
    )
  }

  @Test func `a quiet run says only what went wrong`() throws {
    let folder = try TemporaryFolder()
    try folder.write("echo fine >&2\ncd nowhere; true\n", to: "Good")
    let good = try Disbatch.run("run", "-q", "-j", "1", "-p", "good", "Good", in: folder)
    #expect(good.ending == .exited(0))
    #expect(good.errorText == "" && good.outputText == "", "\(good)")
    try folder.write("true\necho gone >&2; exit 3\ntrue\n", to: "Bad")
    let bad = try Disbatch.run("run", "-q", "-j", "1", "-p", "bad", "Bad", in: folder)
    #expect(bad.ending == .exited(0))
    let lines = bad.errorText.split(separator: "\n").map(String.init)
    #expect(lines.prefix(2) == ["task 1 (line 2) exit 3: echo gone >&2; exit 3", "  gone"])
    #expect(lines.dropFirst(2).first?.hasPrefix("2 done, 1 failed, 0 skipped") == true, "\(bad)")
    #expect(bad.outputText == "", "\(bad)")
  }
}
