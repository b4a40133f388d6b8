/// The repeat indexes of one REPEAT: `count` of them from `start` on, `step` apart.
public struct RepeatRange: Sendable, Hashable {
  /// How many tasks; 0 or more.
  public let count: Int
  /// The first index; 0 or more.
  public let start: Int
  /// From one index to the next; 0 or more.
  public let step: Int

  /// Makes a range if its last index is below 2^63.
  package init?(count: Int, start: Int, step: Int) {
    if count > 1 {
      let (way, tooFar) = (count - 1).multipliedReportingOverflow(by: step)
      if tooFar || start.addingReportingOverflow(way).overflow { return nil }
    }
    self.count = count
    self.start = start
    self.step = step
  }

  /// The index of the item at `place`, counted from 0.
  public subscript(place: Int) -> Int { start &+ place &* step }
}
