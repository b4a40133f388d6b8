/// Engines that are silent or gone, and what becomes of their tasks.
extension Scheduler {
  /// Takes note of a sign of life.
  mutating func heard(_ engine: EngineID, at now: Instant) {
    guard engine.index < engines.count else { return }
    engines[engine.index].lastHeard = now
  }

  /// Sees to it that a silent engine's lease is noticed to end.
  mutating func awaitWord(from engine: EngineID) {
    guard engines[engine.index].isLeased, let limit = policy.silenceLimit else { return }
    let end = engines[engine.index].lastHeard + limit
    engineDeadline = min(engineDeadline ?? end, end)
  }

  /// Sets the time until which an engine may take to do what it was told.
  mutating func awaitAnswer(from engine: EngineID, until instant: Instant) {
    engines[engine.index].answerBy = instant
    engineDeadline = min(engineDeadline ?? instant, instant)
  }

  mutating func lost(
    _ engine: EngineID,
    _ reason: LossReason,
    into decision: inout Decision<Action>
  ) {
    guard engine.index < engines.count else { return }
    let phase = engines[engine.index].phase
    guard phase.hasJoined else {
      // Of one that has left, its end is no news.
      if phase == .launching { failedToStart(engine) }
      return
    }
    switch reason {
    case .died:
      let state = engines[engine.index]
      let isOwnDeath = !state.isCutOff && !state.told.isToEnd
      lose(engine, isOwnDeath: isOwnDeath, into: &decision)
    case .dying, .linkClosed:
      guard phase != .unreachable else { return }
      move(engine, to: .unreachable)
      acquitLost(of: engine, into: &decision)
      // Its death will be told when it has no lease; all it takes is to bring it about.
      if reason == .linkClosed, !engines[engine.index].isLeased {
        decision.append(.abandon(engine))
      }
      windDown(engine, into: &decision)
    }
  }

  /// Gives up an engine of which nothing can run any more.
  ///
  /// With `isOwnDeath` it died for a reason that lies on its host, which one of its tasks may be.
  mutating func lose(
    _ engine: EngineID,
    isOwnDeath: Bool = false,
    into decision: inout Decision<Action>
  ) {
    move(engine, to: .gone)
    tally.enginesLost += 1
    acquitLost(of: engine, into: &decision)
    for index in engines[engine.index].slots.indices
    where engines[engine.index].slots[index].phase == .running {
      giveUp(SlotIndex(Int32(index)), of: engine, isOwnDeath: isOwnDeath, into: &decision)
    }
    relaunch(engine, into: &decision)
  }

  /// Has an engine that is gone replaced, unless it was to go or there would be no end to it.
  mutating func relaunch(_ engine: EngineID, into decision: inout Decision<Action>) {
    let state = engines[engine.index]
    guard phase.isOpen, state.solo == nil, !state.isRetiring || state.isReplaced,
      !contexts[state.context.index].isStopped, state.barrenRelaunches < policy.relaunchLimit
    else { return }
    engines[engine.index].isRelaunchAsked = true
    counts.relaunches += 1
    decision.append(.relaunch(engine))
  }

  /// Cuts off an engine and gives it up.
  mutating func abandon(
    _ engine: EngineID,
    into decision: inout Decision<Action>
  ) {
    engines[engine.index].isCutOff = true
    decision.append(.abandon(engine))
    lose(engine, into: &decision)
  }

  /// Records the attempt in a slot as lost and has its task run again, if it may.
  private mutating func giveUp(
    _ slot: SlotIndex,
    of engine: EngineID,
    isOwnDeath: Bool,
    into decision: inout Decision<Action>
  ) {
    let state = engines[engine.index].slots[slot.index]
    engines[engine.index].slots[slot.index].phase = .givenUp
    leaveSlot(of: engine)
    let losses = state.losses + 1
    let isAlone = isOwnDeath && engines[engine.index].solo != nil
    let counts = isLossFinal(losses, isEnding: state.isEnding, isAlone: isAlone)
    if counts {
      tally.lost += 1
      fail()
      if isAlone {
        decision.append(.blame(state.task, engine))
        closeCase(on: engine, into: &decision)
      }
    } else {
      tally.requeued += 1
      let attempt = Retry(again: state, losses: losses, due: decision.now)
      if isOwnDeath, !state.isEnding, mayIsolate(from: engine) {
        isolate(Suspect(attempt: attempt, lost: engine, slot: slot), into: &decision)
      } else if phase.isOpen {
        retries.insert(attempt)
      }
    }
    let end = AttemptEnd(state.task, state.attempt, in: slot, .lost, .itself)
    record(EndedAttempt(end, on: engine, in: state), counts: counts, into: &decision)
  }

  /// Whether a task that was lost `losses` times has thereby failed.
  ///
  /// What the run was ending anyway is never held against the task; that it was alone on an engine that
  /// died is.
  func isLossFinal(_ losses: Int32, isEnding: Bool, isAlone: Bool = false) -> Bool {
    if isEnding { return false }
    if case .closing(_, let mode) = phase, mode > .finish { return false }
    return isAlone || !policy.requeuesLost || losses >= policy.lossLimit
  }

  /// Acts on every lease, every time to answer and every want of room that is over, and finds the
  /// next.
  mutating func lookAtDeadlines(into decision: inout Decision<Action>) {
    if let instant = armed, instant <= decision.now { armed = nil }
    guard let deadline = engineDeadline, deadline <= decision.now else { return }
    engineDeadline = nil
    for index in engines.indices where engines[index].phase.hasJoined {
      let engine = EngineID(Int32(index))
      let state = engines[index]
      let isSilent =
        policy.silenceLimit.map { state.isLeased && state.lastHeard + $0 <= decision.now } ?? false
      if isSilent {
        abandon(engine, into: &decision)
        continue
      }
      if let instant = state.answerBy, instant <= decision.now {
        giveUpWaiting(for: engine, into: &decision)
        continue
      }
      awaitWord(from: engine)
      if let instant = state.answerBy { awaitAnswer(from: engine, until: instant) }
      growCapacity(of: engine, at: decision.now)
    }
  }

  /// Cuts off an engine that did not do in time what it was told.
  ///
  /// While tasks may start elsewhere its own are not given up before nothing of it can run any more:
  /// until its death is told, or its lease has run out.
  private mutating func giveUpWaiting(
    for engine: EngineID,
    into decision: inout Decision<Action>
  ) {
    engines[engine.index].answerBy = nil
    engines[engine.index].isCutOff = true
    guard phase.isOpen else { return abandon(engine, into: &decision) }
    if engines[engine.index].phase != .unreachable { move(engine, to: .unreachable) }
    decision.append(.abandon(engine))
    awaitWord(from: engine)
  }
}
