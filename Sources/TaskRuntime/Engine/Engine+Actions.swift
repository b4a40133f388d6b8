import TaskScheduler

/// What the core asks for, done.
extension Engine {
  /// Lets the core decide about every event, those that acting on its decisions brings included.
  func handleEvents(at now: Instant) {
    var moment = now
    var next = 0
    while next < events.count {
      // Of hundreds of orders the last is carried out later than the first, and has its whole time.
      if case .start = events[next] { moment = Clock.now }
      core.handle(events[next], at: moment, into: &actions)
      next += 1
      for action in actions { perform(action, at: moment) }
      actions.removeAll(keepingCapacity: true)
    }
    events.removeAll(keepingCapacity: true)
    view = nil
  }

  private func perform(_ action: EngineAction, at now: Instant) {
    switch action {
    case .spawnTask(_, _, let slot): spawnTask(in: slot, at: now)
    case .spawnPerEngine(let moment, let index): spawnCommand(moment, index, at: now)
    case .signalTree(let slot, let mode): hunt(slot.index, mode)
    case .signalPerEngine(let mode): hunt(workers.count - 1, mode)
    case .awaitLeftovers:
      isAwaitingLeftovers = true
      reap(at: now)
    case .killEverything:
      (isKillingEverything, isAwaitingLeftovers) = (true, false)
      for index in heldWorkers { release(index) }
      reap(at: now)
    case .reportTaskEnded(let end): send(.taskEnded(end, workers[end.slot.index].report))
    case .reportPerEngineEnded(let end):
      log.write(.info, "PERENGINE \(end.moment) \(end.index) ended: \(end.outcome)")
      send(.perEngineEnded(end, ownWorker.report))
    case .reportPerEngineDone(let moment): send(.perEngineDone(moment))
    case .reportTold(let signal): send(.told(signal))
    // Said when its output, too, is out.
    case .reportLeft: break
    case .wake(let instant): timers.arm(.core, at: instant)
    case .exit(let reason): exit = reason
    }
  }

  private func spawnTask(in slot: SlotIndex, at now: Instant) {
    guard let order = orders[slot.index] else {
      preconditionFailure("the core starts only what the driver ordered")
    }
    orders[slot.index] = nil
    let rank = settings.firstSlot + slot.rawValue
    let strings = environment.strings(
      id: order.task.rawValue,
      line: order.line,
      repeatIndex: order.repeatIndex,
      slot: rank,
      attempt: order.attempt.rawValue
    )
    workers[slot.index].identity = Worker.Identity(
      id: order.task.rawValue,
      attempt: order.attempt.rawValue,
      slot: rank
    )
    start(slot.index, order.command, strings, at: now)
  }

  private func spawnCommand(_ moment: PerEngineMoment, _ index: Int32, at now: Instant) {
    guard let command = commands[moment]?[Int(index)] else {
      preconditionFailure("the core runs only commands that the driver defined")
    }
    log.write(.info, "PERENGINE \(moment) \(index) starts")
    let strings = environment.strings(
      id: Int64(index),
      line: command.line,
      repeatIndex: -1,
      slot: -1,
      attempt: 1
    )
    ownWorker.identity = Worker.Identity(id: Int64(index), attempt: 1, slot: -1)
    start(workers.count - 1, command.text, strings, at: now)
  }

  /// Starts a shell for a worker.
  private func start(
    _ index: Int,
    _ command: ContiguousArray<UInt8>,
    _ environment: CStringArray,
    at now: Instant
  ) {
    let worker = workers[index]
    worker.hunt = .none
    worker.known.removeAll(keepingCapacity: true)
    worker.startedAt = Clock.now
    worker.report = TaskReport()
    worker.report.startNanoseconds = Clock.wallNanoseconds
    worker.killCount = memory?.killCount() ?? 0
    // A zero byte would end the argument, and half a command would run.
    guard !command.contains(0) else {
      return tellFailure(of: index, .invalidArgument, "the command holds a zero byte")
    }
    do throws(Errno) {
      worker.pid = try spawn(worker, command, environment)
    } catch {
      return tellFailure(of: index, error, error.text)
    }
    roster.enter(worker.pid, of: .worker(index))
    worker.session = worker.pid
    worker.report.pid = worker.pid
    unwatched.append(index)
    armWatch(from: now)
  }

  /// Tells that a worker's shell could not be started, which its report shows too.
  func tellFailure(of index: Int, _ reason: Errno, _ text: String) {
    let worker = workers[index]
    worker.pid = -1
    for tap in worker.taps { tap.close(in: &poller) }
    worker.report = TaskReport(
      failure: "cannot start \(Self.shell): \(text)",
      atNanoseconds: worker.report.startNanoseconds
    )
    log.write(.error, "cannot start a shell: \(text)")
    tellExit(
      of: index,
      reason.isShortage && index != workers.count - 1
        ? .refused(errno: reason.rawValue) : .notStarted(errno: reason.rawValue)
    )
  }

  private func spawn(
    _ worker: Worker,
    _ command: ContiguousArray<UInt8>,
    _ environment: CStringArray
  ) throws(Errno) -> Int32 {
    let output = try FileDescriptor.pipe(waits: false)
    let error = try FileDescriptor.pipe(waits: false)
    var arguments = CStringArray([Self.shell, "-c", "--"])
    arguments.append(bytes: command)
    let pid = try spawner.start(
      in: worker.space,
      arguments: arguments,
      sharing: sharedEnvironment,
      environment: environment,
      descriptors: Spawner.Descriptors(
        input: nullInput.descriptor.rawValue,
        output: output.writing.rawValue,
        error: error.writing.rawValue
      )
    )
    worker.taps[0].open(output.keepReading(), keeping: kept(worker, .output))
    worker.taps[1].open(error.keepReading(), keeping: kept(worker, .error))
    return pid
  }

  /// Where a task's output is kept; that of the engine's own commands is not.
  private func kept(_ worker: Worker, _ stream: OutputStream) -> KeptOutput? {
    guard let keeper, worker.identity.slot >= 0 else { return nil }
    let task = TaskID(worker.identity.id)
    let attempt = Attempt(worker.identity.attempt)
    let origin = OutputOrigin(task: task, attempt: attempt, stream: stream)
    keeper.begin(origin)
    return KeptOutput(keeper: keeper, origin: origin)
  }
}
