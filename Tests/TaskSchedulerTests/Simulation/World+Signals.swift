import TaskScheduler

/// Signals from outside: to driver, engines and tasks, in any order.
extension World {
  mutating func signalEverything(
    _ signal: EndSignal,
    within spread: Interval,
    sparingDriver: Bool
  ) {
    let longest = spread.nanoseconds / 1_000_000
    if !sparingDriver { agenda.add(.driverStruck(signal), at: now + delay(longest)) }
    for index in hosts.indices where hosts[index].isAlive {
      let engine = EngineID(Int32(index))
      agenda.add(.engineStruck(engine, signal), at: now + delay(longest))
      for (_, child) in hosts[index].children.sorted(by: { $0.key < $1.key }) {
        let at = now + delay(longest)
        agenda.add(.childStruck(engine, childID: child.id, signal), at: at)
      }
    }
  }

  mutating func strikeDriver(_ signal: EndSignal) {
    guard isDriverAlive else { return }
    switch signal {
    case .hangup, .interrupt, .terminate:
      let isFirst = !history.contains {
        if case .stopped(let mode) = $0.fact { mode != .drain } else { false }
      }
      tell(.stop(isFirst ? .interrupt : .killNow))
    case .user1: tell(.stop(.drain))
    // Nothing that it knows of.
    case .kill, .user2, .cpuTime: endDriver()
    }
  }

  mutating func strikeEngine(_ engine: EngineID, _ signal: EndSignal) {
    guard hosts[engine.index].isAlive else { return }
    observe(.struckEngine(engine, signal))
    if signal == .kill { return strike(.engineDies(engine.index)) }
    tell(engine, .told(signal))
  }

  mutating func strikeChild(_ childID: Int, _ signal: EndSignal, of engine: EngineID) {
    guard hosts[engine.index].isAlive,
      let child = hosts[engine.index].children.values.first(where: { $0.id == childID }),
      child.hasShell, let attempt = child.attempt
    else { return }
    if child.isStubborn, signal != .kill { return }
    let isPolite = child.isPolite && signal != .kill
    let number = signal.rawValue
    let outcome: Outcome =
      isPolite
      ? .exited(0) : childID.isMultiple(of: 2) ? .signalled(number) : .exited(128 + number)
    if !child.isSignalled, !isPolite {
      observe(.struckShell(attempt.task, attempt.attempt, attempt.engine))
    }
    shellEnds(engine, childID, outcome)
  }
}
