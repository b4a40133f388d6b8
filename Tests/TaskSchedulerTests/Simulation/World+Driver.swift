import TaskScheduler

/// The driver's side: the feed, the writer, and whoever does what the scheduler asks for.
extension World {
  /// Hands an event to the scheduler and does what it asks for.
  mutating func tell(_ event: Event) {
    guard isDriverAlive else { return }
    observeCause(event)
    var actions: ContiguousArray<Action> = []
    scheduler.handle(event, at: now, into: &actions)
    if let broken = scheduler.brokenInvariant { complaint = complaint ?? broken }
    for action in actions {
      if exitReason != nil { complaint = complaint ?? "\(action) comes after close" }
      perform(action)
    }
  }

  private mutating func observeCause(_ event: Event) {
    switch event {
    case .tasks(let first, let count): observe(.offered(first, count: count))
    case .skipped(let first, let count, let failures):
      observe(.skipped(first, count: count, failures: failures))
    case .barrier(let id, check: _): observe(.barrierOffered(id))
    case .taskEnded(let engine, let end):
      guard reported.insert(AttemptKey(end, on: engine)).inserted else { return }
      observe(.reported(engine, end))
    case .engineTold(let engine, let signal): observe(.told(engine, signal))
    case .engineJoined(let engine, _, _, _), .engineFailedToStart(let engine):
      observe(.arrived(engine))
    case .engineLost(let engine, _): observe(.missed(engine))
    case .stop(let mode): observe(.stopped(mode))
    default: break
    }
  }

  private mutating func perform(_ action: Action) {
    switch action {
    case .requestSteps(let count):
      credit += count
      scheduleFeed()
    case .start(let task, let attempt, let engine, let slot):
      observe(.started(task, attempt, engine, slot, hosts[engine.index].plan.context))
      send(.start(task, attempt, slot, timeout: scenario.timeout), to: engine)
    case .hold(let task, let attempt, let engine, let slot):
      observe(.held(task, attempt, engine, slot))
    case .runPerEngine(let engine, let moment): send(.runPerEngine(moment), to: engine)
    case .record(let engine, let end, let counts, let row):
      observe(.recorded(engine, end, counts: counts, row))
      if counts { unwritten.append((row, end.task)) }
      write(row)
    case .recordPerEngine(let engine, let end, let row):
      let failed = end.cause != .ordered && !end.isSuccess
      observe(.perEngineRecorded(engine, end.moment, index: end.index, failed: failed, row))
      write(row)
    case .recordBarrier(let id, let check, let failures, let row):
      observe(.barrierRecorded(id, check: check, failures: failures, row))
      write(row)
    case .endTask(let task, let engine, let slot, let mode):
      send(.endTask(task, slot, mode), to: engine)
    case .release(let engine, let limit):
      observe(.released(engine))
      send(.release(limit: limit), to: engine)
    case .abandon(let engine):
      observe(.abandoned(engine))
      cutOff(engine)
    case .relaunch(let engine):
      let plan = hosts[engine.index].plan
      var next = Scenario.PlannedEngine(
        context: plan.context,
        slots: plan.slots,
        isLocal: plan.isLocal
      )
      next.failsToStart = happens(scenario.chances.relaunchFailure)
      launch(next, replacing: engine)
    case .isolate(let task, let beside, let slot):
      var plan = Scenario.PlannedEngine(
        context: hosts[beside.index].plan.context,
        slots: 1,
        isLocal: hosts[beside.index].plan.isLocal
      )
      plan.failsToStart = happens(scenario.chances.relaunchFailure)
      let engine = EngineID(Int32(hosts.count))
      observe(.isolated(engine, for: task, beside: beside, slot))
      launch(plan, for: task)
    case .blame(let task, let engine): observe(.blamed(task, engine))
    case .wake(let instant):
      if instant < now { complaint = complaint ?? "a wake in the past" }
      driverWake = instant
      agenda.add(.driverWakes(instant), at: max(instant, now))
    case .close(let reason):
      exitReason = reason
      observe(.closed(reason))
      complaint = complaint ?? wrongTally
      endDriver()
    }
  }

  /// Has a row written after a while, in the order in which rows were asked for.
  private mutating func write(_ row: RowNumber) {
    if row.rawValue != lastRow.rawValue + 1 { complaint = complaint ?? "\(row) after \(lastRow)" }
    lastRow = row
    lastWrite = max(lastWrite, now + delay(scenario.delays.writer))
    agenda.add(.written(row), at: lastWrite)
  }

  private mutating func scheduleFeed() {
    guard !isFeedScheduled, credit > 0 else { return }
    isFeedScheduled = true
    agenda.add(.feed, at: now + delay(scenario.delays.feed))
  }

  /// Offers the next step of the plan, or its end.
  mutating func feed() {
    isFeedScheduled = false
    guard isDriverAlive, stepIndex <= scenario.steps.count else { return }
    guard stepIndex < scenario.steps.count else {
      stepIndex += 1
      return tell(scenario.feedFails ? .feedFailed : .endOfSteps)
    }
    let first = TaskID(nextTask)
    let step = scenario.steps[stepIndex]
    stepIndex += 1
    credit -= 1
    switch step {
    case .tasks(let count):
      nextTask += count
      tell(.tasks(first: first, count: count))
    case .skipped(let count, let failures):
      nextTask += count
      tell(.skipped(first: first, count: count, failures: failures))
    case .barrier(let check):
      nextTask += 1
      tell(.barrier(id: first, check: check))
    }
    scheduleFeed()
    // The end of the plan is found without being asked for a step.
    if !isFeedScheduled, stepIndex == scenario.steps.count {
      isFeedScheduled = true
      agenda.add(.feed, at: now + delay(scenario.delays.feed))
    }
  }

  /// What the scheduler's counts get wrong about the history.
  private var wrongTally: String? {
    var done: Int64 = 0
    var failed: Int64 = 0
    for case (_, .recorded(_, let end, true, _)) in history {
      if end.isSuccess { done += 1 } else { failed += 1 }
    }
    let tally = scheduler.tally
    return tally.done == done && tally.failed == failed && tally.running == 0
      ? nil
      : "the tally has \(tally.done) done, \(tally.failed) failed; rows say \(done), \(failed)"
  }

  /// The driver's process is no more: every link closes, and what was written stays.
  mutating func endDriver() {
    isDriverAlive = false
    for index in hosts.indices {
      let engine = EngineID(Int32(index))
      // A process that the driver started is not left behind when it ends.
      if !hosts[index].isAlive { continue }
      hosts[index].isLinkOpen = false
      deliver(.linkClosed, to: engine)
    }
  }
}
