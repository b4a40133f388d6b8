import TaskScheduler

/// One engine: the loop that lets `EngineCore` decide and has its desks do what that asks for.
///
/// It knows its driver only by a link, and is the same behind a socket pair, ssh or TCP. A turn waits once,
/// collects what happened as events, lets the core decide about them, and hands on what was said.
final class Engine {
  private let settings: EngineSettings
  private let voice: EngineVoice
  private let signals: SignalInbox
  private let loop: EngineLoop

  private var core: EngineCore
  private var turn = EngineTurn(now: Clock.now)
  private var actions: ContiguousArray<EngineAction> = []
  private var exit: EngineExit?

  private let roster = ChildRoster()
  /// Children that have ended, while they are seen to.
  private var endings: ContiguousArray<ChildRoster.Ending> = []
  /// Knows of kills for want of memory; `nil` where the kernel does not tell of them.
  private var memory = MemoryWatch()
  private let workers: Workers
  private let shells: ShellDesk
  private let taps: TapDesk
  private let trees: TreeDesk
  private let leftovers: LeftoverDesk

  /// Makes an engine that its driver has configured.
  ///
  /// - Parameters:
  ///   - settings: What the driver said.
  ///   - link: The way to the driver, watched by the loop.
  ///   - loop: What it waits in; the signals are watched by it too.
  ///   - signals: Where signals come in; made before any thread.
  ///   - resources: What it needs of its host.
  init(
    settings: EngineSettings,
    link: Link,
    loop: EngineLoop,
    signals: consuming SignalInbox,
    resources: EngineResources
  ) {
    self.settings = settings
    self.loop = loop
    self.signals = signals
    voice = EngineVoice(link: link, logPath: settings.logPath, writer: resources.writer)
    Host.addNiceness(settings.niceness)
    workers = Workers(slots: settings.slots)
    shells = ShellDesk(settings, resources, roster: roster)
    taps = TapDesk(workers, keeper: resources.keeper, in: loop)
    trees = TreeDesk(workers, runID: settings.runID, roster: roster, in: loop)
    leftovers = LeftoverDesk(workers, runID: settings.runID, voice: voice)
    core = EngineCore(
      slots: settings.slots,
      policy: EnginePolicy(grace: settings.grace, silenceLimit: settings.silenceLimit),
      joiningAt: Clock.now
    )
  }

  /// Serves until the driver lets it go or is gone; leaves no process behind.
  func run() throws(Errno) -> EngineExit {
    voice.log.write(
      .info,
      "engine \(settings.rank) (\(Host.processID)) on \(Host.name), \(settings.slots) slots,"
        + " in \(FileSystem.workingDirectory)"
    )
    voice.send(.joined(pid: Host.processID))
    turn.now = Clock.now
    beat()
    var ready: ContiguousArray<Poller.Readiness> = []
    // Messages that came with the first frame are worked off before anything is waited for.
    takeMessages()
    while true {
      decide()
      taps.flush()
      voice.flush(in: &loop.poller)
      if taps.resumePausedTaps(&turn) { continue }
      if let exit, exit != .released || isOutputOut() { return leave(exit) }
      try loop.wait(into: &ready)
      turn.now = Clock.now
      collect(ready)
    }
  }

  // MARK: What happened

  /// Turns readiness into events; exits of children come before orders of the driver.
  private func collect(_ ready: ContiguousArray<Poller.Readiness>) {
    var hasMessages = false
    for readiness in ready where loop.poller.isCurrent(readiness.registration) {
      switch EngineLoop.SourceKind(rawValue: readiness.source.kind) {
      case .signals: takeSignals()
      case .link: hasMessages = true
      case .tap: taps.drain(readiness.source, &turn)
      case .strayTap: taps.drainStray(readiness.source)
      case .writer: voice.noteWritten()
      case .output: noteLoss(taps.collectProgress())
      case nil: preconditionFailure("readiness of no known kind")
      }
    }
    if hasMessages {
      voice.link.receive(through: &loop.buffer)
      takeMessages()
    }
    while let deadline = loop.timers.takeDue(at: turn.now) {
      switch deadline {
      case .core:
        // A shell that ended by itself must not be taken for one that ran for too long.
        taps.releaseAll(&turn)
        turn.events.append(.time)
      case .watchTaps: taps.watchLongLived()
      case .heartbeat: beat()
      case .lookAtProcesses: lookAtProcesses()
      case .deferredExits: taps.recheckDeferredExits(&turn)
      }
    }
  }

