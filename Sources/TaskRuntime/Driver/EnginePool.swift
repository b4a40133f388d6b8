import TaskLang
import TaskScheduler

/// The engines of all contexts: started, listened to, buried.
///
/// What a turn costs goes with the engines to which something happened in it, never with how many there
/// are: the poller names those that have spoken, and the post those that are to be told something.
final class EnginePool: LoopClient {
  private let contexts: ContiguousArray<EngineContext>
  /// What engines are told before anything else, but for what differs from one to another.
  private let settings: EngineSettings
  private let files: RunFiles
  private let roster: ChildRoster
  private let announcer: Announcer
  private let loop: Loop
  private var kind: UInt16 = 0

  /// By their ids.
  private var seats: ContiguousArray<EngineSeat> = []
  /// Engines whose processes have ended, and what they left behind has perhaps not.
  private var ending: ContiguousArray<EngineID> = []
  /// How many engines are not gone.
  private var livingCount = 0
  /// Engines whose links are still to come.
  private var awaited: [JoinTicket: EngineID] = [:]
  private(set) var post = EnginePost()
  private var news: EngineNews

  /// How long the end of a run waits for processes before it kills them.
  private let patience: Interval
  private var killAt: Instant?

  /// Makes a pool without engines.
  ///
  /// - Parameters:
  ///   - contexts: Where engines run.
  ///   - settings: What all of them are told.
  ///   - files: The names of their logs.
  ///   - patience: How long the end of a run waits for their processes.
  ///   - desks: What the pool speaks to.
  init(
    _ contexts: [EngineContext],
    _ settings: EngineSettings,
    _ files: RunFiles,
    patience: Interval,
    _ desks: (announcer: Announcer, roster: ChildRoster, loop: Loop)
  ) {
    self.contexts = ContiguousArray(contexts)
    self.settings = settings
    self.files = files
    self.patience = patience
    (announcer, roster, loop) = desks
    news = EngineNews(announcer, grace: settings.grace)
    kind = loop.attach(self)
  }

  // MARK: Starting

  /// Starts an engine on each host of each context.
  func launchAll(in turn: inout Turn) {
    for (index, context) in contexts.enumerated() {
      let id = ContextID(Int32(index))
      for node in context.plan.nodes {
        turn.add(.engineLaunching(nextEngine, id, replacing: nil))
        launch(id, on: node.name, 0..<node.slots, in: &turn)
      }
    }
  }

  /// Starts an engine in place of one that was lost.
  func launch(replacing lost: EngineID, in turn: inout Turn) {
    let seat = seats[lost.index]
    turn.add(.engineLaunching(nextEngine, seat.context, replacing: lost))
    launch(seat.context, on: seat.node, seat.slots, in: &turn)
  }

  /// Starts an engine with the one slot that a task had on an engine that has died.
  func isolate(_ task: TaskID, beside lost: EngineID, _ slot: SlotIndex, in turn: inout Turn) {
    let seat = seats[lost.index]
    tellOfSuspects(on: seat)
    announcer.log(
      .info,
      "task \(task.rawValue) ran on engine \(lost.rawValue) and runs again alone, on engine \(nextEngine.rawValue)",
      of: seat.context
    )
    turn.add(.engineIsolated(nextEngine, seat.context, for: task))
    let first = seat.slots.lowerBound + slot.index
    launch(seat.context, on: seat.node, first..<first + 1, in: &turn)
  }

  private var nextEngine: EngineID { EngineID(Int32(seats.count)) }

  private func launch(
    _ context: ContextID,
    on node: String,
    _ slots: Range<Int>,
    in turn: inout Turn
  ) {
    let id = nextEngine
    let seat = EngineSeat(id, context, node: node, slots: slots, .gone(nil))
    seats.append(seat)
    news.reports.addEngine(slots: slots.count)
    let request = LaunchRequest(engine: id, node: node, slots: slots.count)
    do throws(Errno) {
      switch try contexts[context.index].launcher.launch(request) {
      case .linked(let process, let stream):
        roster.enter(process.pid, of: .engine(id))
        try connect(seat, process, ByteStream(stream))
        announcer.log(
          .info,
          "engine \(id.rawValue) is started on \(node), its \(process.title) is \(process.pid)",
          of: context
        )
      case .awaited(let engine):
        if let process = engine.process { roster.enter(process.pid, of: .engine(id)) }
        seat.phase = .launching(engine.process, engine.ticket)
        awaited[engine.ticket] = id
        announcer.log(.info, "engine \(id.rawValue) is awaited from \(node)", of: context)
      }
      livingCount += 1
    } catch {
      news.failToStart(seat, error.advice, in: &turn)
    }
  }

