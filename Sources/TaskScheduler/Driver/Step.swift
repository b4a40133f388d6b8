/// A step in the queue, without its text.
enum Step: Hashable, Sendable {
  /// Tasks still to start.
  case tasks(first: TaskID, count: Int64)

  /// Tasks that an earlier run ended, and how many of them had failed.
  case skipped(count: Int64, failures: Int64)

  /// A barrier that is not met.
  case barrier(TaskID, check: Bool)
}
