/// Why a run is over.
package enum ExitReason: Hashable, Sendable {
  /// Every task has ended, or there was none.
  case completed

  /// A BARRIER CHECK with this id found failures.
  case checkFailed(TaskID)

  /// A task or a PERENGINE START failed under fail-fast.
  case failFast

  /// The limit of failures was reached.
  case halted

  /// It was stopped from outside, in this way.
  case stopped(StopMode)

  /// The stream of steps was malformed.
  case feedFailed

  /// Status rows can no longer be written.
  case writerFailed

  /// Tasks remain, and no engine is left or can come to run them.
  case tasksRemain

  /// There were tasks, and no engine ever joined.
  case noEngine
}
