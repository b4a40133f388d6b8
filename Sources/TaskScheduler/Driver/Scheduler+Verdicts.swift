/// Verdicts that wait: whether a task failed, or was ended together with the run or its engine.
///
/// A signal to everything (a batch system's, a service manager's, `kill -TERM -1`) comes to tasks, engines
/// and driver in any order. So the verdict on a task that died of such a signal waits for a moment. Its
/// slot does not wait, and nothing is written of it before: for a crash it is a task that was running.
extension Scheduler {
  /// The most verdicts that wait; with one more, the oldest is given before its time.
  var heldLimit: Int { policy.stepLimit + counts.slots }

  /// Whether an attempt is known to have been ended from outside.
  func isEndedFromOutside(_ ended: EndedAttempt, at now: Instant) -> Bool {
    guard ended.cause == .itself, !ended.isRefusal else { return false }
    let engine = engines[ended.engine.index]
    // What is said after such a signal is not believed, whatever it is.
    if engine.told.isToEnd { return true }
    guard let signal = ended.signal else { return false }
    return isToldToStop || (signal == .user1 && isToldToDrain) || engine.phase == .unreachable
      || engine.told.hasGot(signal, since: now, policy.verdictDelay)
  }

  /// Whether it may yet become known that an attempt was ended from outside.
  func mayBeEndedFromOutside(_ ended: EndedAttempt) -> Bool {
    guard ended.cause == .itself, !ended.isRefusal else { return false }
    // Of a run that was told to stop, the engine may be told a moment later, and the task before both.
    return ended.signal != nil || (isToldToStop && ended.slot.isEnding)
  }

  /// Lets a verdict wait and frees the slot.
  mutating func hold(
    _ ended: EndedAttempt,
    into decision: inout Decision<Action>
  ) {
    decision.append(.hold(ended.end.task, ended.end.attempt, ended.engine, ended.end.slot))
    held.append(HeldVerdict(ended: ended, until: decision.now + policy.verdictDelay))
    engines[ended.engine.index].free(ended.end.slot)
    enterRing(ended.engine)
    while held.count > heldLimit, let oldest = held.popFirst() {
      conclude(oldest.ended, into: &decision)
    }
  }

  /// Gives the verdicts that have waited long enough.
  mutating func giveDueVerdicts(into decision: inout Decision<Action>) {
    while let first = held.first, first.until <= decision.now {
      held.popFirst()
      conclude(first.ended, into: &decision)
    }
  }

  /// Judges an attempt and has it recorded.
  @discardableResult
  mutating func conclude(
    _ ended: EndedAttempt,
    into decision: inout Decision<Action>
  ) -> RowNumber {
    let counts =
      ended.isRefusal ? refused(ended, at: decision.now) : judge(ended, at: decision.now)
    return record(ended, counts: counts, into: &decision)
  }

  /// Takes note that an engine got a signal from somebody other than its driver.
  mutating func told(
    _ engine: EngineID,
    _ signal: EndSignal,
    into decision: inout Decision<Action>
  ) {
    guard engine.index < engines.count, engines[engine.index].phase.hasJoined else { return }
    heard(engine, at: decision.now)
    engines[engine.index].told.take(signal, at: decision.now)
    acquit(into: &decision) {
      $0.engine == engine && (signal.isOrderToEnd || $0.signal == signal)
    }
    if signal.isOrderToEnd { retire(engine, .replaced, into: &decision) }
  }

  /// Takes note that the run itself was told to stop.
  mutating func toldToStop(
    _ mode: StopMode,
    into decision: inout Decision<Action>
  ) {
    switch mode {
    case .drain:
      isToldToDrain = true
      acquit(into: &decision) { $0.signal == .user1 }
    case .interrupt, .killNow:
      isToldToStop = true
      acquit(into: &decision) { $0.signal != nil }
    }
  }

  /// Gives up the verdicts on tasks of an engine that is gone: what killed it may have killed them.
  mutating func acquitLost(
    of engine: EngineID,
    into decision: inout Decision<Action>
  ) {
    for ended in takeHeld({ $0.engine == engine }) {
      let losses = ended.slot.losses + 1
      guard ended.signal != nil, !isLossFinal(losses, isEnding: ended.slot.isEnding) else {
        conclude(ended, into: &decision)
        continue
      }
      tally.requeued += 1
      requeue(ended.slot, failures: ended.slot.failures, losses: losses, due: decision.now)
      record(ended.asOrdered, counts: false, into: &decision)
    }
  }

  /// Decides for those that are meant that they were ended from outside.
  private mutating func acquit(
    into decision: inout Decision<Action>,
    _ isMeant: (EndedAttempt) -> Bool
  ) {
    for ended in takeHeld(isMeant) { conclude(ended.asOrdered, into: &decision) }
  }

  /// Takes out those that are meant; the others wait on.
  private mutating func takeHeld(
    _ isMeant: (EndedAttempt) -> Bool
  ) -> ContiguousArray<EndedAttempt> {
    var taken: ContiguousArray<EndedAttempt> = []
    for _ in 0..<held.count {
      guard let verdict = held.popFirst() else { break }
      if isMeant(verdict.ended) { taken.append(verdict.ended) } else { held.append(verdict) }
    }
    return taken
  }
}
