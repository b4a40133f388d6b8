/// How many failures are too many, and what happens then.
package struct Halt: Hashable, Sendable {
  /// What happens to the tasks that run.
  package enum When: UInt8, Hashable, Sendable {
    /// They are ended.
    case now

    /// They end by themselves.
    case soon
  }

  /// The number of failures that is too many.
  package enum Limit: Hashable, Sendable {
    /// So many failed tasks.
    case count(Int64)

    /// So many failed tasks in a hundred that ended, once three have failed.
    case percent(Int64)
  }

  package let when: When
  package let limit: Limit

  /// Makes the rule that stops a run at `limit`.
  package init(_ when: When, at limit: Limit) {
    self.when = when
    self.limit = limit
  }

  /// Whether `failed` of `ended` tasks are too many.
  ///
  /// A share of the first one or two tasks says nothing, hence the three failures that it takes.
  package func isReached(failed: Int64, ended: Int64) -> Bool {
    switch limit {
    case .count(let count): failed >= count
    case .percent(let percent):
      failed >= 3
        && failed.multipliedFullWidth(by: 100) >= ended.multipliedFullWidth(by: percent)
    }
  }
}
