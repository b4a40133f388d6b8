import TaskRuntime
import TaskScheduler
import Testing

/// What is said of PERENGINE commands that failed.
@Suite struct PerEngineFailuresTests {
  private func line(_ failures: PerEngineFailures) throws -> String {
    try #require(failures.lines.count == 1 ? failures.lines.first : nil, "\(failures.lines)")
  }

  // More than five: all but a few have the value that most tests want.
  private func failure(
    _ moment: PerEngineMoment,
    _ index: Int32 = 0,
    command: String,
    _ code: Int,
    pid: Int = 7,
    errorLine: String = ""
  ) -> PerEngineFailure {
    PerEngineFailure(
      PerEngineEnd(moment, index, .exited(Int32(code)), .itself),
      line: Int(index) + 2,
      command: Array(command.utf8),
      words: FailureWords(code: code, pid: pid, errorLine: errorLine)
    )
  }

  @Test func `engines on which a command failed in the same way share a line`() throws {
    var failures = PerEngineFailures()
    for rank in 0..<3 {
      let one = failure(.start, command: "stage in", 3)
      failures.take(one, on: EngineID(Int32(rank)), node: "n\(rank)")
    }
    #expect(
      try line(failures)
        == "PERENGINE START 0 (line 2) exit 3 on 3 engines, first on engine 0 (n0): stage in"
    )
  }

  @Test func `the last line of its error output stands below it`() {
    var failures = PerEngineFailures()
    failures.take(failure(.start, command: "x", -9, errorLine: "gone"), on: EngineID(0), node: "n")
    failures.take(failure(.start, command: "x", -9, errorLine: "out"), on: EngineID(1), node: "n")
    #expect(
      failures.lines == [
        "PERENGINE START 0 (line 2) killed by SIGKILL on 2 engines, first on engine 0 (n): x",
        "  gone",
      ]
    )
  }

  @Test func `a command that could not be started says why, and is cut where it is long`() throws {
    var failures = PerEngineFailures()
    let reason = "cannot start /bin/bash: Argument list too long"
    let long = String(repeating: "x", count: 500_000)
    let one = failure(.stop, 1, command: long, 7, pid: -1, errorLine: reason)
    failures.take(one, on: EngineID(4), node: "n")
    let text = try line(failures)
    #expect(text.hasPrefix("PERENGINE STOP 1 (line 3) \(reason) on "))
    let cut = String(repeating: "x", count: 200) + "..."
    #expect(text.hasSuffix("engine 4 (n): " + cut), "\(text)")
  }

  @Test func `many ways of failing are counted`() {
    var failures = PerEngineFailures()
    for index in Int32(0)..<12 {
      failures.take(failure(.start, index, command: "x", -9), on: EngineID(0), node: "n")
    }
    #expect(failures.lines.count == 6)
    #expect(failures.lines.last == "other failures of PERENGINE commands: 7")
  }
}