  private func takeMessages() {
    do {
      while let frame = try voice.link.next() { take(try DriverMessage(from: frame)) }
    } catch {
      voice.log.write(.error, "the driver makes no sense: \(error)")
      turn.events.append(.linkClosed)
    }
    if voice.link.condition == .ended { turn.events.append(.linkClosed) }
  }

  private func take(_ message: DriverMessage) {
    switch message {
    case .configure: voice.log.write(.warning, "configured twice")
    case .perEngineCommand(let moment, _, let line, let text):
      shells.accept(moment, line: line, text)
    case .perEngineDefined(let startCount, let stopCount):
      turn.events.append(.configure(startCount: startCount, stopCount: stopCount))
    case .runPerEngine(let moment): turn.events.append(.runPerEngine(moment))
    case .start(let order):
      guard workers.has(order.slot) else { return }
      shells.accept(order)
      turn.events.append(.start(order.task, order.attempt, order.slot, timeout: order.timeout))
    case .endTask(let task, let slot, let mode):
      guard workers.has(slot) else { return }
      taps.release(workers[slot], &turn)
      turn.events.append(.endTask(task, slot, mode))
    case .release(let limit): turn.events.append(.release(limit: limit))
    case .leaseAnswer(let sentAt): turn.events.append(.leaseRenewed(sentAt: sentAt))
    case .outputSettled(let cost): taps.settle(cost)
    }
  }

  /// Takes the signals that have arrived: what somebody told this engine, then the ends of children.
  ///
  /// A child that a signal to everything ended after this engine got it must not be told of before
  /// the signal is. So signals are looked at once more when the children are reaped: whatever ended
  /// one of them is here by then.
  private func takeSignals() {
    var arrived = signals.take()
    let hasChildNews = arrived.contains(.child)
    while arrived.contains(.child) {
      roster.reap(into: &endings)
      arrived = arrived.subtracting(.child).union(signals.take())
    }
    take(told: arrived)
    if hasChildNews { concludeEndings() }
  }

  /// Hands on what somebody other than the driver told this engine.
  private func take(told signals: SignalSet) {
    let told = EndSignal.allCases.filter { signals.contains(SignalSet($0.rawValue)) }
    for signal in told {
      voice.log.write(.warning, "got signal \(signal.rawValue) from outside")
    }
    if let order = told.first(where: \.isOrderToEnd) {
      // Shells that had ended before and only waited for their output were not ended by this.
      taps.releaseAll(&turn)
      // Several that came together are one order.
      turn.events.append(.told(order))
    }
    for signal in told where !signal.isOrderToEnd { turn.events.append(.told(signal)) }
  }

  /// Says that it is alive, if its driver counts on that.
  private func beat() {
    guard let limit = settings.silenceLimit else { return }
    voice.send(.heartbeat(sentAt: turn.now))
    let pause = Interval(nanoseconds: max(1, limit.nanoseconds / 8))
    loop.timers.arm(.heartbeat, at: turn.now + pause)
  }

  // MARK: Ends of processes

  /// Reaps every child that has ended, orphans too, and goes on with what waits for that.
  private func reap() {
    roster.reap(into: &endings)
    concludeEndings()
  }

  /// Takes note of the ends of children, and goes on with what waits for them.
  private func concludeEndings() {
    noteMemoryDeaths()
    for ending in endings { conclude(ending) }
    endings.removeAll(keepingCapacity: true)
    if trees.isKillingEverything { killChildren() }
    if !roster.hasChildren { leftovers.conclude(&turn) }
    lookAtProcesses()
  }

  /// Finds out which shells died for want of memory, of those that died of SIGKILL which was not ours.
  private func noteMemoryDeaths() {
    let died = endings.compactMap { ending -> Worker? in
      guard EndSignal(of: ending.outcome) == .kill,
        case .worker(let number)? = ending.child?.owner, workers[number].treeEnding == .none
      else { return nil }
      return workers[number]
    }
    guard !died.isEmpty, !trees.isKillingEverything,
      let verdicts = memory?.verdicts(onDeathsAfterKills: died.map(\.killCount))
    else { return }
    for (worker, verdict) in zip(died, verdicts) { worker.report.memoryDeath = verdict }
  }

  /// Takes note of the end of a shell, or of an orphan, which nobody asks about.
  private func conclude(_ ending: ChildRoster.Ending) {
    guard case .worker(let number)? = ending.child?.owner else {
      return trees.noteEnd(ofOrphan: ending.pid)
    }
    let worker = workers[number]
    if let reason = worker.space.takeBack() {
      concludeStart(of: worker, ShellDesk.Failure(reason))
    } else if trees.isKillingEverything {
      taps.tell(worker, ending.outcome, endedAt: turn.now, &turn)
    } else {
      taps.conclude(worker, ending.outcome, &turn)
    }
  }

