package import TaskScheduler

/// Processes in the background that tasks left running when they ended.
package struct Leftovers: Hashable, Sendable {
  /// One of them.
  package struct Example: Hashable, Sendable {
    package var task: TaskID
    /// Its command line, cut where it is long.
    package var command: String

    package init(task: TaskID, command: String) {
      self.task = task
      self.command = command
    }
  }

  /// How many are shown.
  package static let mostExamples = 3

  /// How many tasks left something.
  package var taskCount: Int64 = 0
  /// One process of each of the first tasks.
  package var examples: [Example] = []

  /// Makes the leftovers of tasks that left nothing.
  package init() {}

  /// Adds those of another engine.
  package mutating func add(_ other: Leftovers) {
    taskCount += other.taskCount
    examples = Array((examples + other.examples).prefix(Self.mostExamples))
  }

  /// A line about them once they have been ended; `nil` when there are none.
  package var line: String? {
    guard taskCount > 0 else { return nil }
    return "\(tasks) left processes running in the background (\(shown)),"
      + " ended at the end of the run"
  }

  /// A line about them while they are waited for.
  package func waitingLine(limit: Interval) -> String {
    let seconds = Double(limit.nanoseconds) / 1e9
    let whole = limit.nanoseconds / 1_000_000_000
    let number = seconds == Double(whole) ? "\(whole)" : "\(seconds)"
    return "waiting up to \(number) s for what \(tasks) left running in the background (\(shown))"
  }

  private var tasks: String { "\(taskCount) task\(taskCount == 1 ? "" : "s")" }

  private var shown: String {
    examples.map { "task \($0.task.rawValue): \($0.command)" }.joined(separator: ", ")
      + (taskCount > Int64(examples.count) ? ", ..." : "")
  }
}
