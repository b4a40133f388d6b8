import TaskScheduler

/// Engines: started, listened to, buried.
extension Driver {
  /// Starts this machine's engine.
  func launchEngines() { launch(replacing: nil) }

  /// Starts an engine.
  ///
  /// - Parameter lost: The engine in whose place it stands; `nil` for none.
  func launch(replacing lost: EngineID?) {
    let id = EngineID(Int32(seats.count))
    events.append(.engineLaunching(id, ContextID(0), replacing: lost))
    launch(id, 0..<place.slots)
  }

  /// Starts an engine with these of the slots of this machine.
  func launch(_ id: EngineID, _ slots: Range<Int>) {
    do {
      let launched = try launcher.launch()
      let warden = launched.warden
      roster.enter(warden.pid, of: .engine(id))
      let link = try Link(
        launched.takeLink(),
        as: Poller.Source(kind: SourceKind.engine.rawValue, index: UInt32(id.rawValue)),
        in: &poller
      )
      let seat = EngineSeat(id: id, warden, link: link, slots: slots)
      seats.append(seat)
      seat.send(.configure(settings(of: id, slots)))
      if isWindowClosed { sendPerEngine(seat) }
      contextLog.write(
        .info,
        "engine \(id.rawValue) is started on \(node), its warden is \(warden.pid)"
      )
    } catch {
      seats.append(nil)
      failToStart(id, error.advice)
    }
  }

  /// What an engine is told before anything else.
  func settings(of engine: EngineID, _ slots: Range<Int>) -> EngineSettings {
    EngineSettings(
      jobID: files.jobID,
      runID: runID,
      nameTasks: options.input.name,
      rank: engine.rawValue,
      coresPerTask: Int32(clamping: place.coresPerTask),
      slots: Int32(slots.count),
      firstSlot: Int32(slots.lowerBound),
      grace: options.policy.grace,
      directory: "",
      logPath: files.engineLog(label, node: node, rank: engine.rawValue),
      resources: options.resources,
      niceness: options.niceness,
      keeping: keeping,
      outputLimit: options.outputLimit
    )
  }

  private func failToStart(_ engine: EngineID, _ reason: String) {
    let text = "engine \(engine.rawValue) on \(node) could not start: \(reason)"
    contextLog.write(.error, text)
    observer?.runSaid(text)
    events.append(.engineFailedToStart(engine))
  }

  /// Takes what an engine has said.
  func takeMessages(from index: Int) {
    guard let seat = seats[index] else { return }
    seat.link.receive(through: &buffer)
    do {
      while let frame = try seat.link.next() { take(try EngineMessage(from: frame), seat) }
      handOnOutput(of: seat)
    } catch {
      log.write(.error, "engine \(index) makes no sense (\(error)); it is ended")
      if seat.life == .running { seat.warden.end() }
      seat.link.close(in: &poller)
    }
    guard seat.link.condition == .ended else { return }
    seat.link.close(in: &poller)
    // The process is what counts: it, or its warden, may still be ending what it started. What killed it
    // may have killed its tasks, whose verdicts must not be given before it is buried.
    if seat.hasJoined, !seat.hasLeft { events.append(.engineLost(seat.id, .dying)) }
    if seat.life == .running { seat.warden.wake() }
  }

  private func take(_ message: EngineMessage, _ seat: EngineSeat) {
    switch message {
    case .joined(let pid):
      seat.hasJoined = true
      contextLog.write(.info, "engine \(seat.id.rawValue) (\(pid)) has joined")
      events.append(
        .engineJoined(seat.id, ContextID(0), slots: Int32(seat.slots.count), isLeased: false)
      )
    case .refused(let reason): failToStart(seat.id, reason)
    case .taskEnded(let end, let report):
      guard end.slot.index < seat.slots.count else { return }
      seat.slots[end.slot.index].report = report
      events.append(.taskEnded(seat.id, end))
    case .perEngineEnded(let end, let report):
      seat.ownReports.append((end, report))
      events.append(.perEngineEnded(seat.id, end))
    case .perEngineDone(let moment): events.append(.perEngineDone(seat.id, moment))
    case .heartbeat(let sentAt):
      events.append(.engineHeard(seat.id))
      seat.send(.leaseAnswer(sentAt: sentAt))
    case .left:
      seat.hasLeft = true
      contextLog.write(.info, "engine \(seat.id.rawValue) has left")
      events.append(.engineLeft(seat.id))
    case .output(let chunk): seat.output.append(chunk)
    case .outputLost(let loss): take(loss)
    case .outputCut(let task, let byteCount):
      remarks.noteCut(of: task, byteCount)
      log.write(
        .info,
        "task \(task.rawValue): \(byteCount) bytes of output are beyond the limit and not kept"
      )
    case .leftovers(let leftovers): remarks.leftovers.add(leftovers)
    case .awaitsLeftovers(let leftovers):
      observer?.runNoted(leftovers.waitingLine(limit: options.policy.grace))
    case .told(let signal):
      contextLog.write(
        .warning,
        "engine \(seat.id.rawValue) got signal \(signal.rawValue) from outside"
      )
      events.append(.engineTold(seat.id, signal))
    }
  }

