import Testing

@testable import TaskRuntime

@Suite struct FailureWordsTests {
  struct Sample: Sendable {
    var code: Int
    var pid = 17
    var errorLine = ""
    var cause: FailureWords.Cause?
    var reason: String
    var shown: String?
  }

  @Test(arguments: [
    Sample(code: 3, reason: "exit 3"),
    Sample(code: 3, errorLine: "gone", reason: "exit 3", shown: "gone"),
    Sample(code: -15, reason: "killed by SIGTERM"),
    Sample(code: -11, errorLine: "x", reason: "killed by SIGSEGV", shown: "x"),
    Sample(code: -34, reason: "killed by signal 34"),
    Sample(code: .min, reason: "killed by signal \(Int32.max)"),
    Sample(code: -100, pid: -1, reason: "lost with its engine"),
    Sample(code: -9, cause: .timeLimit, reason: "timed out, killed by SIGKILL"),
    Sample(code: 124, errorLine: "x", cause: .timeLimit, reason: "timed out, exit 124", shown: "x"),
    Sample(
      code: -9,
      cause: .memory(MemoryDeath(limit: 64 << 20), node: "n1"),
      reason: "killed for want of memory (limit 64 MiB on n1)"
    ),
    Sample(
      code: -9,
      cause: .memory(MemoryDeath(limit: nil), node: "n1"),
      reason: "killed for want of memory on n1"
    ),
    Sample(
      code: -9,
      cause: .memory(MemoryDeath(limit: 3 << 29, isCertain: false), node: "n1"),
      reason: "killed by SIGKILL, perhaps for want of memory (limit 1.5 GiB on n1)"
    ),
    Sample(
      code: 137,
      errorLine: "Killed",
      cause: .memory(MemoryDeath(limit: 1000), node: "n1"),
      reason: "exit 137, killed for want of memory (limit 1000 bytes on n1)",
      shown: "Killed"
    ),
    Sample(
      code: 137,
      cause: .memory(MemoryDeath(limit: 1 << 40, isCertain: false), node: "n1"),
      reason: "exit 137, perhaps for want of memory (limit 1 TiB on n1)"
    ),
    Sample(
      code: 7,
      pid: -1,
      errorLine: "cannot start /bin/bash: Argument list too long",
      reason: "cannot start /bin/bash: Argument list too long"
    ),
    // A row that says nothing of why.
    Sample(code: 7, pid: -1, reason: "exit 7"),
    Sample(code: 7, errorLine: "cannot start a", reason: "exit 7", shown: "cannot start a"),
  ])
  func `an end has its words`(sample: Sample) {
    let words = FailureWords(
      code: sample.code,
      pid: sample.pid,
      errorLine: sample.errorLine,
      cause: sample.cause
    )
    #expect(words.reason == sample.reason)
    #expect(words.errorLine == sample.shown)
  }

  @Test(arguments: [
    ("", ""), ("one", "one"), ("one\ntwo\n", "two"), ("one\r\ntwo\r\n", "two"),
    ("10 %\r20 %", "20 %"),
    ("one\n\n", "one"), ("one\n \t\n", "one"), (" \n", ""), ("  one\n", "  one"),
  ])
  func `the last line that is not blank is shown`(output: String, line: String) {
    #expect(FailureWords.lastLine(of: output, byteCount: output.utf8.count) == line)
  }

  @Test func `ends that touch are one line, others have dots between them`() {
    let (head, tail) = (String(repeating: "a", count: 40), String(repeating: "b", count: 40))
    let snippet = "\(head)...\(tail)"
    #expect(FailureWords.lastLine(of: snippet, byteCount: 80) == head + tail)
    #expect(FailureWords.lastLine(of: snippet, byteCount: 81) == snippet)
  }
}
