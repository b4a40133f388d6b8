import TaskScheduler

/// A scheduler with a hand on every lever: events in by name, actions out as an array.
struct Rig {
  var scheduler: Scheduler
  var now = Instant(nanoseconds: 0)
  /// The rows asked for and not yet acknowledged, the last of them.
  private(set) var lastRow = RowNumber.none
  private var nextTask: Int64 = 0

  init(_ policy: Policy = Policy()) { scheduler = Scheduler(policy: policy) }

  /// A rig with one engine that serves.
  static func serving(slots: Int32 = 1, _ policy: Policy = Policy()) -> Rig {
    var rig = Rig(policy)
    rig.send(.perEngineDefined(startCount: 0, stopCount: 0))
    rig.join(0, slots: slots)
    return rig
  }

  /// Hands in an event and returns what is to be done, checked for consistency.
  @discardableResult
  mutating func send(_ event: Event, after delay: Interval = .zero) -> [Action] {
    now = now + delay
    var actions: ContiguousArray<Action> = []
    scheduler.handle(event, at: now, into: &actions)
    scheduler.checkInvariants()
    for action in actions {
      switch action {
      case .record(_, _, counts: _, let row), .recordPerEngine(_, _, let row),
        .recordBarrier(_, check: _, failures: _, let row):
        lastRow = row
      case .requestSteps, .start, .hold, .isolate, .blame, .runPerEngine, .endTask, .release,
        .abandon, .relaunch,
        .wake,
        .close:
        break
      }
    }
    return Array(actions)
  }

  @discardableResult
  mutating func join(
    _ engine: Int32,
    context: Int32 = 0,
    slots: Int32 = 1,
    isLeased: Bool = false
  )
    -> [Action]
  {
    send(.engineJoined(EngineID(engine), ContextID(context), slots: slots, isLeased: isLeased))
  }

  @discardableResult
  mutating func offer(_ count: Int64) -> [Action] {
    defer { nextTask += count }
    return send(.tasks(first: TaskID(nextTask), count: count))
  }

  @discardableResult
  mutating func barrier(check: Bool = false) -> [Action] {
    defer { nextTask += 1 }
    return send(.barrier(id: TaskID(nextTask), check: check))
  }

  // More than five: all but a few have the value that most tests want.
  /// Reports the end of a task and acknowledges every row so far.
  @discardableResult
  mutating func end(
    _ task: Int64,
    attempt: Int32 = 1,
    engine: Int32 = 0,
    slot: Int32 = 0,
    _ outcome: Outcome = .exited(0),
    _ cause: EndCause = .itself
  ) -> [Action] {
    let report = Event.taskEnded(
      EngineID(engine),
      AttemptEnd(TaskID(task), Attempt(attempt), in: SlotIndex(slot), outcome, cause)
    )
    return send(report) + send(.rowsWritten(upTo: lastRow))
  }
}

extension Action {
  /// A start, spelled short.
  static func start(
    _ task: Int64,
    attempt: Int32 = 1,
    engine: Int32 = 0,
    slot: Int32 = 0
  )
    -> Action
  {
    .start(TaskID(task), Attempt(attempt), EngineID(engine), SlotIndex(slot))
  }
}
