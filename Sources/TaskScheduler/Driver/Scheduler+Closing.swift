/// How a run comes to its end.
extension Scheduler {
  mutating func stop(
    _ mode: StopMode,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    switch mode {
    case .drain: close(.stopped(.drain), .finish, at: now, into: &actions)
    case .interrupt: close(.stopped(.interrupt), .hurry, at: now, into: &actions)
    case .killNow: close(.stopped(.killNow), .kill, at: now, into: &actions)
    }
    toldToStop(mode, at: now, into: &actions)
  }

  /// Begins to close the run, or closes it harder.
  ///
  /// The first reason stays unless the run would have let its tasks finish and now ends them.
  mutating func close(
    _ reason: ExitReason,
    _ ending: RunPhase.Ending,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    switch phase {
    case .feeding, .drained: phase = .closing(reason, ending)
    case .closing(let first, let mildest) where ending > mildest:
      phase = .closing(mildest == .finish ? reason : first, ending)
    case .closing(_, .kill) where ending == .kill: return abandonAll(at: now, into: &actions)
    case .closing, .closed: return
    }
    for index in engines.indices {
      windDown(EngineID(Int32(index)), at: now, into: &actions)
    }
  }

  /// Cuts off every engine: the user has waited long enough.
  private mutating func abandonAll(at now: Instant, into actions: inout ContiguousArray<Action>) {
    for index in engines.indices where engines[index].phase.isAlive {
      abandon(EngineID(Int32(index)), at: now, into: &actions)
    }
  }

  /// Does to one engine what the closing of the run asks for.
  mutating func windDown(
    _ engine: EngineID,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    guard case .closing(_, let ending) = phase else { return }
    let state = engines[engine.index]
    switch state.phase {
    case .absent, .gone: return
    case .launching:
      move(engine, to: .gone)
      actions.append(.abandon(engine))
    case .waiting, .starting, .serving, .draining:
      if ending == .kill { return release(engine, limit: .zero, at: now, into: &actions) }
      if ending > .finish { endTasks(of: engine, at: now, into: &actions) }
      releaseIfIdle(engine, at: now, into: &actions)
    case .leaving:
      guard let limit = releaseLimit, state.releaseLimit.map({ limit < $0 }) ?? true else {
        return
      }
      release(engine, limit: limit, at: now, into: &actions)
    case .unreachable:
      // One without a lease is being killed, and its death will be told.
      guard state.isLeased, ending > .finish || state.runningCount == 0 else { return }
      abandon(engine, at: now, into: &actions)
    }
  }

  /// How long an engine may take to leave, as the run closes now; nil for as long as it needs.
  private var releaseLimit: Interval? {
    switch phase {
    case .closing(_, .kill): .zero
    case .closing(_, .hurry): policy.grace
    case .feeding, .drained, .closing, .closed: nil
    }
  }

  /// Has every task of an engine ended that is not being ended already.
  mutating func endTasks(
    of engine: EngineID,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    for index in engines[engine.index].slots.indices {
      let slot = engines[engine.index].slots[index]
      guard slot.phase == .running, !slot.isEnding else { continue }
      engines[engine.index].slots[index].isEnding = true
      actions.append(.endTask(slot.task, engine, SlotIndex(Int32(index)), .terminate))
    }
    guard engines[engine.index].runningCount > 0 else { return }
    awaitAnswer(from: engine, until: now + policy.grace + policy.answerLimit)
  }

  /// Lets an engine go that has no tasks and will not get any.
  mutating func releaseIfIdle(
    _ engine: EngineID,
    limit: Interval? = nil,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    guard engines[engine.index].runningCount == 0 else { return }
    switch engines[engine.index].phase {
    case .draining: if phase.isOpen, engines[engine.index].solo?.isKept ?? false { return }
    case .waiting, .starting, .serving: if phase.isOpen { return }
    case .unreachable: return windDown(engine, at: now, into: &actions)
    case .absent, .launching, .leaving, .gone: return
    }
    release(engine, limit: releaseLimit ?? limit, at: now, into: &actions)
  }

  private mutating func release(
    _ engine: EngineID,
    limit: Interval?,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    if engines[engine.index].phase != .leaving { move(engine, to: .leaving) }
    engines[engine.index].isRetiring = true
    engines[engine.index].releaseLimit = limit
    engines[engine.index].answerBy = nil
    if let limit { awaitAnswer(from: engine, until: now + limit + policy.answerLimit) }
    actions.append(.release(engine, limit: limit))
  }

  /// Ends the run, or stops it from starting more, if too much has failed.
  mutating func weighFailures(at now: Instant, into actions: inout ContiguousArray<Action>) {
    hasNewFailure = false
    guard phase.isOpen else { return }
    if policy.failFast { return close(.failFast, .terminate, at: now, into: &actions) }
    guard let halt = policy.halt, halt.isReached(failed: tally.failed, ended: tally.ended) else {
      return
    }
    switch halt.when {
    case .now: close(.halted, .terminate, at: now, into: &actions)
    case .soon: close(.halted, .finish, at: now, into: &actions)
    }
  }

  /// Begins to close an open run in which nothing is left to do, or nobody to do it.
  mutating func concludeIfNothingIsLeft(
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    guard tally.running == 0, held.isEmpty, suspectCount == 0, barrierRow == nil else { return }
    if retries.isEmpty, queue.isEmpty {
      if phase == .drained { close(.completed, .finish, at: now, into: &actions) }
      return
    }
    guard prospectCount == 0, relaunchesPending == 0, !policy.staysOpen,
      !engines.contains(where: { $0.isReplaced && $0.phase.isAlive || $0.isToBeBuried })
    else { return }
    let reason: ExitReason = tally.enginesJoined > 0 ? .tasksRemain : .noEngine
    close(reason, .finish, at: now, into: &actions)
  }

  /// Gives the last action when every engine is gone and every row is written.
  mutating func finishClosing(into actions: inout ContiguousArray<Action>) {
    guard case .closing(let reason, _) = phase, aliveCount == 0, tally.running == 0,
      held.isEmpty, suspects.isEmpty, writtenRow == lastRow || !isWriterAlive
    else { return }
    phase = .closed(reason)
    actions.append(.close(reason))
  }
}
