import TaskRuntime
import TaskScheduler
import Testing

/// What is said of PERENGINE commands that failed.
@Suite struct PerEngineFailuresTests {
  private func line(_ failures: PerEngineFailures) throws -> String {
    try #require(failures.lines.count == 1 ? failures.lines.first : nil, "\(failures.lines)")
  }

  @Test func `engines on which a command failed in the same way share a line`() throws {
    var failures = PerEngineFailures()
    for rank in 0..<3 {
      failures.take(
        PerEngineEnd(.start, 0, .exited(3), .itself),
        line: 2,
        command: Array("stage in".utf8),
        on: EngineID(Int32(rank)),
        node: "n\(rank)"
      )
    }
    #expect(
      try line(failures)
        == "PERENGINE START 0 (line 2) exited with 3 on 3 engines, first on engine 0 (n0): stage in"
    )
  }

  @Test func `a command that could not be started says why, and is cut where it is long`() throws {
    var failures = PerEngineFailures()
    failures.take(
      PerEngineEnd(.stop, 1, .notStarted(errno: 7), .itself),
      line: 5,
      command: [UInt8](repeating: UInt8(ascii: "x"), count: 500_000),
      on: EngineID(4),
      node: "n"
    )
    let text = try line(failures)
    #expect(
      text.hasPrefix("PERENGINE STOP 1 (line 5) could not be started (Argument list too long) on ")
    )
    let cut = String(repeating: "x", count: 200) + "..."
    #expect(text.hasSuffix("engine 4 (n): " + cut), "\(text)")
  }

  @Test func `many ways of failing are counted`() {
    var failures = PerEngineFailures()
    for index in 0..<12 {
      failures.take(
        PerEngineEnd(.start, Int32(index), .signalled(9), .itself),
        line: index + 1,
        command: Array("x".utf8),
        on: EngineID(0),
        node: "n"
      )
    }
    #expect(failures.lines.count == 6)
    #expect(failures.lines.last == "other failures of PERENGINE commands: 7")
  }
}
