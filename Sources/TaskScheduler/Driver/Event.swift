/// Everything that can happen to a run, as its driver sees it.
///
/// Events of one turn of the loop are handled in the order in which they happened, with one `now`;
/// `time` comes last, so that word from an engine counts before its silence does.
package enum Event: Hashable, Sendable {
  /// The feed's PERENGINE window is closed, and how many commands there are: once, before any step.
  case perEngineDefined(startCount: Int32, stopCount: Int32)

  /// A step of tasks to run, with ids that follow those before; counts as one step.
  case tasks(first: TaskID, count: Int64)

  /// A step of tasks that an earlier run ended; the caller has handed their rows to its writer.
  case skipped(first: TaskID, count: Int64, failures: Int64)

  /// A barrier; with `check` it ends the run when anything failed since the last barrier.
  case barrier(id: TaskID, check: Bool)

  /// No steps are left.
  case endOfSteps

  /// The feed broke off in an error; no steps will come, and none that wait will start.
  case feedFailed

  /// An engine is being started in this context, perhaps in place of a lost one.
  case engineLaunching(EngineID, ContextID, replacing: EngineID?)

  /// An engine with one slot is being started for this task, as `isolate` asked for.
  case engineIsolated(EngineID, ContextID, for: TaskID)

  /// An engine is there. `isLeased` says that its death can only be inferred from silence.
  case engineJoined(EngineID, ContextID, slots: Int32, isLeased: Bool)

  /// An engine that was being started will not come.
  case engineFailedToStart(EngineID)

  /// A sign of life from an engine, other than another event of its own.
  case engineHeard(EngineID)

  /// One of an engine's PERENGINE commands ended.
  case perEngineEnded(EngineID, PerEngineEnd)

  /// The last of them ended.
  case perEngineDone(EngineID, PerEngineMoment)

  /// An engine left as it was asked to, with nothing of it still running.
  case engineLeft(EngineID)

  /// An engine got a signal from somebody other than its driver.
  ///
  /// Reports of tasks that ended before the engine got it come before this, those of others after it.
  case engineTold(EngineID, EndSignal)

  /// An engine is gone or out of reach.
  case engineLost(EngineID, LossReason)

  /// An engine says that a task ended, with all its processes if it was made to end.
  case taskEnded(EngineID, AttemptEnd)

  /// All rows up to this one are in the hands of the kernel.
  case rowsWritten(upTo: RowNumber)

  /// No further row can be written, nor will any be acknowledged.
  case writerFailed

  /// The run is to stop.
  case stop(StopMode)

  /// An engine is to leave.
  case retireEngine(EngineID, RetireMode)

  /// A context and all its engines are to leave; no engine can join it any more.
  case stopContext(ContextID, RetireMode)

  /// A moment that `wake` asked for may have come.
  case time
}