  /// Takes in the link of an engine that was awaited.
  ///
  /// - Returns: whether somebody awaits it; a link that nobody does is closed.
  func join(_ stream: consuming ByteStream, with ticket: JoinTicket) throws(Errno) -> Bool {
    guard let id = awaited.removeValue(forKey: ticket) else { return false }
    let seat = seats[id.index]
    try connect(seat, seat.process, stream)
    return true
  }

  /// Gives an engine its link, and tells it what it is to know first.
  private func connect(
    _ seat: EngineSeat,
    _ process: (any LaunchedProcess)?,
    _ stream: consuming ByteStream
  ) throws(Errno) {
    let source = Poller.Source(kind: kind, index: UInt32(seat.id.rawValue))
    let link = try Link(stream, as: source, in: &loop.poller)
    seat.phase = .linked(link, process)
    seat.isLeased = process == nil && settings.silenceLimit != nil
    post.greet(seat, settings(of: seat.id))
  }

  /// What an engine is told before anything else.
  func settings(of engine: EngineID) -> EngineSettings {
    let seat = seats[engine.index]
    let context = contexts[seat.context.index]
    var settings = settings
    settings.rank = engine.rawValue
    settings.coresPerTask = Int32(clamping: context.plan.coresPerTask)
    settings.slots = Int32(seat.slots.count)
    settings.firstSlot = Int32(seat.slots.lowerBound)
    settings.logPath = files.engineLog(context.label, node: seat.node, rank: engine.rawValue)
    settings.resources = context.resources
    if !seat.isLeased { settings.silenceLimit = nil }
    return settings
  }

  // MARK: Speaking and listening

  /// Puts a message behind those that an engine is to get; one that cannot be reached gets none.
  func send(_ message: DriverMessage, to engine: EngineID) {
    post.send(message, to: seats[engine.index])
  }

  /// Hands a task to an engine.
  func start(_ order: TaskOrder, on engine: EngineID, at now: Instant) {
    news.reports.start(in: order.slot, of: engine, at: now)
    send(.start(order), to: engine)
  }

  /// Tells everybody the PERENGINE commands, now that all of them are known.
  func define(_ perEngine: [Step]) { post.define(perEngine, for: seats) }

  /// Writes what engines are to be told.
  func flush() { post.flush(in: &loop.poller) }

  /// Takes what an engine has said, and goes on telling it what it had no room for.
  func ready(_ readiness: Poller.Readiness, in turn: inout Turn) {
    let seat = seats[Int(readiness.source.index)]
    guard case .linked(let link, let process) = seat.phase else { return }
    if readiness.isWritable { post.goOn(with: seat) }
    if !news.receive(from: seat, link, &post, in: &turn) {
      process?.end()
      link.close(in: &loop.poller)
    }
    guard link.condition == .ended else { return }
    link.close(in: &loop.poller)
    guard let process else { return conclude(seat, nil, in: &turn) }
    // The process is what counts: it, or what stands for it, may still be ending what it started. What
    // killed it may have killed its tasks, whose verdicts must not be given before it is buried.
    if seat.word == .joined { turn.add(.engineLost(seat.id, .dying)) }
    process.wake()
  }

  /// Takes the output that engines have sent since the last call.
  func takeOutputs() -> ContiguousArray<EngineNews.Output> { news.takeOutputs() }

  // MARK: Ending

  /// Makes an end of an engine's process; its death is told when it has happened.
  func abandon(_ engine: EngineID, in turn: inout Turn) {
    let seat = seats[engine.index]
    let process: (any LaunchedProcess)?
    switch seat.phase {
    case .launching(let launched, _): process = launched
    case .linked(_, let launched): process = launched
    case .ending, .gone: return
    }
    announcer.log(.info, "engine \(engine.rawValue) is ended", of: seat.context)
    if seat.word == .none { seat.word = .unwanted }
    if let process { process.end() } else { conclude(seat, nil, in: &turn) }
  }

