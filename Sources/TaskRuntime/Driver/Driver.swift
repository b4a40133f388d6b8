import TaskLang
import TaskScheduler

/// The driver of a run: the loop that lets `Scheduler` decide and has the desks do what it asks for.
///
/// One thread, one loop: wait, collect what happened, let the scheduler decide, act, flush. What happens
/// becomes an event, in the order in which it happened; each event's actions are done before the next event
/// is looked at.
final class Driver {
  /// What a deadline is for.
  private enum Deadline: Hashable, Sendable {
    case scheduler
  }

  private let options: RunOptions
  private let files: RunFiles
  private let contexts: [EngineContext]
  private let marks: RunMarks
  private let status: StatusFile
  private let started = Clock.now

  let loop: Loop
  private(set) var desks: Desks
  private var scheduler: Scheduler
  private var timers = TimerQueue<Deadline>()
  private var turn: Turn
  private var actions: ContiguousArray<Action> = []
  /// Why the run is over, once it is.
  private var exit: ExitReason?
  private var isEnding = false
  private var ending: RunEnding
  private var report: RunReport?

  /// Makes the driver of a run whose files are claimed and whose input is open.
  ///
  /// - Parameters:
  ///   - setup: What was found out beforehand.
  ///   - source: The task file.
  ///   - signals: Where signals come in; made before any thread.
  ///   - observer: Whoever wants to hear.
  /// - Throws: when the process may have no more descriptors or threads.
  init(
    _ setup: Setup,
    source: consuming TaskSource,
    signals: consuming SignalInbox,
    observer: (any RunObserver)?
  ) throws(Errno) {
    options = setup.options
    files = setup.files
    contexts = setup.contexts
    marks = setup.marks
    status = setup.status
    loop = try Loop()
    desks = try Desks(setup, source: source, signals: signals, observer: observer, in: loop)
    scheduler = Scheduler(policy: setup.options.policy)
    turn = Turn(at: started)
    var stages: [(RunEnding.Stage, any EndStage)] = [
      (.engines, desks.pool), (.output, desks.output), (.rows, desks.rows),
      (.logs, desks.announcer),
    ]
    if let mail = desks.mail { stages.append((.mail, mail)) }
    ending = RunEnding(stages)
  }

  /// Runs until the scheduler closes the run and everything has come to its end.
  ///
  /// - Returns: what came of it.
  func run() throws(Errno) -> RunReport {
    begin()
    while true {
      if let report = act() { return report }
      try collect()
    }
  }

  /// Tells who runs what, before the first turn.
  func begin() {
    let announcer = desks.announcer
    let arguments = options.arguments.map(ShellWord.shown).joined(separator: " ")
    announcer.log(
      .info,
      "driver (\(Host.processID)) on \(Host.name) in \(FileSystem.workingDirectory)"
    )
    announcer.log(.info, "arguments: \(arguments)")
    for note in options.names.remarks + contexts.flatMap(\.plan.notes) {
      announcer.log(.warning, note)
      announcer.publish(.noted(note))
    }
    for (index, context) in contexts.enumerated() {
      let nodes = context.plan.nodes.map(\.name).joined(separator: ", ")
      announcer.log(
        .info,
        "context \(context.label) on \(nodes): \(context.plan.slots) slots, "
          + "\(context.plan.coresPerTask) cores for each task",
        of: ContextID(Int32(index))
      )
    }
    if options.hasStatusHeader { desks.rows.addHeader() }
    announcer.publish(
      .began(RunFacts(name: options.input.name, prefix: files.prefix, slots: slots))
    )
  }

  /// How many tasks can run at a time.
  private var slots: Int { contexts.reduce(0) { $0 + $1.plan.slots } }

  // MARK: A turn

  /// Has decided and done what the turn brought, and hands it on.
  ///
  /// - Returns: what came of the run, once everything has come to its end.
  func act() -> RunReport? {
    desks.intake.beginTurn()
    repeat {
      if exit == nil { desks.supply(in: &turn) }
      repeat { decide() } while desks.rows.writeHere(in: &turn)
    } while exit == nil && desks.intake.hasMoreAtHand
    desks.flush()
    if !isEnding { desks.look(scheduler.tally, at: turn.now) }
    desks.signals.suspendIfWanted()
    guard let exit else { return nil }
    return goOnEnding(exit)
  }

  /// Lets the scheduler decide about every event, those that acting brings included.
  private func decide() {
    while let event = turn.next() {
      scheduler.handle(event, at: turn.now, into: &actions)
      for action in actions {
        switch action {
        case .wake(let instant): timers.arm(.scheduler, at: instant)
        case .close(let reason): exit = reason
        default: desks.perform(action, in: &turn)
        }
      }
      actions.removeAll(keepingCapacity: true)
    }
  }

