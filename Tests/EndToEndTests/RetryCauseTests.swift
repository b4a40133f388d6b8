import TestSupport
import Testing

/// After which ends a task is tried again (`--retry-on`).
@Suite struct RetryCauseTests {
  @Test(arguments: [
    ("timeout", "2 failed", 1), ("timeout,5", "2 failed", 2), ("5", "2 failed", 1),
    ("SIGTERM", "2 failed", 1),
  ])
  func `a time that was up is a cause of its own`(
    causes: String,
    counts: String,
    retries: Int
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("echo >> tries; exec sleep 1000\necho >> tries; exit 5\n", to: "Tasks")
    let words = ["-j2", "-p", "run", "--timeout", "300ms", "--retries", "1", "--retry-on", causes]
    let outcome = try Disbatch.program(words + ["Tasks"], in: folder).run()
    #expect(outcome.errorText.contains(counts), "\(outcome)")
    #expect(try folder.text(of: "tries").utf8.count == 2 + retries, "\(outcome)")
  }

  @Test(arguments: [
    (["--retries", "1", "--retry-on", "timeout"], "--retry-on timeout needs --timeout TIME"),
    (["--retries", "1", "--retry-on", "oom"], "say SIGKILL"),
    (["--retries", "1", "--retry-on", "5,"], "names of signals and timeout"),
    (["--retries", "1", "--retry-on", ""], "names of signals and timeout"),
    (["--retries", "1", "--retry-on", "TIMEOUT"], "not 'TIMEOUT'"),
    (["--retry-on", "timeout", "--timeout", "1"], "--retry-on needs --retries N"),
  ])
  func `what is no cause is refused`(words: [String], text: String) throws {
    let outcome = try Disbatch.program(["run"] + words + ["--task", "true"]).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains(text), "\(outcome)")
  }
}
