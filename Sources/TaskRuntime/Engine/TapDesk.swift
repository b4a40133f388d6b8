import TaskScheduler

/// The pipes of an engine's shells: read, kept, and left alone while there is no room for their output.
///
/// A shell's end is told when its last output is there and can be kept. So tasks behind a barrier find the
/// files that `tee` or `gzip` in a process substitution has written.
final class TapDesk {
  /// How long a task waits for the output of processes that it left in the background; as with the
  /// reference.
  static let backgroundPatience = Interval.seconds(5)
  /// Pipes of processes that live at least this long are watched.
  static let watchDelay = Interval.milliseconds(20)

  private let workers: Workers
  private let loop: EngineLoop
  /// Keeps task output; `nil` when none is kept.
  private let keeper: OutputKeeper?
  /// Workers whose pipes are not watched yet.
  private var unwatched: ContiguousArray<Worker> = []
  /// Pipes that are left alone until there is room for their output.
  private var paused: ContiguousArray<Poller.Source> = []
  /// Workers whose shells have ended, and whose last output is awaited.
  private var deferred: ContiguousArray<Worker> = []
  /// Pipes that something still holds although the shell has ended.
  private var strays: [UInt32: OutputTap] = [:]
  private var nextStray: UInt32 = 0
  private var isFinishing = false

  /// Makes a desk with no open pipe.
  init(_ workers: Workers, keeper: OutputKeeper?, in loop: EngineLoop) {
    self.workers = workers
    self.keeper = keeper
    self.loop = loop
  }

  // MARK: Pipes

  /// Takes note of a shell that was started; its pipes are watched if it lives for a while.
  func noteStart(of worker: Worker, at now: Instant) {
    unwatched.append(worker)
    if !loop.timers.isArmed(.watchTaps) { armWatch(from: now) }
  }

  private func armWatch(from now: Instant) {
    loop.timers.arm(.watchTaps, at: now + Self.watchDelay)
  }

  /// Has the pipes of long-lived processes watched.
  func watchLongLived() {
    let now = Clock.now
    unwatched.removeAll { worker in
      guard worker.isRunning else { return true }
      guard worker.startedAt + Self.watchDelay <= now else { return false }
      watch(worker)
      return true
    }
    if !unwatched.isEmpty { armWatch(from: now) }
  }

  private func watch(_ worker: Worker) {
    for stream in worker.taps.indices {
      let source = Self.source(.tap, UInt32(2 * worker.number + stream))
      worker.taps[stream].watch(as: source, in: &loop.poller)
    }
  }

  private static func source(_ kind: EngineLoop.SourceKind, _ index: UInt32) -> Poller.Source {
    Poller.Source(kind: kind.rawValue, index: index)
  }

  /// Reads a watched pipe of a worker.
  func drain(_ source: Poller.Source, _ turn: inout EngineTurn) {
    let worker = workers[Int(source.index) / 2]
    let tap = worker.taps[Int(source.index) % 2]
    drain(tap, source)
    if !tap.isOpen { recheck(worker, &turn) }
  }

  /// Reads a pipe that a process in the background holds.
  func drainStray(_ source: Poller.Source) {
    guard let tap = strays[source.index] else { return }
    drain(tap, source)
    if !tap.isOpen { strays[source.index] = nil }
  }

  /// Reads a pipe, or leaves it alone until there is room.
  private func drain(_ tap: OutputTap, _ source: Poller.Source) {
    guard tap.drain(through: &loop.buffer, in: &loop.poller) == .noRoom else { return }
    tap.unwatch(in: &loop.poller)
    paused.append(source)
  }

  /// Keeps a pipe that a process in the background still holds, so that writing does not kill it.
  private func keepStray(_ worker: Worker, _ stream: Int) {
    let tap = worker.taps[stream]
    worker.taps[stream] = OutputTap(continuing: tap)
    tap.unwatch(in: &loop.poller)
    strays[nextStray] = tap
    tap.watch(as: Self.source(.strayTap, nextStray), in: &loop.poller)
    nextStray &+= 1
  }

  /// Closes the pipes of a worker whose shell could not be started.
  func close(_ worker: Worker) {
    for tap in worker.taps { tap.close(in: &loop.poller) }
  }

  // MARK: Ends of shells

  /// Takes a shell's last output, and tells of its end, or defers that while there is more to come from
  /// processes in the background, or while output cannot be kept.
  func conclude(_ worker: Worker, _ outcome: Outcome, _ turn: inout EngineTurn) {
    // Processes that a command of the engine itself starts in the background are meant to stay; those of
    // a tree that is to end are not waited for.
    if worker.treeEnding == .none, worker.identity.isTask, deferExit(of: worker, outcome, turn.now)
    {
      return
    }
    tell(worker, outcome, endedAt: turn.now, &turn)
  }

  /// Tells of a shell's end with the output that is there.
  func tell(_ worker: Worker, _ outcome: Outcome, endedAt: Instant, _ turn: inout EngineTurn) {
    for (stream, tap) in worker.taps.enumerated() where tap.isOpen {
      tap.drain(through: &loop.buffer, in: &loop.poller)
      if tap.isOpen { keepStray(worker, stream) }
    }
    worker.conclude(at: endedAt)
    turn.events.append(worker.id.exited(outcome))
  }

