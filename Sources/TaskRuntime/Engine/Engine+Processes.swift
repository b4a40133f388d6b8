import TaskScheduler

/// Processes that ended, processes that are to end, and what they still hold.
extension Engine {
  /// Reaps every child that has ended, orphans too, and goes on with what waits for that.
  func reap(at now: Instant) {
    var hasChildren = true
    reaping: while true {
      switch Children.reapNext() {
      case .ended(let pid, let outcome): conclude(pid, outcome, at: now)
      case .allRunning: break reaping
      case .none:
        hasChildren = false
        break reaping
      }
    }
    if isKillingEverything { killOn(hasChildren) }
    for index in workers.indices where workers[index].hunt != .none { goOnHunting(index) }
  }

  /// Takes note of a shell's end; any other process is an orphan that nobody asks about.
  private func conclude(_ pid: Int32, _ outcome: Outcome, at now: Instant) {
    guard let index = workers.firstIndex(where: { $0.pid == pid }) else { return }
    if let reason = workers[index].space.takeBack() {
      return tellFailure(of: index, reason, reason.text)
    }
    if holdsEnd(of: index, outcome, at: now) { return }
    tellEnd(of: index, outcome, at: now)
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
    isWatchArmed = false
    let now = Clock.now
    unwatched.removeAll { index in
      guard workers[index].isRunning else { return true }
      guard workers[index].startedAt + Self.watchDelay <= now else { return false }
      for (stream, tap) in workers[index].taps.enumerated() {
        let place = UInt32(2 * index + stream)
        tap.watch(as: Poller.Source(kind: SourceKind.tap.rawValue, index: place), in: &poller)
      }
      return true
    }
    if !unwatched.isEmpty { armWatch(from: now) }
  }

  func armWatch(from now: Instant) {
    guard !isWatchArmed else { return }
    isWatchArmed = true
    timers.add(.watchTaps, at: now + Self.watchDelay)
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

  // MARK: Ending trees

  /// Begins to end the tree of a worker, or ends it harder.
  func hunt(_ index: Int, _ mode: EndMode) {
    let worker = workers[index]
    release(index)
    worker.hunt = mode == .kill ? .killing : .terminating
    if mode == .terminate {
      for pid in tree(of: worker) { Host.send(Host.terminateSignal, to: pid) }
    }
    goOnHunting(index)
  }

  /// Looks whether anything of a tree is left, and kills it if that is wanted.
  private func goOnHunting(_ index: Int) {
    let worker = workers[index]
    let members = tree(of: worker)
    if worker.hunt == .killing {
      for pid in members { Host.send(Host.killSignal, to: pid) }
    }
    guard members.isEmpty, !worker.isRunning else { return }
    worker.hunt = .none
    events.append(
      index == workers.count - 1 ? .perEngineTreeEnded : .treeEnded(SlotIndex(Int32(index)))
    )
  }

  private func tree(of worker: Worker) -> [Int32] {
    guard worker.session > 0 else { return [] }
    let table = ProcessTable.now()
    let living = Set(table.entries.map(\.pid))
    worker.known.formIntersection(living)
    let others = Set(workers.filter { $0 !== worker && $0.isRunning }.map(\.pid))
    let marks = worker.identity.variables + ["DISBATCH_JOBID=\(settings.jobID)"]
    let members = table.tree(of: worker.session, adoptedBy: Host.processID) { pid in
      guard !others.contains(pid) else { return false }
      return worker.known.contains(pid) || ProcessTable.isMarked(pid, by: marks)
    }
    worker.known.formUnion(members)
    return members
  }

  /// Kills the children there are; their own children become ours then, and have their turn.
  ///
  /// A child's pid is not given to another process before it is reaped here, so nobody else is hit.
  private func killOn(_ hasChildren: Bool) {
    guard hasChildren else {
      isKillingEverything = false
      return events.append(.everythingEnded)
    }
    let table = ProcessTable.now()
    reportLeftovers(table)
    let children = table.children(of: Host.processID)
    var refusals = 0
    for pid in children where !Host.send(Host.killSignal, to: pid) { refusals += 1 }
    if refusals > 0, refusals == children.count {
      log.write(.error, "\(refusals) processes of another user cannot be ended")
      isKillingEverything = false
      for worker in workers where worker.isRunning {
        conclude(worker.pid, .signalled(Host.killSignal), at: Clock.now)
      }
      events.append(.everythingEnded)
    }
  }
}
