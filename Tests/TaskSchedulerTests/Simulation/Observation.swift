import TaskScheduler

/// One fact about a world: what the checkers go by.
enum Observation: Equatable {
  /// A step of the plan came to the scheduler.
  case offered(TaskID, count: Int64)
  case skipped(TaskID, count: Int64, failures: Int64)
  case barrierOffered(TaskID)
  /// The driver has an attempt started.
  case started(TaskID, Attempt, EngineID, SlotIndex, ContextID)
  /// An engine is being started, perhaps in place of another, or for one suspect with the slot it had.
  case launched(EngineID, replacing: EngineID?)
  case isolated(EngineID, for: TaskID, beside: EngineID, SlotIndex)
  /// The driver got to know that an engine has come, or cannot.
  case arrived(EngineID)
  /// The driver names a task that killed an engine.
  case blamed(TaskID, EngineID)
  /// The first process of an attempt runs; the last is gone.
  case spawned(TaskID, Attempt, EngineID)
  case vanished(TaskID, Attempt, EngineID)
  /// The driver got to know of an attempt's end, for the first time.
  case reported(EngineID, AttemptEnd)
  /// The verdict on an attempt waits, and its slot is free.
  case held(TaskID, Attempt, EngineID, SlotIndex)
  case recorded(EngineID, AttemptEnd, counts: Bool, RowNumber)
  case perEngineRecorded(EngineID, PerEngineMoment, index: Int32, failed: Bool, RowNumber)
  case barrierRecorded(TaskID, check: Bool, failures: Int64, RowNumber)
  case written(RowNumber)
  case perEngineSpawned(EngineID, PerEngineMoment, index: Int32)
  case perEngineVanished(EngineID, PerEngineMoment, index: Int32)
  /// The driver told an engine to go.
  case released(EngineID)
  case abandoned(EngineID)
  /// The driver got to know that an engine got a signal, or is gone or out of reach.
  case told(EngineID, EndSignal)
  case missed(EngineID)
  /// A signal from outside reached an engine, or ended an attempt's shell.
  case struckEngine(EngineID, EndSignal)
  case struckShell(TaskID, Attempt, EngineID)
  /// Someone asked for the end of the run.
  case stopped(StopMode)
  case closed(ExitReason)
}
