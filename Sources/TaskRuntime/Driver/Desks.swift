import TaskLang
import TaskScheduler

/// The desks of a run, and what the scheduler asks of them, done.
///
/// Each desk owns its state and knows none of the others; what one has for another goes through here.
struct Desks {
  let announcer: Announcer
  let intake: TaskIntake
  let pool: EnginePool
  let rows: RowBook
  let output: OutputDesk
  let signals: SignalDesk
  let mail: MailEnd?
  /// Whose child each child of this process is.
  let roster: ChildRoster
  private let taskTimeout: Interval?
  /// The driver's host.
  private let node: String
  private var failures = FailureFinder()

  /// Sets up the desks of a run.
  ///
  /// - Parameters:
  ///   - setup: What was found out beforehand.
  ///   - source: The task file.
  ///   - signals: Where signals come in; made before any thread.
  ///   - observer: Whoever wants to hear of the run.
  ///   - loop: Watches what the desks wait for.
  /// - Throws: when the process may have no more descriptors or threads.
  init(
    _ setup: Driver.Setup,
    source: consuming TaskSource,
    signals: consuming SignalInbox,
    observer: (any RunObserver)?,
    in loop: Loop
  ) throws(Errno) {
    let (options, files) = (setup.options, setup.files)
    taskTimeout = options.taskTimeout
    node = options.names.node
    roster = setup.roster
    roster.enterStrangers()
    announcer = try Announcer(
      setup.log,
      contextLogs: setup.contexts.map { LogSink(path: files.contextLog($0.label)) },
      leastLevel: options.logLevel,
      patience: setup.patience.logs,
      in: loop
    )
    mail = options.mail.map { [announcer, roster] in
      let desk = MailDesk($0, files, openFiles: setup.openFiles, roster: roster)
      return MailEnd(desk, announcer, patience: setup.patience)
    }
    if let mail { announcer.add(mail.desk) }
    if let observer { announcer.add(observer) }
    let writer = if let given = setup.rowWriter { given } else { try FileWriter() }
    rows = try RowBook(
      setup.status.file,
      path: files.status,
      writer,
      announcer,
      in: loop
    )
    output = try OutputDesk(setup.kept.log, grace: options.policy.grace, announcer, in: loop)
    intake = TaskIntake(
      source,
      checks: options.checks,
      resume: setup.resume,
      announcer,
      in: loop
    )
    pool = EnginePool(
      setup.contexts,
      setup.engineSettings,
      files,
      patience: setup.patience.engines,
      (announcer, roster, loop)
    )
    self.signals = try SignalDesk(signals, announcer, in: loop)
  }

  // MARK: The scheduler's wishes

  /// Does what the scheduler asks for.
  mutating func perform(_ action: Action, in turn: inout Turn) {
    switch action {
    case .requestSteps(let count): intake.request(count)
    case .start(let task, let attempt, let engine, let slot):
      start(task, attempt, engine, slot, at: turn.now)
    case .hold(let task, let attempt, let engine, let slot):
      pool.hold(task, attempt, in: slot, of: engine)
    case .runPerEngine(let engine, let moment): pool.send(.runPerEngine(moment), to: engine)
    case .record(let engine, let end, let counts, let row):
      record(end, on: engine, counts: counts, row, at: turn.now)
    case .recordPerEngine(let engine, let end, let row): record(end, on: engine, row)
    case .recordBarrier(_, let check, let failures, let row):
      recordBarrier(check: check, failures: failures, row)
    case .endTask(let task, let engine, let slot, let mode):
      pool.send(.endTask(task, slot, mode), to: engine)
    case .release(let engine, let limit): pool.send(.release(limit: limit), to: engine)
    case .abandon(let engine): pool.abandon(engine, in: &turn)
    case .isolate(let task, let engine, let slot):
      pool.isolate(task, beside: engine, slot, in: &turn)
    case .blame(let task, let engine): blame(task, engine)
    case .relaunch(let engine):
      announcer.publish(
        .said("engine \(engine.rawValue) is gone; another is started in its place")
      )
      pool.launch(replacing: engine, in: &turn)
    case .wake, .close: preconditionFailure("deadlines and the end are the driver's")
    }
  }

  private func start(
    _ task: TaskID,
    _ attempt: Attempt,
    _ engine: EngineID,
    _ slot: SlotIndex,
    at now: Instant
  ) {
    guard let text = intake.text(of: task) else {
      preconditionFailure("a task starts that is not known")
    }
    var command = text.command
    if command.count > TaskOrder.longestCommand {
      command.removeLast(command.count - TaskOrder.longestCommand)
    }
    announcer.log(
      .debug,
      "task \(task.rawValue) to engine \(engine.rawValue) slot \(slot.rawValue)"
    )
    let order = TaskOrder(
      task: task,
      attempt: attempt,
      slot: slot,
      line: text.line,
      repeatIndex: text.repeatIndex,
      timeout: taskTimeout,
      command: command
    )
    pool.start(order, on: engine, at: now)
  }

