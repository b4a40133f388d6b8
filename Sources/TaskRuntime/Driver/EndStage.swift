import TaskScheduler

/// What has to come to its end when a run is over, while the loop goes on as before.
protocol EndStage: AnyObject {
  /// Begins the end: nothing is added any more.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - isHurried: Whether a signal has ended the run, so that whoever sent it waits.
  func beginEnd(at now: Instant, isHurried: Bool)
  /// Does what is due by now: a notice, or the end of patience.
  func lookAtEnd(at now: Instant)
  /// When `lookAtEnd` has something to do; `nil` for when something has happened.
  var endDeadline: Instant? { get }
  /// Whether it has come to its end, or nobody waits for it any more.
  var hasEnded: Bool { get }
  /// Waits no longer than it must: a signal has come.
  func hurry(at now: Instant)
}
