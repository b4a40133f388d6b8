/// Tasks: started, ended, tried again.
extension Scheduler {
  /// Starts tasks while there are any and slots for them.
  mutating func startTasks(at now: Instant, into actions: inout ContiguousArray<Action>) {
    startSuspects(at: now, into: &actions)
    while true {
      passQueueHead(at: now, into: &actions)
      guard phase.isOpen, startNext(at: now, into: &actions) else { return }
    }
  }

  /// Starts one task, if one may start and a slot is free.
  private mutating func startNext(
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) -> Bool {
    if let retry = retries.first, retry.due <= now {
      guard let engine = nextEngine(), let retry = retries.popFirst() else { return false }
      place(retry, on: engine, at: now, into: &actions)
      return true
    }
    guard barrierRow == nil, retries.count < policy.stepLimit,
      case .tasks(let first, let count) = queue.first, let engine = nextEngine()
    else { return false }
    if count > 1 {
      let rest = TaskID(first.rawValue + 1)
      queue.replaceFirst(with: .tasks(first: rest, count: count - 1))
    } else {
      queue.popFirst()
    }
    let attempt = Retry(task: first, attempt: .first, failures: 0, losses: 0, refusals: 0, due: now)
    place(attempt, on: engine, at: now, into: &actions)
    return true
  }

  /// Puts an attempt into the next free slot of `engine`, which is in front of the ring.
  private mutating func place(
    _ attempt: Retry,
    on engine: EngineID,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    ring.popFirst()
    engines[engine.index].isInRing = false
    put(attempt, on: engine, at: now, into: &actions)
  }

  /// Puts an attempt into the next free slot of an engine.
  mutating func put(
    _ attempt: Retry,
    on engine: EngineID,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    guard let slot = engines[engine.index].take() else {
      preconditionFailure("an engine that is given a task has a free slot")
    }
    engines[engine.index].slots[slot.index].task = attempt.task
    engines[engine.index].slots[slot.index].attempt = attempt.attempt
    engines[engine.index].slots[slot.index].failures = attempt.failures
    engines[engine.index].slots[slot.index].losses = attempt.losses
    engines[engine.index].slots[slot.index].refusals = attempt.refusals
    engines[engine.index].runningCount += 1
    enterRing(engine)
    tally.running += 1
    tally.started += 1
    actions.append(.start(attempt.task, attempt.attempt, engine, slot))
    let context = engines[engine.index].context
    contexts[context.index].starts += 1
    if contexts[context.index].starts == policy.contextTaskLimit {
      stop(context, .afterTasks, at: now, into: &actions)
    }
  }

  /// The engine whose turn it is, left in front of the ring.
  ///
  /// Engines take turns, so that a few tasks spread over all of them.
  private mutating func nextEngine() -> EngineID? {
    while let engine = ring.first {
      if engines[engine.index].canTakeTask { return engine }
      engines[engine.index].isInRing = false
      ring.popFirst()
    }
    return nil
  }

  /// Lines an engine up for tasks if it can take one.
  mutating func enterRing(_ engine: EngineID) {
    guard engines[engine.index].canTakeTask, !engines[engine.index].isInRing else { return }
    engines[engine.index].isInRing = true
    ring.append(engine)
  }

  mutating func taskEnded(
    _ task: TaskID,
    _ attempt: Attempt,
    _ engine: EngineID,
    _ slot: SlotIndex,
    _ outcome: Outcome,
    _ cause: EndCause,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    guard engine.index < engines.count, slot.index < engines[engine.index].slots.count else {
      return
    }
    heard(engine, at: now)
    let state = engines[engine.index].slots[slot.index]
    let ended = EndedAttempt(
      slot: state,
      engine: engine,
      index: slot,
      outcome: outcome,
      cause: cause
    )
    // A report that comes twice finds another task, or none.
    guard state.task == task, state.attempt == attempt else { return }
    switch state.phase {
    case .free, .recording, .lent: return
    case .givenUp:
      tally.late += 1
      engines[engine.index].slots[slot.index].phase = .recording
      record(ended, counts: false, into: &actions)
    case .running:
      let isRefused = cause == .itself && outcome.isRefusal
      if cause != .ordered, !isRefused { engines[engine.index].fruitless = 0 }
      engines[engine.index].slots[slot.index].phase = .recording
      leaveSlot(of: engine)
      settle(ended, at: now, into: &actions)
      closeCase(on: engine, at: now, into: &actions)
      releaseIfIdle(engine, at: now, into: &actions)
    }
  }

  /// Judges an attempt that has just ended, unless its verdict waits.
  private mutating func settle(
    _ attempt: EndedAttempt,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    var ended = attempt
    if isEndedFromOutside(ended, at: now) {
      ended.cause = .ordered
    } else if mayBeEndedFromOutside(ended) {
      return hold(ended, at: now, into: &actions)
    }
    let row = conclude(ended, at: now, into: &actions)
    pendingRows.append(PendingRow(row: row, engine: ended.engine, slot: ended.index))
  }

  /// Counts one running task less.
  mutating func leaveSlot(of engine: EngineID) {
    engines[engine.index].runningCount -= 1
    tally.running -= 1
    // Where slots are free for want of room, one of them may be used now.
    enterRing(engine)
  }

  /// Decides what the end of an attempt means for its task, and whether it counts.
  mutating func judge(_ ended: EndedAttempt, at now: Instant) -> Bool {
    let (slot, outcome, cause) = (ended.slot, ended.outcome, ended.cause)
    if cause == .ordered {
      tally.endedByRun += 1
      requeue(slot, failures: slot.failures, losses: slot.losses, due: now)
      return false
    }
    if cause.isSuccess(outcome) {
      tally.done += 1
      return true
    }
    let failures = slot.failures + 1
    if policy.allowsRetry(afterFailures: failures, of: outcome, cause) {
      tally.retried += 1
      let delay = policy.delay(beforeRetryOf: slot.task, afterFailures: failures)
      requeue(slot, failures: failures, losses: slot.losses, due: now + delay)
      return false
    }
    fail()
    return true
  }

  /// Counts a failure of a task.
  mutating func fail() {
    tally.failed += 1
    failuresSinceBarrier += 1
    hasNewFailure = true
  }

  /// Has a task run again; when nothing may start any more it is one of those that remain.
  mutating func requeue(
    _ slot: DriverSlot,
    failures: Int32,
    losses: Int32,
    refusals: Int32 = 0,
    due: Instant
  ) {
    guard phase.isOpen else { return }
    retries.insert(
      Retry(
        task: slot.task,
        attempt: slot.attempt.next,
        failures: failures,
        losses: losses,
        refusals: refusals,
        due: due
      )
    )
  }
}
