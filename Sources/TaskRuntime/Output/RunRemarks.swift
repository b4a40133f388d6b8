import TaskScheduler

/// What a run has to say at its end beside how its tasks ended.
package struct RunRemarks: Hashable, Sendable {
  /// What tasks left running.
  package var leftovers = Leftovers()
  /// Tasks whose output was not kept whole, as far as they are told apart.
  private var lostTasks: Set<TaskID> = []
  private var lossReason: String?

  /// So many tasks are told apart; of more it is only said that they are more.
  private static let mostLost = 1_000_000

  /// Makes the remarks on a run without anything remarkable.
  package init() {}

  /// Notes output that is not kept.
  ///
  /// - Returns: whether it is the first.
  package mutating func note(_ loss: OutputLoss) -> Bool {
    let isFirst = lossReason == nil
    if isFirst { lossReason = loss.reason }
    for task in loss.tasks where lostTasks.count < Self.mostLost { lostTasks.insert(task) }
    return isFirst
  }

  /// Lines for standard error.
  package var lines: [String] {
    var lines: [String] = []
    if let lossReason {
      let count = lostTasks.count
      let more = count == Self.mostLost ? "at least " : ""
      lines.append(
        "the output of \(more)\(count) task\(count == 1 ? "" : "s") was not kept whole: "
          + lossReason
      )
    }
    if let line = leftovers.line { lines.append(line) }
    return lines
  }
}
