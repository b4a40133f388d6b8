import TaskRuntime
import Testing

@Suite struct ProcessStatTests {
  /// A line, and pid, parent and session in it.
  @Test(arguments: [
    ("7 (bash) S 3 7 7 34816 7", [Int32(7), 3, 7], false),
    ("8 (a) b (c) Z 7 8 9 0", [8, 7, 9], true),
    ("9 (\n) R 1 1 1", [9, 1, 1], false),
  ])
  func `a line is read from its last parenthesis on`(
    line: String,
    numbers: [Int32],
    isZombie: Bool
  ) throws {
    let stat = try #require(ProcessStat(line: Array(line.utf8)))
    #expect([stat.pid, stat.parent, stat.session] == numbers)
    #expect(stat.isZombie == isZombie)
    #expect(stat.startTime == nil, "it stands further back")
  }

  @Test(arguments: ["", "7 bash S 3 7 7", "7 (bash", ") 7 (", "x (bash) S 1 1 1", "7 (bash) S 1"])
  func `other lines are skipped`(line: String) {
    #expect(ProcessStat(line: Array(line.utf8)) == nil)
  }

  @Test func `a process keeps its start, and its parent was there before`() throws {
    let own = try #require(ProcessStat(of: Host.processID))
    #expect(own.pid == Host.processID)
    #expect(own.startTime != nil && own == ProcessStat(of: Host.processID))
    if let parent = ProcessStat(of: own.parent) {
      #expect(try #require(parent.startTime) <= #require(own.startTime))
    }
  }
}