  /// Waits until something happens, and makes events of it.
  ///
  /// - Parameter limit: When to come back at the latest.
  /// - Throws: nothing but what shows a broken poller.
  func collect(by limit: Instant? = nil) throws(Errno) {
    let now = Clock.now
    let due = [deadline(at: now), limit].compactMap { $0 }.min()
    try loop.wait(until: due, at: now)
    turn.now = Clock.now
    loop.dispatch(in: &turn)
    // Looked for in any case: of a signal to everything, the news of a task that it ended may be here
    // before the signal is seen to be, and are judged by it.
    let arrived = desks.signals.take()
    if !arrived.isEmpty { accept(arrived) }
    while let deadline = timers.takeDue(at: turn.now) {
      switch deadline {
      case .scheduler: turn.add(.time)
      }
    }
  }

  private func accept(_ arrived: SignalSet) {
    if !isEnding {
      turn.addInFront { turn in
        desks.signals.accept(arrived, in: &turn)
        if desks.signals.isAbandonment(arrived) { desks.rows.abandon(in: &turn) }
      }
    } else if !arrived.isDisjoint(with: SignalSet.stopping) {
      ending.hurry(at: turn.now)
    }
    // An engine's last words come before its death.
    if arrived.contains(.child) { desks.reap(in: &turn) }
  }

  /// Until when the loop may wait for something to happen.
  private func deadline(at now: Instant) -> Instant? {
    if isEnding { return ending.deadline }
    if desks.intake.canGoOn { return now }
    return [timers.nextDeadline, desks.deadline(at: now)].compactMap { $0 }.min()
  }

  /// Takes in the link of an engine whose process is there already, or is none of this host's.
  ///
  /// - Parameters:
  ///   - stream: The link.
  ///   - ticket: What the engine was given for it.
  /// - Returns: whether somebody awaits it; a link that nobody does is closed.
  /// - Throws: when it cannot be watched; it is closed then, too.
  func join(_ stream: consuming ByteStream, with ticket: JoinTicket) throws(Errno) -> Bool {
    try desks.pool.join(stream, with: ticket)
  }

  // MARK: The end

  /// What is coming to its end; `nil` while tasks may run, and when all has.
  var stage: RunEnding.Stage? { isEnding ? ending.stage : nil }

  private func goOnEnding(_ exit: ExitReason) -> RunReport? {
    isEnding = true
    let isHurried = desks.signals.stopSignal != nil
    ending.goOn(at: turn.now, isHurried: isHurried) { stage in
      switch stage {
      case .engines: desks.reap(in: &turn)
      case .output, .logs: break
      case .rows:
        desks.announcer.log(.info, "the run ends: \(exit); \(scheduler.tally)")
        desks.announcer.publish(.advanced(scheduler.tally, at: turn.now))
      case .mail: conclude(exit)
      }
    }
    guard ending.isOver else { return nil }
    conclude(exit)
    loop.close()
    return report
  }

  /// Makes the report, now that the files are complete.
  private func conclude(_ exit: ExitReason) {
    guard report == nil, let rows = desks.rows.result else { return }
    let report = RunReport(
      reason: exit,
      tally: scheduler.tally,
      wallTime: Clock.now - started,
      busyTime: desks.rows.busyTime,
      slots: slots,
      statusPath: rows.path,
      renamedStatus: status.renamedOld,
      diagnostics: desks.intake.diagnostics,
      unwrittenRows: rows.unwrittenCount,
      hasLostRows: desks.rows.hasLostRows,
      stopSignal: desks.signals.stopSignal,
      feedError: desks.intake.error,
      isEmpty: desks.intake.isEmpty,
      failuresSetExitStatus: options.failuresSetExitStatus,
      remarks: desks.announcer.remarks,
      // What is passed over was taken over before the run began.
      hasAllRows: !desks.rows.hasLostRows,
      isStatusElsewhere: rows.path != files.status,
      openFailures: scheduler.openFailures,
      isCheckAhead: isCheckAhead,
      policy: options.policy,
      log: desks.announcer.driverLog
    )
    if !desks.rows.isAbandoned { marks.end() }
    self.report = report
    desks.announcer.publish(.ended(report))
  }

  /// Whether the barrier to be met next is a CHECK; `nil` when the feed has not come to it.
  private var isCheckAhead: Bool? {
    guard case .barrier(let check)? = desks.intake.nextBarrier?.kind else {
      return scheduler.tally.isFeedEnded ? false : nil
    }
    return check
  }
}
