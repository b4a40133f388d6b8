/// How far a run has come, in tasks unless it says otherwise.
package struct Tally: Hashable, Sendable {
  /// Came from the feed to be run; barriers and skipped tasks are not among them.
  package internal(set) var offered: Int64 = 0

  /// Ended with success.
  package internal(set) var done: Int64 = 0

  /// Ended with a failure that counts, lost ones among them.
  package internal(set) var failed: Int64 = 0

  /// Recorded as lost for good.
  package internal(set) var lost: Int64 = 0

  /// Skipped, since an earlier run ended them.
  package internal(set) var skipped: Int64 = 0

  /// Skipped although they had failed.
  package internal(set) var skippedFailed: Int64 = 0

  /// Run at this moment.
  package internal(set) var running: Int64 = 0

  /// Attempts started.
  package internal(set) var started: Int64 = 0

  /// Attempts that failed and were, or would have been, tried again.
  package internal(set) var retried: Int64 = 0

  /// Attempts that the host had no room for, and that are tried again.
  package internal(set) var refused: Int64 = 0

  /// Attempts lost with their engine and not counted.
  package internal(set) var requeued: Int64 = 0

  /// Attempts that this run itself ended, or that were ended together with it or their engine.
  package internal(set) var endedByRun: Int64 = 0

  /// Reports of attempts that had been given up.
  package internal(set) var late: Int64 = 0

  /// Barriers met.
  package internal(set) var barriersMet: Int64 = 0

  /// PERENGINE START commands that failed.
  package internal(set) var startsFailed: Int64 = 0

  /// PERENGINE STOP commands that failed.
  package internal(set) var stopsFailed: Int64 = 0

  /// Engines that joined.
  package internal(set) var enginesJoined: Int64 = 0

  /// Engines that were lost after they had joined.
  package internal(set) var enginesLost: Int64 = 0

  /// Engines that could not be started.
  package internal(set) var enginesFailedToStart: Int64 = 0

  /// Whether `offered` is all there is.
  package internal(set) var isFeedEnded = false

  /// Offered and without an outcome that counts.
  package var remaining: Int64 { offered - done - failed }

  /// Tasks with an outcome that counts.
  package var ended: Int64 { done + failed }

  /// Whether anything failed that the exit status under `-e` should tell.
  package var hasFailures: Bool { failed > 0 || skippedFailed > 0 || perEngineFailed > 0 }

  /// PERENGINE commands that failed.
  package var perEngineFailed: Int64 { startsFailed + stopsFailed }
}
