import TaskScheduler

/// Processes that ended, and the pipes that they still hold.
extension Engine {
  /// Takes the signals that have arrived: what somebody told this engine, then the ends of children.
  ///
  /// A child that a signal to everything ended after this engine got it must not be told of before
  /// the signal is. So signals are looked at once more when the children are reaped: whatever ended
  /// one of them is here by then.
  func takeSignals(at now: Instant) {
    var arrived = signals.take()
    let hasChildNews = arrived.contains(.child)
    while arrived.contains(.child) {
      roster.reap(into: &endings)
      arrived = arrived.subtracting(.child).union(signals.take())
    }
    take(told: arrived)
    if hasChildNews { conclude(at: now) }
  }

  /// Hands on what somebody other than the driver told this engine.
  private func take(told signals: SignalSet) {
    let told = EndSignal.allCases.filter { signals.contains(SignalSet($0.rawValue)) }
    for signal in told { log.write(.warning, "got signal \(signal.rawValue) from outside") }
    if let order = told.first(where: \.isOrderToEnd) {
      // What had ended before and only waited for its output was not ended by this.
      for index in heldWorkers { release(index) }
      // Several that came together are one order.
      events.append(.told(order))
    }
    for signal in told where !signal.isOrderToEnd { events.append(.told(signal)) }
  }

  /// Reaps every child that has ended, orphans too, and goes on with what waits for that.
  func reap(at now: Instant) {
    roster.reap(into: &endings)
    conclude(at: now)
  }

  /// Takes note of the ends of children, and goes on with what waits for them.
  private func conclude(at now: Instant) {
    noteMemoryDeaths()
    for ending in endings { conclude(ending, at: now) }
    endings.removeAll(keepingCapacity: true)
    let hasChildren = roster.hasChildren
    if isKillingEverything { killOn(hasChildren) }
    if isAwaitingLeftovers, !hasChildren {
      isAwaitingLeftovers = false
      events.append(.leftoversEnded)
    }
    lookAtProcesses(at: now)
  }

  /// Finds out which shells died for want of memory, of those that died of SIGKILL which was not ours.
  private func noteMemoryDeaths() {
    let died = endings.compactMap { ending -> Worker? in
      guard EndSignal(of: ending.outcome) == .kill, case .worker(let index)? = ending.child?.owner,
        workers[index].hunt == .none
      else { return nil }
      return workers[index]
    }
    guard !died.isEmpty, !isKillingEverything,
      let verdicts = memory?.verdicts(onDeathsAfterKills: died.map(\.killCount))
    else { return }
    for (worker, verdict) in zip(died, verdicts) { worker.report.memoryDeath = verdict }
  }

  /// Takes note of a shell's end; any other process is an orphan that nobody asks about.
  func conclude(_ ending: ChildRoster.Ending, at now: Instant) {
    guard case .worker(let index)? = ending.child?.owner else {
      // Its number may be another process's from now on.
      for worker in workers where worker.hunt != .none { worker.known.remove(ending.pid) }
      return
    }
    if let reason = workers[index].space.takeBack() {
      return tellFailure(of: index, reason, reason.text)
    }
    if holdsEnd(of: index, ending.outcome, at: now) { return }
    tellEnd(of: index, ending.outcome, at: now)
  }

  /// Tells of a shell's end, with what it let out.
  func tellEnd(of index: Int, _ outcome: Outcome, at now: Instant) {
    let worker = workers[index]
    for (stream, tap) in worker.taps.enumerated() where tap.isOpen {
      tap.drain(through: &buffer, in: &poller)
      if tap.isOpen { keepStray(worker, stream) }
    }
    worker.conclude(at: now)
    tellExit(of: index, outcome)
  }

  /// Lets the core know that a worker's shell has ended, or was none.
  func tellExit(of index: Int, _ outcome: Outcome) {
    events.append(
      index == workers.count - 1
        ? .perEngineExited(outcome) : .childExited(SlotIndex(Int32(index)), outcome)
    )
  }

  // MARK: Pipes

  /// Has the pipes of long-lived processes watched.
  func watchTaps() {
    let now = Clock.now
    unwatched.removeAll { index in
      guard workers[index].isRunning else { return true }
      guard workers[index].startedAt + Self.watchDelay <= now else { return false }
      for stream in workers[index].taps.indices { watchTap(of: index, stream) }
      return true
    }
    if !unwatched.isEmpty { armWatch(from: now) }
  }

  /// Has one of a worker's pipes watched.
  func watchTap(of index: Int, _ stream: Int) {
    let place = UInt32(2 * index + stream)
    let source = Poller.Source(kind: SourceKind.tap.rawValue, index: place)
    workers[index].taps[stream].watch(as: source, in: &poller)
  }

  /// Takes what a watched pipe has to give.
  func drainTap(_ source: Poller.Source, at now: Instant) {
    let index = Int(source.index) / 2
    let tap = workers[index].taps[Int(source.index) % 2]
    if tap.drain(through: &buffer, in: &poller) == .held { pause(tap, source) }
    if !tap.isOpen { lookAtHeld(index, at: now) }
  }

  func armWatch(from now: Instant) {
    guard !timers.isArmed(.watchTaps) else { return }
    timers.arm(.watchTaps, at: now + Self.watchDelay)
  }

  /// Keeps a pipe that a process in the background still holds, so that writing does not kill it.
  private func keepStray(_ worker: Worker, _ stream: Int) {
    let tap = worker.taps[stream]
    worker.taps[stream] = OutputTap(continuing: tap)
    tap.unwatch(in: &poller)
    let index = nextStrayTap
    nextStrayTap &+= 1
    strayTaps[index] = tap
    tap.watch(as: Poller.Source(kind: SourceKind.strayTap.rawValue, index: index), in: &poller)
  }

  func drainStray(_ index: UInt32) {
    guard let tap = strayTaps[index] else { return }
    if tap.drain(through: &buffer, in: &poller) == .held {
      pause(tap, Poller.Source(kind: SourceKind.strayTap.rawValue, index: index))
    }
    if !tap.isOpen { strayTaps[index] = nil }
  }
}
