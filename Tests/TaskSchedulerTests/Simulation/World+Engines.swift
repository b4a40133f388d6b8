import TaskScheduler

/// The engines' side: processes, children, messages.
extension World {
  mutating func launch(_ plan: Scenario.PlannedEngine, replacing replaced: EngineID?) {
    let engine = EngineID(Int32(hosts.count))
    observe(.launched(engine, replacing: replaced))
    hosts.append(EngineHost(plan: plan))
    if !plan.isAddedLater {
      // Told at once: the scheduler must know who may come before it looks who is left.
      let event = Event.engineLaunching(engine, plan.context, replacing: replaced)
      if replaced == nil { tell(event) } else { agenda.add(.toDriver(event), at: now) }
    }
    sendOff(engine)
  }

  /// Launches an engine for one suspect.
  mutating func launch(_ plan: Scenario.PlannedEngine, for task: TaskID) {
    let engine = EngineID(Int32(hosts.count))
    hosts.append(EngineHost(plan: plan))
    agenda.add(.toDriver(.engineIsolated(engine, plan.context, for: task)), at: now)
    sendOff(engine)
  }

  /// Lets a launched engine arrive, or not.
  private mutating func sendOff(_ engine: EngineID) {
    let plan = hosts[engine.index].plan
    if plan.failsToStart {
      agenda.add(.toDriver(.engineFailedToStart(engine)), at: now + plan.arrival)
    } else {
      agenda.add(.arrives(engine), at: now + plan.arrival)
    }
  }

  /// An engine's process says hello.
  mutating func arrive(_ engine: EngineID) {
    guard isDriverAlive, hosts[engine.index].isLinkOpen else { return }
    let plan = hosts[engine.index].plan
    let policy = EnginePolicy(
      grace: scenario.policy.grace,
      silenceLimit: plan.isLocal ? nil : scenario.policy.silenceLimit
    )
    let local = hosts[engine.index].local(now)
    hosts[engine.index].core = EngineCore(slots: plan.slots, policy: policy, joiningAt: local)
    hosts[engine.index].isAlive = true
    let hello = Event.engineJoined(
      engine,
      plan.context,
      slots: plan.slots,
      isLeased: !plan.isLocal
    )
    report(hello, from: engine)
    send(
      .configure(startCount: scenario.startCount, stopCount: scenario.stopCount),
      to: engine
    )
    if !plan.isLocal { agenda.add(.heartbeat(engine), at: now) }
  }

  /// Sends a sign of life and plans the next.
  mutating func beat(_ engine: EngineID) {
    let host = hosts[engine.index]
    guard host.isAlive, let silence = scenario.policy.silenceLimit else { return }
    if now >= host.hangsUntil, host.isLinkOpen {
      agenda.add(
        .ping(sentAt: host.local(now), engine),
        at: arrival(from: engine)
      )
    }
    // Also what wakes an engine whose driver is silent.
    agenda.add(.heartbeat(engine), at: now + Interval(nanoseconds: silence.nanoseconds / 10))
  }

  /// When a message sent now is there: in order, and not before a partition ends.
  private mutating func arrival(from engine: EngineID) -> Instant {
    let at = max(now + delay(scenario.delays.network), hosts[engine.index].heldToDriver)
    hosts[engine.index].lastToDriver = max(hosts[engine.index].lastToDriver, at)
    return hosts[engine.index].lastToDriver
  }

  mutating func report(_ event: Event, from engine: EngineID) {
    guard hosts[engine.index].isLinkOpen else { return }
    let at = arrival(from: engine)
    agenda.add(.toDriver(event), at: at)
    if happens(scenario.chances.duplicate), case .taskEnded = event {
      // Late enough to meet the task's next attempt in the same slot.
      agenda.add(.toDriver(event), at: at + delay(1 + 4 * scenario.delays.writer))
    }
  }

  /// Sends an engine a message over its link, if there is one.
  mutating func send(_ event: EngineEvent, to engine: EngineID) {
    guard hosts[engine.index].isLinkOpen else { return }
    deliver(event, to: engine)
  }

  mutating func deliver(_ event: EngineEvent, to engine: EngineID) {
    let at = max(now + delay(scenario.delays.network), hosts[engine.index].heldToEngine)
    hosts[engine.index].lastToEngine = max(hosts[engine.index].lastToEngine, at)
    agenda.add(.toEngine(engine, event), at: hosts[engine.index].lastToEngine)
  }

  /// Hands an event to an engine and does what it asks for.
  mutating func tell(_ engine: EngineID, _ event: EngineEvent) {
    guard hosts[engine.index].isAlive, hosts[engine.index].core != nil else { return }
    if now < hosts[engine.index].hangsUntil {
      return agenda.add(.toEngine(engine, event), at: hosts[engine.index].hangsUntil)
    }
    var actions: ContiguousArray<EngineAction> = []
    let local = hosts[engine.index].local(now)
    hosts[engine.index].core?.handle(event, at: local, into: &actions)
    for action in actions { perform(action, on: engine) }
  }

