import TaskScheduler

/// What engines told of attempts whose verdict waits, while their slots run other tasks.
struct HeldReports {
  private struct Key: Hashable {
    var task: TaskID
    var attempt: Attempt
  }

  private var reports: [Key: TaskReport] = [:]

  /// Keeps the report of an attempt until it is recorded.
  mutating func keep(_ report: TaskReport, of task: TaskID, _ attempt: Attempt) {
    reports[Key(task: task, attempt: attempt)] = report
  }

  /// Gives back the report of an attempt, if its verdict waited.
  mutating func take(_ task: TaskID, _ attempt: Attempt) -> TaskReport? {
    reports.isEmpty ? nil : reports.removeValue(forKey: Key(task: task, attempt: attempt))
  }
}