  private func deferExit(of worker: Worker, _ outcome: Outcome, _ now: Instant) -> Bool {
    let patience = now + Self.backgroundPatience
    guard let reason = deferralReason(worker, until: patience, at: now) else { return false }
    worker.deferredExit = Worker.DeferredExit(
      outcome: outcome,
      endedAt: now,
      patience: patience,
      reason: reason
    )
    worker.noteEnd()
    deferred.append(worker)
    armDeferred()
    watch(worker)
    return true
  }

  /// Takes a shell's last output.
  ///
  /// - Returns: Why its end is to be deferred; `nil` when that was all, or all that is waited for.
  private func deferralReason(
    _ worker: Worker,
    until patience: Instant,
    at now: Instant
  ) -> Worker.DeferredExit.Reason? {
    var reason: Worker.DeferredExit.Reason?
    for tap in worker.taps where tap.isOpen {
      switch tap.drain(through: &loop.buffer, in: &loop.poller) {
      case .noRoom: reason = .room
      case .waits, .more: if now < patience, reason == nil { reason = .background }
      case .ended: break
      }
    }
    return reason
  }

  /// Tells of ends that need not be deferred any more.
  func recheckDeferredExits(_ turn: inout EngineTurn) {
    for worker in deferred { recheck(worker, &turn) }
    armDeferred()
  }

  private func recheck(_ worker: Worker, _ turn: inout EngineTurn) {
    guard let exit = worker.deferredExit else { return }
    if let reason = deferralReason(worker, until: exit.patience, at: turn.now) {
      worker.deferredExit?.reason = reason
    } else {
      release(worker, &turn)
    }
  }

  /// Sees to it that the first patience that ends is noticed.
  private func armDeferred() {
    let exits = deferred.lazy.compactMap(\.deferredExit).filter { $0.reason == .background }
    if let soonest = exits.map(\.patience).min() {
      loop.timers.arm(.deferredExits, at: soonest)
    } else {
      loop.timers.disarm(.deferredExits)
    }
  }

  /// Tells of a worker's end, if it was deferred.
  func release(_ worker: Worker, _ turn: inout EngineTurn) {
    guard let exit = worker.deferredExit else { return }
    worker.deferredExit = nil
    deferred.removeAll { $0 === worker }
    tell(worker, exit.outcome, endedAt: exit.endedAt, &turn)
  }

  /// Tells of all ends that were deferred.
  func releaseAll(_ turn: inout EngineTurn) {
    for worker in deferred { release(worker, &turn) }
  }

  // MARK: Room for output

  /// Watches paused pipes again, and tells of ends that waited for room, if there is some.
  ///
  /// - Returns: Whether it did.
  func resumePausedTaps(_ turn: inout EngineTurn) -> Bool {
    guard let keeper, keeper.hasRoom,
      !paused.isEmpty || deferred.contains(where: { $0.deferredExit?.reason == .room })
    else { return false }
    turn.now = Clock.now
    recheckDeferredExits(&turn)
    let sources = paused
    paused.removeAll(keepingCapacity: true)
    for source in sources {
      let index = Int(source.index)
      let tap =
        source.kind == EngineLoop.SourceKind.tap.rawValue
        ? workers[index / 2].taps[index % 2] : strays[source.index]
      tap?.watch(as: source, in: &loop.poller)
    }
    return true
  }

  /// Takes note that the driver has settled some output.
  func settle(_ cost: Int64) { keeper?.settle(Int(clamping: cost)) }

  /// Takes note of the progress of the writer of files.
  ///
  /// - Returns: The output that is lost.
  func collectProgress() -> OutputLoss {
    guard let keeper, let writer = keeper.writer else { return OutputLoss() }
    let progress = writer.takeProgress()
    for cost in progress.settled.values { keeper.settle(cost) }
    return progress.loss
  }

  /// Hands on the output of this turn.
  func flush() { keeper?.flush() }

  /// Whether all output is where it is kept, now that nothing runs any more.
  func isSettled() -> Bool {
    guard let keeper else { return true }
    for tap in workers.all.flatMap(\.taps) + strays.values where tap.isOpen {
      // A process of another user cannot be ended, and holds nobody up.
      var supply = OutputTap.Supply.more
      while supply == .more { supply = tap.drain(through: &loop.buffer, in: &loop.poller) }
      if supply == .waits { tap.close(in: &loop.poller) }
    }
    strays = strays.filter { $0.value.isOpen }
    keeper.flush()
    guard strays.isEmpty, keeper.isIdle else { return false }
    guard let writer = keeper.writer else { return true }
    if !isFinishing { writer.finish() }
    isFinishing = true
    return writer.isDone
  }

  /// Waits until the output that was handed on is kept.
  ///
  /// - Returns: The output that is lost.
  func finish() -> OutputLoss {
    keeper?.flush()
    keeper?.writer?.finish()
    keeper?.writer?.join()
    return collectProgress()
  }
}
