import TaskLang
import TaskScheduler

/// What the scheduler asks for, done.
extension Driver {
  /// Lets the scheduler decide about every event, those that acting brings included.
  func handleEvents(at now: Instant) {
    var next = 0
    while next < events.count {
      scheduler.handle(events[next], at: now, into: &actions)
      next += 1
      for action in actions { perform(action, at: now) }
      actions.removeAll(keepingCapacity: true)
    }
    events.removeAll(keepingCapacity: true)
  }

  private func perform(_ action: Action, at now: Instant) {
    switch action {
    case .requestSteps(let count):
      credit += count
      canReadOn = true
    case .start(let task, let attempt, let engine, let slot):
      start(task, attempt, engine, slot, at: now)
    case .hold(let task, let attempt, let engine, let slot):
      guard let seat = seats[engine.index] else {
        preconditionFailure("the verdict on a task waits of an engine that is not known")
      }
      heldReports.keep(seat.slots[slot.index].report, of: task, attempt)
    case .runPerEngine(let engine, let moment): seats[engine.index]?.send(.runPerEngine(moment))
    case .record(let engine, let end, let counts, let row):
      record(end, on: engine, counts: counts, row, at: now)
    case .recordPerEngine(let engine, let end, let row): recordPerEngine(end, on: engine, row)
    case .recordBarrier(_, let check, let failures, let row):
      recordBarrier(check: check, failures: failures, row)
    case .endTask(let task, let engine, let slot, let mode):
      seats[engine.index]?.send(.endTask(task, slot, mode))
    case .release(let engine, let limit): seats[engine.index]?.send(.release(limit: limit))
    case .abandon(let engine): abandon(engine)
    case .isolate(let task, let engine, let slot): isolate(task, beside: engine, slot)
    case .blame(let task, let engine): blame(task, engine)
    case .relaunch(let engine):
      observer?.runSaid("engine \(engine.rawValue) is gone; another is started in its place")
      launch(replacing: engine)
    case .wake(let instant): timers.arm(.scheduler, at: instant)
    case .close(let reason): exit = reason
    }
  }

  private func start(
    _ task: TaskID,
    _ attempt: Attempt,
    _ engine: EngineID,
    _ slot: SlotIndex,
    at now: Instant
  ) {
    guard let seat = seats[engine.index], let text = store.text(of: task) else {
      preconditionFailure("a task starts that is not known, or on an engine that is not")
    }
    seat.slots[slot.index].startNanoseconds = Clock.wallNanoseconds
    seat.slots[slot.index].startedAt = now
    var command = text.command
    if command.count > TaskOrder.longestCommand {
      command.removeLast(command.count - TaskOrder.longestCommand)
    }
    log.write(.debug, "task \(task.rawValue) to engine \(engine.rawValue) slot \(slot.rawValue)")
    seat.send(
      .start(
        TaskOrder(
          task: task,
          attempt: attempt,
          slot: slot,
          line: text.line,
          repeatIndex: text.repeatIndex,
          timeout: options.taskTimeout,
          command: command
        )
      )
    )
  }

  private func record(
    _ end: AttemptEnd,
    on engine: EngineID,
    counts: Bool,
    _ row: RowNumber,
    at now: Instant
  ) {
    guard let seat = seats[engine.index] else {
      preconditionFailure("a task is recorded of an engine that is not known")
    }
    let task = end.task
    let slot = seat.slots[end.slot.index]
    var report = heldReports.take(task, end.attempt) ?? slot.report
    if end.outcome == .lost {
      report = TaskReport()
      report.startNanoseconds = slot.startNanoseconds
      report.elapsedNanoseconds = max(0, (now - slot.startedAt).nanoseconds)
    }
    busyNanoseconds &+= report.elapsedNanoseconds
    // A late report may come when the task has its outcome already, and its text is forgotten.
    let text = store.text(of: task)
    log.write(.debug, "task \(task.rawValue) attempt \(end.attempt.rawValue): \(end.outcome)")
    let why = FailureWords.Cause(end, report, on: node)
    if let why {
      // Its row has no room for the cause.
      let reason = FailureWords(code: Int(end.statusCode), report, cause: why).reason
      log.write(.warning, "task \(task.rawValue) attempt \(end.attempt.rawValue): \(reason)")
    }
    write(
      StatusRecord(
        kind: counts ? .task : .uncounted,
        id: task.rawValue,
        line: text?.line ?? 0,
        repeatIndex: text?.repeatIndex ?? -1,
        node: node,
        returnCode: end.statusCode,
        report: report,
        command: text?.command ?? []
      ),
      row
    )
    if case .refused(let errno) = end.outcome, !counts { tellOfShortage(Errno(errno)) }
    guard counts else { return }
    store.close(task)
    if end.statusCode != 0, let text {
      let failure = TaskFailure(
        id: task.rawValue,
        line: text.line,
        returnCode: end.statusCode,
        command: text.command,
        report: report,
        cause: why,
        missingFolder: end.outcome == .exited(1)
          ? missingFolder(end, on: engine, text, report) : nil
      )
      desk?.take(failure)
      observer?.taskFailed(failure)
    }
  }

  /// Tells the user once that the host has no room for all the tasks that are to run at a time.
  private func tellOfShortage(_ reason: Errno) {
    let text =
      "\(node) has no room for more tasks now: \(reason.advice); they start as others end"
    log.write(.warning, text)
    if !hasToldOfShortage { observer?.runSaid(text) }
    hasToldOfShortage = true
  }

  private func recordPerEngine(
    _ end: PerEngineEnd,
    on engine: EngineID,
    _ row: RowNumber
  ) {
    let step = perEngine.first {
      $0.kind == .perEngine(end.moment == .start ? .start : .stop, index: Int(end.index))
    }
    if end.outcome != .exited(0) {
      log.write(
        .warning,
        "PERENGINE \(end.moment) \(end.index) on engine \(engine.rawValue): \(end.outcome)"
      )
    }
    let report = seats[engine.index]?.takeReport(of: end) ?? TaskReport()
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
      remarks.perEngineFailures.take(failure, on: engine, node: node)
    }
    write(
      StatusRecord(
        kind: .perEngine,
        id: Int64(end.index),
        line: Int64(step?.line ?? 0),
        node: node,
        returnCode: end.outcome.statusCode,
        report: report,
        command: ContiguousArray(step?.command ?? [])
      ),
      row
    )
  }

  private func recordBarrier(check: Bool, failures: Int64, _ row: RowNumber) {
    let (step, offered) = barriers.removeFirst()
    var report = TaskReport()
    report.pid = ownProcess
    report.startNanoseconds = offered
    report.elapsedNanoseconds = max(0, Clock.wallNanoseconds - offered)
    log.write(.info, "barrier \(step.firstID) is met, \(failures) failures before it")
    write(
      StatusRecord(
        kind: .barrier(check: check),
        id: Int64(step.firstID),
        line: Int64(step.line),
        node: node,
        report: report,
        command: ContiguousArray(step.command)
      ),
      row
    )
    rowsNeedSync = true
  }

  private func write(_ record: StatusRecord, _ row: RowNumber) {
    record.write(to: &rows)
    lastRow = row
  }
}