  private mutating func record(
    _ end: AttemptEnd,
    on engine: EngineID,
    counts: Bool,
    _ row: RowNumber,
    at now: Instant
  ) {
    let task = end.task
    let report = pool.takeReport(of: end, on: engine, at: now)
    // A late report may come when the task has its outcome already, and its text is forgotten.
    let text = intake.text(of: task)
    announcer.log(
      .debug,
      "task \(task.rawValue) attempt \(end.attempt.rawValue): \(end.outcome)"
    )
    let node = pool.node(of: engine)
    let cause = FailureWords.Cause(end, report, on: node)
    if let cause {
      // Its row has no room for the cause.
      let reason = FailureWords(code: Int(end.statusCode), report, cause: cause).reason
      announcer.log(
        .warning,
        "task \(task.rawValue) attempt \(end.attempt.rawValue): \(reason)"
      )
    }
    let record = StatusRecord(
      kind: counts ? .task : .uncounted,
      id: task.rawValue,
      line: text?.line ?? 0,
      repeatIndex: text?.repeatIndex ?? -1,
      node: node,
      returnCode: end.statusCode,
      report: report,
      command: text?.command ?? []
    )
    rows.add(record, row)
    if case .refused(let errno) = end.outcome, !counts { tellOfShortage(on: engine, Errno(errno)) }
    guard counts else { return }
    intake.close(task)
    guard end.statusCode != 0, text != nil else { return }
    let failure = failures.failure(record, end, cause: cause) { pool.settings(of: engine) }
    if let folder = failure.missingFolder {
      announcer.remarks.noteMissingFolder(folder, of: task.rawValue)
    }
    announcer.publish(.taskFailed(failure))
  }

  /// Tells the user once that a host has no room for all the tasks that are to run there at a time.
  private func tellOfShortage(on engine: EngineID, _ reason: Errno) {
    let node = pool.node(of: engine)
    let text = "\(node) has no room for more tasks now: \(reason.advice); they start as others end"
    if !announcer.once(.wantOfRoom(node: node), .warning, text) { announcer.log(.warning, text) }
  }

  private func record(_ end: PerEngineEnd, on engine: EngineID, _ row: RowNumber) {
    let step = intake.perEngine.first {
      $0.kind == .perEngine(end.moment == .start ? .start : .stop, index: Int(end.index))
    }
    let node = pool.node(of: engine)
    if end.outcome != .exited(0) {
      announcer.log(
        .warning,
        "PERENGINE \(end.moment) \(end.index) on engine \(engine.rawValue): \(end.outcome)"
      )
    }
    let report = pool.takeReport(of: end, on: engine)
    if end.isFailure {
      let failure = PerEngineFailure(
        end,
        line: step?.line ?? 0,
        command: step?.command ?? [],
        words: FailureWords(
          code: Int(end.outcome.statusCode),
          report,
          cause: FailureWords.Cause(end, report, on: node)
        )
      )
      announcer.remarks.perEngineFailures.take(failure, on: engine, node: node)
    }
    let record = StatusRecord(
      kind: .perEngine,
      id: Int64(end.index),
      line: Int64(step?.line ?? 0),
      node: node,
      returnCode: end.outcome.statusCode,
      report: report,
      command: ContiguousArray(step?.command ?? [])
    )
    rows.add(record, row)
  }

  private func recordBarrier(check: Bool, failures: Int64, _ row: RowNumber) {
    let barrier = intake.takeBarrier()
    let step = barrier.step
    var report = TaskReport()
    report.pid = Host.processID
    report.startNanoseconds = barrier.offeredNanoseconds
    report.elapsedNanoseconds = max(0, Clock.wallNanoseconds - barrier.offeredNanoseconds)
    announcer.log(.info, "barrier \(step.firstID) is met, \(failures) failures before it")
    let record = StatusRecord(
      kind: .barrier(check: check),
      id: Int64(step.firstID),
      line: Int64(step.line),
      node: node,
      report: report,
      command: ContiguousArray(step.command)
    )
    rows.add(record, row, isDurable: true)
  }

  /// Names a task that has killed the engine on which it was alone.
  private func blame(_ task: TaskID, _ engine: EngineID) {
    let line = intake.text(of: task).map { " (line \($0.line))" } ?? ""
    announcer.say(
      .error,
      "task \(task.rawValue)\(line) killed its engine: alone on engine \(engine.rawValue), which"
        + " \(pool.death(of: engine)); it has failed, with -100"
    )
  }

  // MARK: From desk to desk

  /// Adds steps to the turn, as far as they are asked for and there.
  func supply(in turn: inout Turn) {
    while let demand = intake.supply(in: &turn) {
      switch demand {
      case .engines: pool.launchAll(in: &turn)
      case .perEngine(let commands): pool.define(commands)
      }
    }
  }

  /// Hands on what a turn brought: orders to engines, rows and log lines to their writers.
  func flush() {
    exchangeOutput()
    pool.flush()
    rows.flush()
    announcer.flush()
  }

  /// Hands output from engines to where it is kept, and tells engines what is settled.
  private func exchangeOutput() {
    for sent in pool.takeOutputs() { output.accept(sent.chunks, from: sent.engine) }
    for settlement in output.takeSettled() {
      pool.send(.outputSettled(cost: Int64(settlement.cost)), to: settlement.engine)
    }
  }

  /// Reaps every child that has ended; what a dead engine left behind is ended.
  func reap(in turn: inout Turn) {
    var endings: ContiguousArray<ChildRoster.Ending> = []
    roster.reap(into: &endings)
    for ending in endings {
      switch ending.child?.owner {
      case .engine(let id): pool.conclude(id, ending.outcome, in: &turn)
      case .mail: mail?.desk.conclude(ending)
      case .worker, .task, .stranger, nil: break
      }
    }
    pool.endOrphans(in: &turn)
  }

  /// Does what is due beside the tasks: notices about rows, mail, how the run stands.
  func look(_ tally: Tally, at now: Instant) {
    rows.look(at: now)
    announcer.publish(.advanced(tally, at: now))
    mail?.tellOfTrouble()
  }

  /// When `look` is due next, though nothing happens.
  func deadline(at now: Instant) -> Instant? {
    let refresh = announcer.refreshInterval.map { now + $0 }
    return [refresh, mail?.desk.deadline, rows.deadline].compactMap { $0 }.min()
  }
}