  private mutating func perform(_ action: EngineAction, on engine: EngineID) {
    switch action {
    case .spawnTask(let task, let attempt, let slot):
      spawn(AttemptKey(task: task, attempt: attempt, engine: engine), in: slot)
    case .spawnPerEngine(let moment, let index): spawn(moment, index, on: engine)
    case .signalTree(let slot, let mode):
      hosts[engine.index].children[slot]?.isSignalled = true
      if let child = hosts[engine.index].children[slot] {
        signal(child, mode, on: engine)
      } else {
        // It ended meanwhile, and the engine is about to hear of it.
        agenda.add(.toEngine(engine, .treeEnded(slot)), at: now)
      }
    case .signalPerEngine(let mode):
      hosts[engine.index].command?.isSignalled = true
      if let child = hosts[engine.index].command {
        signal(child, mode, on: engine)
      } else {
        agenda.add(.toEngine(engine, .perEngineTreeEnded), at: now)
      }
    case .awaitLeftovers:
      // None are left behind here; that takes its time, too.
      agenda.add(.toEngine(engine, .leftoversEnded), at: now + delay(scenario.delays.signal))
    case .killEverything:
      agenda.add(.allKilled(engine), at: now + delay(scenario.delays.signal))
    case .reportTaskEnded(let end): report(.taskEnded(engine, end), from: engine)
    case .reportPerEngineEnded(let end): report(.perEngineEnded(engine, end), from: engine)
    case .reportPerEngineDone(let moment): report(.perEngineDone(engine, moment), from: engine)
    case .reportTold(let signal): report(.engineTold(engine, signal), from: engine)
    case .reportLeft: report(.engineLeft(engine), from: engine)
    case .wake(let instant):
      agenda.add(.engineWakes(engine), at: max(now, hosts[engine.index].global(instant)))
    case .exit: engineExits(engine)
    }
  }

  /// An engine's process is gone, and the driver gets to know sooner or later.
  private mutating func engineExits(_ engine: EngineID) {
    hosts[engine.index].isAlive = false
    if !hosts[engine.index].children.isEmpty || hosts[engine.index].command != nil {
      complaint = complaint ?? "\(engine) exits and leaves children"
    }
    tellDeath(of: engine)
  }

  mutating func tellDeath(of engine: EngineID) {
    guard !hosts[engine.index].isDeathTold else { return }
    hosts[engine.index].isDeathTold = true
    if hosts[engine.index].plan.isLocal {
      report(.engineLost(engine, .dying), from: engine)
      agenda.add(.orphansEnded(engine), at: now + delay(scenario.delays.signal))
    } else {
      report(.engineLost(engine, .linkClosed), from: engine)
      hosts[engine.index].isLinkOpen = false
    }
  }

  /// The driver has ended what a local engine left, and knows that it is dead.
  mutating func orphansEnded(_ engine: EngineID) {
    vanishAll(of: engine)
    let at = max(now, hosts[engine.index].lastToDriver)
    agenda.add(.toDriver(.engineLost(engine, .died)), at: at)
  }

  /// The driver cuts an engine off: kills it if it can, closes the link if it cannot.
  mutating func cutOff(_ engine: EngineID) {
    let host = hosts[engine.index]
    // What is under way to the driver may still arrive; nothing new does.
    hosts[engine.index].isLinkOpen = false
    if host.plan.isLocal {
      guard host.isAlive else { return }
      hosts[engine.index].isAlive = false
      tellDeath(of: engine)
    } else if host.isLinkOpen {
      deliver(.linkClosed, to: engine)
    }
  }

  /// Does what was planned to go wrong.
  mutating func strike(_ kind: Scenario.Fault.Kind) {
    switch kind {
    case .engineDies(let index):
      guard index < hosts.count, hosts[index].isAlive else { return }
      let engine = EngineID(Int32(index))
      hosts[index].isAlive = false
      // Another host goes down as a whole; here the children live until the driver ends them.
      if !hosts[index].plan.isLocal { vanishAll(of: engine) }
      tellDeath(of: engine)
    case .linkCloses(let index):
      guard index < hosts.count, hosts[index].isAlive, hosts[index].isLinkOpen else { return }
      let engine = EngineID(Int32(index))
      deliver(.linkClosed, to: engine)
      report(.engineLost(engine, .linkClosed), from: engine)
      hosts[index].isLinkOpen = false
    case .partition(let index, let toDriver, let toEngine, let length):
      // Between processes of one machine nothing is held up: what was sent can be read.
      guard index < hosts.count, !hosts[index].plan.isLocal else { return }
      if toDriver { hosts[index].heldToDriver = max(hosts[index].heldToDriver, now + length) }
      if toEngine { hosts[index].heldToEngine = max(hosts[index].heldToEngine, now + length) }
    case .engineHangs(let index, let length):
      // An engine on a lease must not hang: what it has then, nobody can end.
      guard index < hosts.count, hosts[index].plan.isLocal else { return }
      hosts[index].hangsUntil = max(hosts[index].hangsUntil, now + length)
    case .stop(let mode): tell(.stop(mode))
    case .signal(let signal, let spread, let sparesDriver):
      signalEverything(signal, within: spread, sparingDriver: sparesDriver)
    case .retire(let index, let mode):
      if index < hosts.count { tell(.retireEngine(EngineID(Int32(index)), mode)) }
    case .stopContext(let context, let mode): tell(.stopContext(context, mode))
    case .writerFails:
      isWriterAlive = false
      tell(.writerFailed)
    case .driverDies:
      if isDriverAlive { endDriver() }
    }
  }
}
