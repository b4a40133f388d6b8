/// Everything a run can ask of its driver, to be done in order.
package enum Action: Hashable, Sendable {
  /// Offer this many steps, beyond those asked for before.
  case requestSteps(Int)

  /// Run this attempt of a task in a slot that is free.
  case start(TaskID, Attempt, EngineID, SlotIndex)

  /// Keep what was told of an attempt's end until its `record`: its slot is used again before that.
  case hold(TaskID, Attempt, EngineID, SlotIndex)

  /// Run the engine's START commands in file order.
  case runPerEngine(EngineID, PerEngineMoment)

  /// Write an attempt's status row; a Z row unless it `counts`.
  ///
  /// A task whose row counts never comes again, so what was kept for it may go.
  case record(EngineID, AttemptEnd, counts: Bool, row: RowNumber)

  /// Write a PERENGINE command's row.
  case recordPerEngine(EngineID, PerEngineEnd, row: RowNumber)

  /// Write the row of a barrier that is met, make it durable, then acknowledge it.
  ///
  /// `failures` is how many things failed since the barrier before; a CHECK with any ends the run.
  case recordBarrier(TaskID, check: Bool, failures: Int64, row: RowNumber)

  /// End a running task, with everything it started.
  case endTask(TaskID, EngineID, SlotIndex, EndMode)

  /// Let an engine run its STOP commands and leave.
  ///
  /// With a limit it has only so long; with none left it kills all and leaves. May be repeated with
  /// a shorter limit.
  case release(EngineID, limit: Interval?)

  /// Make an end of an engine that is lost or no longer wanted: kill its process, close its link.
  ///
  /// What comes from it afterwards may still be handed in.
  case abandon(EngineID)

  /// Start an engine in place of one that was lost, and say so by `engineLaunching`.
  case relaunch(EngineID)

  /// Start an engine with one slot for a task that ran on this engine when it died, and say so by
  /// `engineIsolated`; on the same host, with what the task had in this slot.
  case isolate(TaskID, beside: EngineID, SlotIndex)

  /// Say that a task has killed this engine, on which it was alone; its `record` follows.
  case blame(TaskID, EngineID)

  /// Hand in `time` at this moment; replaces the moment asked for before.
  case wake(at: Instant)

  /// The run is over: the last action, given once.
  case close(ExitReason)
}
