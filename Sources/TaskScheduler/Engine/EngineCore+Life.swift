/// PERENGINE commands in their order, and the way out.
extension EngineCore {
  mutating func runPerEngine(
    _ moment: PerEngineMoment,
    into decision: inout Decision<EngineAction>
  ) {
    // STOP commands come with the release.
    guard moment == .start, life == .waiting, !isReleased else { return }
    life = .starting
    runNext(.start, 0, into: &decision)
  }

  /// Runs the command with this index, or goes on when there is none.
  private mutating func runNext(
    _ moment: PerEngineMoment,
    _ index: Int32,
    into decision: inout Decision<EngineAction>
  ) {
    let count = (moment == .start ? counts?.start : counts?.stop) ?? 0
    guard index >= count else {
      command = PerEngineCommand(moment: moment, index: index)
      decision.append(.spawnPerEngine(moment, index: index))
      return
    }
    command = nil
    decision.append(.reportPerEngineDone(moment))
    switch moment {
    case .start: life = isReleased ? .finishing : .serving
    case .stop: linger(into: &decision)
    }
  }

  /// Waits for what tasks left running, where there is time for that.
  private mutating func linger(into decision: inout Decision<EngineAction>) {
    guard leaveBy == nil, policy.grace > .zero else { return leave(.released, into: &decision) }
    life = .lingering
    leaveBy = decision.now + policy.grace
    decision.append(.awaitLeftovers)
  }

  /// Reports the command that has ended and runs the next.
  mutating func endCommand(into decision: inout Decision<EngineAction>) {
    guard let ended = command, let outcome = ended.outcome else { return }
    if case .leaving = life {
      command = nil
      guard hasDriver else { return }
      return decision.append(.reportPerEngineEnded(ended.end(outcome, .ordered)))
    }
    guard ended.hasEnded else { return }
    let cause = ended.isCut ? EndCause.ordered : .itself
    decision.append(.reportPerEngineEnded(ended.end(outcome, cause)))
    if ended.isCut {
      command = nil
      life = .finishing
    } else {
      runNext(ended.moment, ended.index + 1, into: &decision)
    }
  }

  mutating func release(
    limit: Interval?,
    into decision: inout Decision<EngineAction>
  ) {
    if case .leaving = life { return }
    isReleased = true
    if let limit {
      let end = decision.now + limit
      leaveBy = min(leaveBy ?? end, end)
      if limit <= .zero { return leave(.released, into: &decision) }
    }
    switch life {
    // What never began has nothing to stop.
    case .waiting where counts.map({ $0.start > 0 }) ?? true: leave(.released, into: &decision)
    case .waiting, .serving: life = .finishing
    case .starting: if limit != nil { cutCommand(into: &decision) }
    case .lingering: if limit != nil { leave(.released, into: &decision) }
    case .finishing, .stopping, .leaving, .gone: break
    }
  }

  /// Has the START command that runs ended, and those behind it left out.
  private mutating func cutCommand(into decision: inout Decision<EngineAction>) {
    guard let running = command, !running.isCut else { return }
    command?.isCut = true
    decision.append(.signalPerEngine(.terminate))
  }

  /// Goes on to the STOP commands when nothing else is left to wait for.
  mutating func advance(into decision: inout Decision<EngineAction>) {
    guard life == .finishing, busyCount == 0, command == nil else { return }
    life = .stopping
    runNext(.stop, 0, into: &decision)
  }

  /// Kills all there is and leaves when it is gone; the first reason stays.
  mutating func leave(_ exit: EngineExit, into decision: inout Decision<EngineAction>) {
    switch life {
    case .gone: return
    case .leaving(.released): life = .leaving(exit)
    case .leaving: return
    case .waiting, .starting, .serving, .finishing, .stopping, .lingering:
      life = .leaving(exit)
      decision.append(.killEverything)
    }
  }

  /// Hands on a signal from somebody else; who says it twice that it is to end means it.
  ///
  /// The driver decides, since it may have been told as well, and gives the tasks their time.
  mutating func told(_ signal: EndSignal, into decision: inout Decision<EngineAction>) {
    if signal.isOrderToEnd {
      if isToldToEnd { return leave(.linkClosed, into: &decision) }
      isToldToEnd = true
    }
    if hasDriver { decision.append(.reportTold(signal)) }
  }

  mutating func renewLease(_ sentAt: Instant) {
    guard let length = policy.leaseLength, let end = leaseEnd else { return }
    leaseEnd = max(end, sentAt + length)
  }

  mutating func everythingEnded(
    into decision: inout Decision<EngineAction>
  ) {
    guard case .leaving(let exit) = life else { return }
    for index in slots.indices {
      let slot = SlotIndex(Int32(index))
      if let end = slots[index].treeEnded(in: slot) { report(end, into: &decision) }
    }
    endCommand(into: &decision)
    precondition(busyCount == 0 && command == nil, "every shell's end is told before the last")
    life = .gone(exit)
    if exit == .released { decision.append(.reportLeft) }
    decision.append(.exit(exit))
  }
}
