package import TaskScheduler

/// Hears about a run and cannot influence it; called on the run's thread, and not to take long.
package protocol RunObserver: AnyObject {
  /// The run has its files and begins.
  func runBegan(_ facts: RunFacts)
  /// Something the user should know, in one line without an end.
  func runSaid(_ line: String)
  /// The run stands so; once in each turn of its loop.
  func runAdvanced(_ tally: Tally)
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