  /// Makes an end of an engine's process; its death is told when it has happened.
  func abandon(_ engine: EngineID) {
    guard let seat = seats[engine.index], seat.life == .running else { return }
    contextLog.write(.info, "engine \(engine.rawValue) is ended")
    seat.isAbandoned = true
    seat.warden.end()
  }

  /// Reaps every child that has ended; what a dead engine left behind is ended.
  func reap() {
    for ending in reapChildren() {
      switch ending.child?.owner {
      case .engine(let id):
        if let seat = seats[id.index] { concludeProcess(of: seat, ending.outcome) }
      case .mail: desk?.conclude(ending)
      case .worker, .stranger, nil: break
      }
    }
    endOrphans()
  }

  /// Reaps the children that have ended.
  func reapChildren() -> ContiguousArray<ChildRoster.Ending> {
    var endings: ContiguousArray<ChildRoster.Ending> = []
    roster.reap(into: &endings)
    return endings
  }

  /// Takes note of the end of an engine's process; what it left behind is ended before its loss is told.
  private func concludeProcess(of seat: EngineSeat, _ outcome: Outcome) {
    seat.life = .ending
    // What it said before it died is still on its way here.
    takeMessages(from: seat.id.index)
    seat.link.close(in: &poller)
    seat.death = Warden.engineOutcome(outcome)
    tellEnd(of: seat, outcome)
  }

  /// Notes in the log how an engine has ended.
  private func tellEnd(of seat: EngineSeat, _ outcome: Outcome) {
    let engine = "engine \(seat.id.rawValue)"
    guard let ended = Warden.engineOutcome(outcome) else {
      return contextLog.write(
        .warning,
        "the warden of \(engine) \(outcome.inWords), and the engine is ended with it"
      )
    }
    let level: LogFile.Level = ended == .exited(0) ? .info : .warning
    contextLog.write(level, "the process of \(engine) \(ended.inWords)")
  }

  /// Ends what dead engines left behind, and tells of their loss when nothing is left.
  private func endOrphans() {
    guard seats.contains(where: { $0?.life == .ending }), !roster.killOrphans() else { return }
    for seat in seats where seat?.life == .ending { seat.map(bury) }
  }

  private func bury(_ seat: EngineSeat) {
    seat.bury()
    if seat.hasLeft { return }
    if !seat.hasJoined {
      if !seat.isAbandoned { failToStart(seat.id, "it ended at once") }
      return
    }
    log.write(.error, "engine \(seat.id.rawValue) on \(node) is lost")
    events.append(.engineLost(seat.id, .died))
  }

  /// Waits until no engine's process is left, now that the run is over.
  ///
  /// Each has said that it leaves or has been killed, so this takes no time to speak of; one that
  /// takes more is killed.
  func waitForEngines() throws(Errno) {
    let patience = Clock.now + .seconds(5)
    var isPatient = true
    var ready: ContiguousArray<Poller.Readiness> = []
    reap()
    while seats.contains(where: { $0.map { $0.life != .gone } ?? false }) {
      if isPatient, Clock.now >= patience {
        isPatient = false
        for case let seat? in seats where seat.life == .running {
          Host.send(Host.killSignal, to: seat.pid)
        }
      }
      try poller.wait(until: isPatient ? patience : nil, at: Clock.now, into: &ready)
      _ = takeLate(ready)
      reap()
    }
    events.removeAll()
  }

  /// Takes readiness when the run is over and nothing is decided any more.
  ///
  /// - Returns: the signals that came.
  func takeLate(_ ready: ContiguousArray<Poller.Readiness>) -> SignalSet {
    var arrived: SignalSet = []
    for readiness in ready where poller.isCurrent(readiness.registration) {
      switch SourceKind(rawValue: readiness.source.kind) {
      case .signals:
        arrived.formUnion(signals.take())
        isSuspensionWanted = arrived.contains(.terminalStop)
        suspendIfWanted()
      case .engine: takeMessages(from: Int(readiness.source.index))
      case .writer: writer.answer.answer()
      case .output: takeOutputProgress()
      case .tasks: source.noteReadable(in: &poller)
      case nil: break
      }
    }
    return arrived
  }
}
