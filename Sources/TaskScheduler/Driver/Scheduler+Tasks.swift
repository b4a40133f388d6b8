/// Tasks: started, ended, tried again.
extension Scheduler {
  /// Starts tasks while there are any and slots for them.
  mutating func startTasks(into decision: inout Decision<Action>) {
    startSuspects(into: &decision)
    while true {
      passQueueHead(into: &decision)
      guard phase.isOpen, startNext(into: &decision) else { return }
    }
  }

  /// Starts one task, if one may start and a slot is free.
  private mutating func startNext(
    into decision: inout Decision<Action>
  ) -> Bool {
    if let retry = retries.first, retry.due <= decision.now {
      guard let engine = nextEngine(), let retry = retries.popFirst() else { return false }
      place(retry, on: engine, into: &decision)
      return true
    }
    guard rows.barrier == nil, retries.count < policy.stepLimit,
      case .tasks(let first, let count) = queue.first, let engine = nextEngine()
    else { return false }
    if count > 1 {
      let rest = TaskID(first.rawValue + 1)
      queue.replaceFirst(with: .tasks(first: rest, count: count - 1))
    } else {
      queue.popFirst()
    }
    let attempt = Retry(
      task: first,
      attempt: .first,
      failures: 0,
      losses: 0,
      refusals: 0,
      due: decision.now
    )
    place(attempt, on: engine, into: &decision)
    return true
  }

  /// Puts an attempt into the next free slot of `engine`, which is in front of the ring.
  private mutating func place(
    _ attempt: Retry,
    on engine: EngineID,
    into decision: inout Decision<Action>
  ) {
    ring.popFirst()
    engines[engine.index].isInRing = false
    put(attempt, on: engine, into: &decision)
  }

  /// Puts an attempt into the next free slot of an engine.
  mutating func put(
    _ attempt: Retry,
    on engine: EngineID,
    into decision: inout Decision<Action>
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
    decision.append(.start(attempt.task, attempt.attempt, engine, slot))
    let context = engines[engine.index].context
    contexts[context.index].starts += 1
    if contexts[context.index].starts == policy.contextTaskLimit {
      stop(context, .afterTasks, into: &decision)
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
    _ end: AttemptEnd,
    on engine: EngineID,
    into decision: inout Decision<Action>
  ) {
    guard engine.index < engines.count, end.slot.index < engines[engine.index].slots.count
    else { return }
    heard(engine, at: decision.now)
    let slot = engines[engine.index].slots[end.slot.index]
    // A report that comes twice finds another task, or none.
    guard slot.task == end.task, slot.attempt == end.attempt else { return }
    let ended = EndedAttempt(end, on: engine, in: slot)
    switch slot.phase {
    case .free, .recording, .lent: return
    case .givenUp:
      tally.late += 1
      engines[engine.index].slots[end.slot.index].phase = .recording
      record(ended, counts: false, into: &decision)
    case .running:
      if end.cause != .ordered, !end.isRefusal { engines[engine.index].barrenRelaunches = 0 }
      engines[engine.index].slots[end.slot.index].phase = .recording
      leaveSlot(of: engine)
      settle(ended, into: &decision)
      closeCase(on: engine, into: &decision)
      releaseIfIdle(engine, into: &decision)
    }
  }

  /// Judges an attempt that has just ended, unless its verdict waits.
  private mutating func settle(
    _ ended: EndedAttempt,
    into decision: inout Decision<Action>
  ) {
    let isFromOutside = isEndedFromOutside(ended, at: decision.now)
    if !isFromOutside, mayBeEndedFromOutside(ended) { return hold(ended, into: &decision) }
    let row = conclude(isFromOutside ? ended.asOrdered : ended, into: &decision)
    rows.pending.append(PendingRow(row: row, engine: ended.engine, slot: ended.end.slot))
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
    let slot = ended.slot
    if ended.cause == .ordered {
      tally.endedByRun += 1
      requeue(slot, failures: slot.failures, losses: slot.losses, due: now)
      return false
    }
    if ended.isSuccess {
      tally.done += 1
      return true
    }
    let failures = slot.failures + 1
    if policy.allowsRetry(afterFailures: failures, of: ended) {
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
