import FoundationEssentials
import TestSupport
import Testing

@Suite struct StormTests {
  /// How many storms there are: `TASKTEST_STORMS`, else ten.
  static let count =
    ProcessInfo.processInfo.environment["TASKTEST_STORMS"].flatMap { UInt64($0) } ?? 10

  @Test(.enabled(if: Storm.isPossible, Comment(rawValue: Storm.need)))
  func `after signals to everything, the printed command runs what died and nothing that was done`()
    throws
  {
    for seed in 1...Self.count {
      let storm = Storm(folder: try TemporaryFolder(), seed: seed)
      try storm.rage()
      let aftermath = try Storm.Aftermath(of: storm.folder)
      let complaints = (0..<Storm.taskCount).compactMap { aftermath.complaint(about: $0) }
      guard complaints.isEmpty else {
        Issue.record("storm \(seed): \(complaints.joined(separator: "\n"))\n\(storm.story)")
        continue
      }
      let code = try storm.folder.text(of: "code2")
      #expect(code == "0\n", "storm \(seed)\n\(storm.story)")
    }
  }
}