  /// Takes note that an engine's process has ended and was reaped.
  func conclude(_ engine: EngineID, _ outcome: Outcome, in turn: inout Turn) {
    conclude(seats[engine.index], outcome, in: &turn)
  }

  /// Takes note of an engine's end: that of its process, or of its link where it has no process here.
  private func conclude(_ seat: EngineSeat, _ outcome: Outcome?, in turn: inout Turn) {
    let process = seat.process
    switch seat.phase {
    case .launching(_, let ticket): awaited[ticket] = nil
    case .linked(let link, _):
      // What it said before it died is still on its way here.
      _ = news.receive(from: seat, link, &post, in: &turn)
      link.close(in: &loop.poller)
      if seat.word == .joined, process != nil { turn.add(.engineLost(seat.id, .dying)) }
    case .ending, .gone: return
    }
    seat.phase = .ending(outcome.flatMap { process?.engineOutcome($0) })
    guard let outcome, let process else { return bury(seat, in: &turn) }
    ending.append(seat.id)
    tellEnd(of: seat, process, outcome)
  }

  /// Notes in the log how an engine has ended.
  private func tellEnd(of seat: EngineSeat, _ process: any LaunchedProcess, _ outcome: Outcome) {
    let engine = "engine \(seat.id.rawValue)"
    guard let death = seat.death else {
      let text =
        "the \(process.title) of \(engine) \(outcome.inWords), and the engine is ended with it"
      return announcer.log(.warning, text, of: seat.context)
    }
    let level: LogFile.Level = death == .exited(0) ? .info : .warning
    announcer.log(level, "the process of \(engine) \(death.inWords)", of: seat.context)
  }

  /// Ends what dead engines left behind, and tells of their loss when nothing is left.
  func endOrphans(in turn: inout Turn) {
    guard !ending.isEmpty, !roster.killOrphans() else { return }
    for engine in ending { bury(seats[engine.index], in: &turn) }
    ending = []
  }

  private func bury(_ seat: EngineSeat, in turn: inout Turn) {
    seat.phase = .gone(seat.death)
    livingCount -= 1
    switch seat.word {
    case .left, .unwanted: break
    case .none: news.failToStart(seat, "it ended at once", in: &turn)
    case .joined:
      announcer.log(.error, "engine \(seat.id.rawValue) on \(seat.node) is lost")
      turn.add(.engineLost(seat.id, seat.isLeased ? .linkClosed : .died))
    }
  }

  // MARK: What is known of engines

  /// Takes the report of an attempt that is recorded now.
  func takeReport(of end: AttemptEnd, on engine: EngineID, at now: Instant) -> TaskReport {
    news.reports.take(end, on: engine, at: now)
  }

  /// Takes the report of a PERENGINE command that is recorded now.
  func takeReport(of end: PerEngineEnd, on engine: EngineID) -> TaskReport {
    news.reports.take(end, on: engine)
  }

  /// Keeps the report in a slot until its attempt is recorded.
  func hold(_ task: TaskID, _ attempt: Attempt, in slot: SlotIndex, of engine: EngineID) {
    news.reports.hold(task, attempt, in: slot, of: engine)
  }

  /// The host of an engine.
  func node(of engine: EngineID) -> String { seats[engine.index].node }

  /// How an engine's process ended, in words.
  func death(of engine: EngineID) -> String { (seats[engine.index].death ?? .lost).inWords }

  /// Says once of an engine that has died what becomes of its tasks.
  private func tellOfSuspects(on seat: EngineSeat) {
    announcer.once(
      .suspects(seat.id),
      .warning,
      "engine \(seat.id.rawValue) \(death(of: seat.id)); each task that ran there runs again on an engine of"
        + " its own, which shows whether one of them did it"
    )
  }
}

// MARK: The end

/// Each engine has said that it leaves or has been killed, so its process takes no time to speak of; one
/// that takes more is killed.
extension EnginePool: EndStage {
  func beginEnd(at now: Instant, isHurried: Bool) { killAt = now + patience }

  func lookAtEnd(at now: Instant) {
    guard let due = killAt, due <= now, !hasEnded else { return }
    killAt = nil
    for seat in seats { seat.process?.kill() }
  }

  var endDeadline: Instant? { killAt }

  var hasEnded: Bool { livingCount == 0 }

  /// What is left of engines is not left behind for a signal.
  func hurry(at now: Instant) {}
}
