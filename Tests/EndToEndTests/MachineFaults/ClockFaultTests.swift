import FoundationEssentials
import TestSupport
import Testing

/// Clocks that are set while a run goes on.
@Suite struct ClockFaultTests {
  /// The library that shows a program another time.
  private static let library: String? = ["x86_64", "aarch64"]
    .map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketime.so.1" }
    .first { FileManager.default.fileExists(atPath: $0) }

  @Test(.enabled(if: library != nil, "needs libfaketime (scripts/test installs it)"))
  func `a clock that is set changes neither how long tasks took nor when they are ended`() throws {
    let folder = try TemporaryFolder()
    let library = try #require(Self.library)
    // An hour back, two days ahead, then a task that is over its time.
    try folder.write("+0", to: "time")
    try folder.write(
      "true\nprintf %s -3600 > time\ntrue\nprintf %s +172800 > time\ntrue\nsleep 1000\n",
      to: "Tasks"
    )
    let outcome = try Disbatch.program(
      ["-j", "1", "-p", "run", "--timeout", "5", "--grace", "2", "Tasks"],
      in: folder
    )
    .setting("LD_PRELOAD", to: library)
    .setting("FAKETIME_TIMESTAMP_FILE", to: folder.file("time"))
    .setting("FAKETIME_NO_CACHE", to: "1")
    .setting("FAKETIME_DONT_FAKE_MONOTONIC", to: "1")
    .setting("DONT_FAKE_MONOTONIC", to: "1")
    .run(seconds: 100)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.map(\.returnCode) == [0, 0, 0, 0, 0, -15], "\(rows.map(\.line))")
    let times = try rows.map { row in
      try row.fields[7...9].map { try #require(Double($0)) }
    }
    // It was set, or this says nothing.
    #expect(times[2][1] < times[0][1] - 3000 && times[4][1] > times[0][1] + 170_000)
    for time in times {
      #expect(time[0] >= 0 && time[0] < 60)
      #expect(abs(time[2] - time[1] - time[0]) < 0.0015)
    }
    #expect(times[5][0] >= 5, "ended before its time")
  }
}
