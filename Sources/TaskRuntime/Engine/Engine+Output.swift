import TaskScheduler

/// Output that is kept, and what tasks leave behind.
extension Engine {
  // MARK: Room for output

  /// Leaves a pipe alone until there is room for what is in it.
  func pause(_ tap: OutputTap, _ source: Poller.Source) {
    tap.unwatch(in: &poller)
    pausedTaps.append(source)
  }

  /// Takes a shell's last output, and holds its end back while there is more to come from processes
  /// that go on with it in the background, or while it cannot be kept.
  ///
  /// So what follows a barrier finds what `tee` or `gzip` in a process substitution has written. Nothing
  /// is held back that is to end in any case, and nothing for long that others write to.
  ///
  /// - Returns: whether it is held back.
  func holdsEnd(of index: Int, _ outcome: Outcome, at now: Instant) -> Bool {
    let worker = workers[index]
    // What a command of the engine itself starts in the background is meant to stay.
    guard !isKillingEverything, worker.hunt == .none, worker.identity.slot >= 0 else {
      return false
    }
    let patience = now + Self.backgroundPatience
    guard let cause = whatHolds(worker, until: patience, at: now) else { return false }
    worker.held = Worker.HeldEnd(outcome: outcome, endedAt: now, patience: patience, cause: cause)
    worker.pid = -1
    heldWorkers.append(index)
    armHeld()
    for stream in worker.taps.indices { watchTap(of: index, stream) }
    return true
  }

  /// Takes a shell's last output; `nil` when that was all, or all that is waited for.
  private func whatHolds(
    _ worker: Worker,
    until patience: Instant,
    at now: Instant
  ) -> Worker.HeldEnd.Cause? {
    var cause: Worker.HeldEnd.Cause?
    for tap in worker.taps where tap.isOpen {
      switch tap.drain(through: &buffer, in: &poller) {
      case .held: cause = .room
      case .waits, .more: if now < patience, cause == nil { cause = .background }
      case .ended: break
      }
    }
    return cause
  }

  /// Tells of ends that need not be held back any more.
  func lookAtHeld(at now: Instant) {
    for index in heldWorkers { lookAtHeld(index, at: now) }
    armHeld()
  }

  /// Tells of one of them if it need not be held back any more.
  func lookAtHeld(_ index: Int, at now: Instant) {
    guard let held = workers[index].held else { return }
    let cause = whatHolds(workers[index], until: held.patience, at: now)
    if let cause { workers[index].held?.cause = cause } else { release(index) }
  }

  /// Sees to it that the first patience that ends is noticed.
  private func armHeld() {
    let waiting = heldWorkers.lazy.compactMap { [workers] in workers[$0].held }
    if let soonest = waiting.filter({ $0.cause == .background }).map(\.patience).min() {
      timers.arm(.lookAtHeld, at: soonest)
    } else {
      timers.disarm(.lookAtHeld)
    }
  }

  /// Tells of an end that was held back.
  func release(_ index: Int) {
    guard let held = workers[index].held else { return }
    workers[index].held = nil
    heldWorkers.removeAll { $0 == index }
    tellEnd(of: index, held.outcome, at: held.endedAt)
  }

  /// Goes on with what waited for room, if there is some.
  ///
  /// - Returns: whether it did.
  func goOnKeeping() -> Bool {
    guard let keeper, keeper.mayTake,
      !pausedTaps.isEmpty || heldWorkers.contains(where: { workers[$0].held?.cause == .room })
    else { return false }
    lookAtHeld(at: Clock.now)
    let sources = pausedTaps
    pausedTaps.removeAll(keepingCapacity: true)
    for source in sources {
      if source.kind == SourceKind.tap.rawValue {
        let index = Int(source.index)
        workers[index / 2].taps[index % 2].watch(as: source, in: &poller)
      } else {
        strayTaps[source.index]?.watch(as: source, in: &poller)
      }
    }
    return true
  }

  /// Takes note of what the writer of files has done.
  func takeKept() {
    guard let keeper, let writer = keeper.writer else { return }
    let progress = writer.takeProgress()
    for cost in progress.settled.values { keeper.settle(cost) }
    if !progress.loss.isEmpty { send(.outputLost(progress.loss)) }
  }

  /// Whether all output is where it is kept, now that nothing runs any more.
  func isOutputOut() -> Bool {
    guard let keeper, link.condition == .open else { return true }
    for tap in workers.flatMap(\.taps) + strayTaps.values where tap.isOpen {
      // What cannot be ended, a process of another user, holds nobody up.
      var supply = OutputTap.Supply.more
      while supply == .more { supply = tap.drain(through: &buffer, in: &poller) }
      if supply == .waits { tap.close(in: &poller) }
    }
    strayTaps = strayTaps.filter { $0.value.isOpen }
    keeper.flush()
    guard strayTaps.isEmpty, keeper.isIdle, let writer = keeper.writer else {
      return strayTaps.isEmpty && keeper.isIdle
    }
    if !isFinishingOutput { writer.finish() }
    isFinishingOutput = true
    return writer.isDone
  }

  // MARK: What is left behind

  /// Goes on when nothing runs any more that tasks left running; says what there is to wait for.
  func lookAtLeftovers(_ table: ProcessTable) {
    guard isAwaitingLeftovers else { return }
    let leftovers = leftovers(in: table)
    guard leftovers.taskCount > 0 else {
      isAwaitingLeftovers = false
      return events.append(.leftoversEnded)
    }
    if !hasToldWhatItAwaits { send(.awaitsLeftovers(leftovers)) }
    hasToldWhatItAwaits = true
  }

  /// Tells the driver, once, what tasks that have ended left running.
  func reportLeftovers(_ table: ProcessTable) {
    guard !hasReportedLeftovers else { return }
    hasReportedLeftovers = true
    let leftovers = leftovers(in: table)
    if leftovers.taskCount > 0 { send(.leftovers(leftovers)) }
  }

  /// What tasks that have ended left running; commands of the engine itself may well leave something
  /// for all tasks, which is none of it.
  private func leftovers(in table: ProcessTable) -> Leftovers {
    let running = Set(workers.filter(\.isRunning).map(\.identity))
    var leftovers = Leftovers()
    var tasks: Set<Int64> = []
    for pid in table.descendants(of: Host.processID) {
      guard let identity = identity(of: pid), identity.slot >= 0, !running.contains(identity),
        tasks.insert(identity.id).inserted
      else { continue }
      guard leftovers.examples.count < Leftovers.mostExamples else { continue }
      let words = ProcessTable.commandLine(of: pid)
      leftovers.examples.append(
        Leftovers.Example(
          task: TaskID(identity.id),
          command: words.count > 40 ? words.prefix(37) + "..." : words
        )
      )
    }
    leftovers.taskCount = Int64(tasks.count)
    return leftovers
  }
}
