import Testing

@testable import TaskRuntime

@Suite struct FailureWordsTests {
  struct Sample: Sendable {
    var code: Int
    var pid = 17
    var errorLine = ""
    var isTimedOut = false
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
    Sample(code: -9, isTimedOut: true, reason: "timed out, killed by SIGKILL"),
    Sample(code: 124, errorLine: "x", isTimedOut: true, reason: "timed out, exit 124", shown: "x"),
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
      isTimedOut: sample.isTimedOut
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
