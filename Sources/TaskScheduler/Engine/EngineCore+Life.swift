/// PERENGINE commands in their order, and the way out.
extension EngineCore {
  mutating func runPerEngine(
    _ when: PerEngineWhen,
    at now: Instant,
    into actions: inout ContiguousArray<EngineAction>
  ) {
    // STOP commands come with the release.
    guard when == .start, life == .waiting, !isReleased else { return }
    life = .starting
    runNext(.start, 0, at: now, into: &actions)
  }

  /// Runs the command with this index, or goes on when there is none.
  private mutating func runNext(
    _ when: PerEngineWhen,
    _ index: Int32,
    at now: Instant,
    into actions: inout ContiguousArray<EngineAction>
  ) {
    let count = (when == .start ? counts?.start : counts?.stop) ?? 0
    guard index >= count else {
      command = PerEngineCommand(when: when, index: index)
      actions.append(.spawnPerEngine(when, index: index))
      return
    }
    command = nil
    actions.append(.reportPerEngineDone(when))
    switch when {
    case .start: life = isReleased ? .finishing : .serving
    case .stop: linger(at: now, into: &actions)
    }
  }

  /// Waits for what tasks left running, where there is time for that.
  private mutating func linger(at now: Instant, into actions: inout ContiguousArray<EngineAction>) {
    guard leaveBy == nil, policy.grace > .zero else { return leave(.released, into: &actions) }
    life = .lingering
    leaveBy = now + policy.grace
    actions.append(.awaitLeftovers)
  }

  /// Reports the command that has ended and runs the next.
  mutating func endCommand(at now: Instant, into actions: inout ContiguousArray<EngineAction>) {
    guard let ended = command, let outcome = ended.outcome else { return }
    if case .leaving = life {
      command = nil
      guard hasDriver else { return }
      return actions.append(
        .reportPerEngineEnded(ended.when, index: ended.index, outcome, .ordered)
      )
    }
    guard ended.hasEnded else { return }
    let cause = ended.isCut ? EndCause.ordered : .itself
    actions.append(.reportPerEngineEnded(ended.when, index: ended.index, outcome, cause))
    if ended.isCut {
      command = nil
      life = .finishing
    } else {
      runNext(ended.when, ended.index + 1, at: now, into: &actions)
    }
  }

  mutating func release(
    limit: Interval?,
    at now: Instant,
    into actions: inout ContiguousArray<EngineAction>
  ) {
    if case .leaving = life { return }
    isReleased = true
    if let limit {
      let end = now + limit
      leaveBy = min(leaveBy ?? end, end)
      if limit <= .zero { return leave(.released, into: &actions) }
    }
    switch life {
    // What never began has nothing to stop.
    case .waiting where counts.map({ $0.start > 0 }) ?? true: leave(.released, into: &actions)
    case .waiting, .serving: life = .finishing
    case .starting: if limit != nil { cutCommand(into: &actions) }
    case .lingering: if limit != nil { leave(.released, into: &actions) }
    case .finishing, .stopping, .leaving, .gone: break
    }
  }

  /// Has the START command that runs ended, and those behind it left out.
  private mutating func cutCommand(into actions: inout ContiguousArray<EngineAction>) {
    guard let running = command, !running.isCut else { return }
    command?.isCut = true
    actions.append(.signalPerEngine(.terminate))
  }

  /// Goes on to the STOP commands when nothing else is left to wait for.
  mutating func advance(at now: Instant, into actions: inout ContiguousArray<EngineAction>) {
    guard life == .finishing, busyCount == 0, command == nil else { return }
    life = .stopping
    runNext(.stop, 0, at: now, into: &actions)
  }

  /// Kills all there is and leaves when it is gone; the first reason stays.
  mutating func leave(_ exit: EngineExit, into actions: inout ContiguousArray<EngineAction>) {
    switch life {
    case .gone: return
    case .leaving(.released): life = .leaving(exit)
    case .leaving: return
    case .waiting, .starting, .serving, .finishing, .stopping, .lingering:
      life = .leaving(exit)
      actions.append(.killEverything)
    }
  }

  /// Hands on a signal from somebody else; who says it twice that it is to end means it.
  ///
  /// The driver decides, since it may have been told as well, and gives the tasks their time.
  mutating func told(_ signal: EndSignal, into actions: inout ContiguousArray<EngineAction>) {
    if signal.isOrderToEnd {
      if isToldToEnd { return leave(.linkClosed, into: &actions) }
      isToldToEnd = true
    }
    if hasDriver { actions.append(.reportTold(signal)) }
  }

  mutating func renewLease(_ sentAt: Instant) {
    guard let length = policy.leaseLength, let end = leaseEnd else { return }
    leaseEnd = max(end, sentAt + length)
  }

  mutating func everythingEnded(
    at now: Instant,
    into actions: inout ContiguousArray<EngineAction>
  ) {
    guard case .leaving(let exit) = life else { return }
    for index in slots.indices {
      guard let ended = slots[index].treeEnded() else { continue }
      report(ended, SlotIndex(Int32(index)), into: &actions)
    }
    endCommand(at: now, into: &actions)
    precondition(busyCount == 0 && command == nil, "every shell's end is told before the last")
    life = .gone(exit)
    if exit == .released { actions.append(.reportLeft) }
    actions.append(.exit(exit))
  }
}
