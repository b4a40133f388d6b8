package import TaskScheduler

/// What happens to a run, for those who watch it.
package enum RunEvent: Sendable {
  /// The run has its files and begins.
  case began(RunFacts)
  /// Something the user should know, in one line without an end, and further lines about it.
  case said(String, details: [String] = [])
  /// Something that nobody need act upon, in one line without an end.
  case noted(String)
  /// A task failed for good.
  case taskFailed(TaskFailure)
  /// The run stands so; once in each turn of its loop while tasks may run.
  case advanced(Tally, at: Instant)
  /// The process is about to stand still; what was said should be seen before.
  case pauses
  /// The run is over and its files are complete.
  indirect case ended(RunReport)
}

/// Hears about a run and cannot influence it; called on the run's thread, and not to take long.
package protocol RunObserver: AnyObject {
  /// How often it wants to hear how the run stands although nothing happens; `nil` for never.
  var refreshInterval: Interval? { get }
  /// Takes note of what happened.
  func observe(_ event: RunEvent)
}

/// What is known about a run when it begins.
package struct RunFacts: Hashable, Sendable {
  /// Name of the task file.
  package var name: String
  /// What the names of all its files start with.
  package var prefix: String
  /// How many tasks can run at a time.
  package var slots: Int
}
