/// Everything that can happen to an engine.
///
/// Within one turn, exits of children come before orders of the driver, so that a task that ended
/// by itself is not taken for one that was made to.
package enum EngineEvent: Hashable, Sendable {
  /// The driver says how many PERENGINE commands there are: once, before anything else it says.
  case configure(startCount: Int32, stopCount: Int32)

  /// The driver wants the START commands run.
  case runPerEngine(PerEngineMoment)

  /// The driver wants an attempt of a task run in a slot that is idle.
  case start(TaskID, Attempt, SlotIndex, timeout: Interval?)

  /// The driver wants a task ended that may have ended meanwhile.
  case endTask(TaskID, SlotIndex, EndMode)

  /// The driver lets the engine go; with a limit it has only so long, with zero no time at all.
  case release(limit: Interval?)

  /// Somebody other than the driver sent this engine a signal.
  ///
  /// Ends of shells that were known before it come before it, all others after it.
  case told(EndSignal)

  /// The driver is gone.
  case linkClosed

  /// The driver answered the sign of life that was sent at this instant of this engine's clock.
  ///
  /// The instant of sending is what counts: an answer may have been under way for long.
  case leaseRenewed(sentAt: Instant)

  /// The shell of a slot's task ended, or could not be started.
  case childExited(SlotIndex, Outcome)

  /// Nothing is left of the tree that `signalTree` was aimed at; follows `childExited`.
  case treeEnded(SlotIndex)

  /// The shell of the PERENGINE command ended, or could not be started.
  case perEngineExited(Outcome)

  /// Nothing is left of the tree that `signalPerEngine` was aimed at; follows `perEngineExited`.
  case perEngineTreeEnded

  /// Nothing is left, or no longer to be waited for, of what `awaitLeftovers` was aimed at.
  case leftoversEnded

  /// Nothing is left of all that `killEverything` was aimed at; follows the exits of all shells.
  case everythingEnded

  /// A moment that `wake` asked for may have come.
  case time
}