  private func lookAtProcesses() {
    guard leftovers.isAwaited || trees.isEndingTree else { return }
    trees.lookAgain(&turn) { leftovers.look(in: $0, &$1) }
  }

  /// Kills all children, until there is none.
  private func killChildren() {
    let table = roster.hasChildren ? ProcessTable.now() : ProcessTable(entries: [])
    if roster.hasChildren { leftovers.report(table) }
    switch trees.killChildren(in: table) {
    case .underway: return
    case .over: break
    case .refused(let count):
      let processes = count == 1 ? "1 process" : "\(count) processes"
      voice.log.write(.error, "\(processes) of another user cannot be ended")
      for worker in workers.all where worker.isRunning {
        conclude(roster.strike(worker.pid, .signalled(Host.killSignal)))
      }
    }
    trees.isKillingEverything = false
    turn.events.append(.everythingEnded)
  }

  // MARK: What is to be done

  /// Lets the core decide about every event, those that acting on its decisions brings included.
  private func decide() {
    var next = 0
    while next < turn.events.count {
      // Of hundreds of orders the last is carried out later than the first, and has its whole time.
      if case .start = turn.events[next] { turn.now = Clock.now }
      core.handle(turn.events[next], at: turn.now, into: &actions)
      next += 1
      for action in actions { perform(action) }
      actions.removeAll(keepingCapacity: true)
    }
    turn.events.removeAll(keepingCapacity: true)
    trees.endTurn()
  }

  private func perform(_ action: EngineAction) {
    switch action {
    case .spawnTask(_, _, let slot): start(.task(slot), for: workers[slot])
    case .spawnPerEngine(let moment, let index):
      voice.log.write(.info, "PERENGINE \(moment) \(index) starts")
      start(.command(moment, index), for: workers.own)
    case .signalTree(let slot, let mode): endTree(of: workers[slot], mode)
    case .signalPerEngine(let mode): endTree(of: workers.own, mode)
    case .awaitLeftovers:
      leftovers.begin()
      reap()
    case .killEverything:
      leftovers.stop()
      trees.isKillingEverything = true
      taps.releaseAll(&turn)
      reap()
    case .reportTaskEnded(let end): voice.send(.taskEnded(end, workers[end.slot].report))
    case .reportPerEngineEnded(let end):
      voice.log.write(.info, "PERENGINE \(end.moment) \(end.index) ended: \(end.outcome)")
      voice.send(.perEngineEnded(end, workers.own.report))
    case .reportPerEngineDone(let moment): voice.send(.perEngineDone(moment))
    case .reportTold(let signal): voice.send(.told(signal))
    // Said when its output, too, is out.
    case .reportLeft: break
    case .wake(let instant): loop.timers.arm(.core, at: instant)
    case .exit(let reason): exit = reason
    }
  }

  private func start(_ work: ShellDesk.Work, for worker: Worker) {
    worker.killCount = memory?.killCount() ?? 0
    do throws(ShellDesk.Failure) {
      try shells.start(work, for: worker)
      taps.noteStart(of: worker, at: turn.now)
    } catch {
      concludeStart(of: worker, error)
    }
  }

  /// Tells that a worker's shell could not be started, which its report shows too.
  private func concludeStart(of worker: Worker, _ failure: ShellDesk.Failure) {
    worker.noteEnd()
    taps.close(worker)
    worker.report = TaskReport(
      failure: "cannot start \(ShellDesk.shell): \(failure.text)",
      atNanoseconds: worker.report.startNanoseconds
    )
    voice.log.write(.error, "cannot start a shell: \(failure.text)")
    let errno = failure.reason.rawValue
    let isRefused = failure.reason.isShortage && worker.id != .own
    turn.events.append(
      worker.id.exited(isRefused ? .refused(errno: errno) : .notStarted(errno: errno))
    )
  }

  private func endTree(of worker: Worker, _ mode: EndMode) {
    taps.release(worker, &turn)
    trees.endTree(of: worker, mode, &turn)
  }

  // MARK: The end

  private func isOutputOut() -> Bool { voice.link.condition == .ended || taps.isSettled() }

  private func noteLoss(_ loss: OutputLoss) {
    if !loss.isEmpty { voice.send(.outputLost(loss)) }
  }

  private func leave(_ exit: EngineExit) -> EngineExit {
    voice.log.write(.info, "leaving: \(exit)")
    noteLoss(taps.finish())
    if exit == .released { voice.send(.left) }
    voice.finish(in: &loop.poller)
    return exit
  }
}
