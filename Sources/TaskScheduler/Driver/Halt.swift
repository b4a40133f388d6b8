/// How many failures are too many, and what happens then.
package struct Halt: Hashable, Sendable {
  /// The number of failures that is too many.
  package enum Limit: Hashable, Sendable {
    /// This many failed tasks.
    case count(Int64)

    /// This percentage of the ended tasks, once `leastFailures` have failed.
    case percent(Int64)
  }

  /// How many tasks must have failed before a percentage counts.
  package static let leastFailures: Int64 = 3

  package let mode: HaltMode
  package let limit: Limit

  /// Makes the rule that stops a run at `limit`.
  package init(_ mode: HaltMode, at limit: Limit) {
    self.mode = mode
    self.limit = limit
  }

  /// Whether `failed` of `ended` tasks are too many.
  ///
  /// A share of the first one or two tasks says nothing, hence the failures that it takes.
  package func isReached(failed: Int64, ended: Int64) -> Bool {
    switch limit {
    case .count(let count): failed >= count
    case .percent(let percent):
      failed >= Self.leastFailures
        && failed.multipliedFullWidth(by: 100) >= ended.multipliedFullWidth(by: percent)
    }
  }
}
