/// Engines: launched, joined, heard of, retired, lost.
extension Scheduler {
  /// Moves an engine to its next phase and keeps the counts of phases.
  mutating func move(_ engine: EngineID, to next: EnginePhase) {
    let phase = engines[engine.index].phase
    precondition(phase.canBecome(next), "an engine that is \(phase) cannot become \(next)")
    counts.prospects += (next.isProspect ? 1 : 0) - (phase.isProspect ? 1 : 0)
    counts.alive += (next.isAlive ? 1 : 0) - (phase.isAlive ? 1 : 0)
    if phase == .launching, engines[engine.index].solo != nil { suspects.launchCount -= 1 }
    engines[engine.index].phase = next
    if !next.isProspect { returnSuspect(of: engine) }
    if next == .gone { returnSlot(of: engine) }
  }

  /// Makes room for an engine and its context.
  mutating func admit(_ engine: EngineID, _ context: ContextID) {
    precondition(engine.rawValue >= 0 && context.rawValue >= 0, "ids count from 0")
    while engines.count <= engine.index {
      engines.append(DriverEngine(EngineID(Int32(engines.count))))
    }
    while contexts.count <= context.index { contexts.append(DriverContext()) }
    engines[engine.index].context = context
  }

  /// Whether engines may join this context.
  func isOpen(_ context: ContextID) -> Bool {
    phase.isOpen && !contexts[context.index].isStopped
  }

  mutating func launching(
    _ engine: EngineID,
    _ context: ContextID,
    replacing replaced: EngineID?,
    into decision: inout Decision<Action>
  ) {
    admit(engine, context)
    move(engine, to: .launching)
    if let replaced, replaced.index < engines.count {
      engines[engine.index].line = engines[replaced.index].line
    }
    if let replaced, replaced.index < engines.count, engines[replaced.index].isRelaunchAsked {
      endRelaunch(of: replaced)
      engines[engine.index].barrenRelaunches = engines[replaced.index].barrenRelaunches + 1
    }
    if !isOpen(context) { dismiss(engine, into: &decision) }
  }

  mutating func joined(
    _ engine: EngineID,
    _ context: ContextID,
    _ slots: Int32,
    _ isLeased: Bool,
    into decision: inout Decision<Action>
  ) {
    precondition(slots > 0, "an engine has a slot")
    admit(engine, context)
    // One that was dismissed while it was on its way has nothing to join.
    guard engines[engine.index].phase.canBecome(.waiting) else { return }
    move(engine, to: .waiting)
    tally.enginesJoined += 1
    engines[engine.index].makeSlots(slots, lent: lentSlots(of: engine))
    counts.slots += Int(slots)
    engines[engine.index].isLeased = isLeased && policy.silenceLimit != nil
    heard(engine, at: decision.now)
    awaitWord(from: engine)
    guard isOpen(context) else { return dismiss(engine, into: &decision) }
    if perEngineCounts != nil { beginService(engine, into: &decision) }
  }

  mutating func failedToStart(_ engine: EngineID) {
    guard engine.index < engines.count else { return }
    if engines[engine.index].isRelaunchAsked { endRelaunch(of: engine) }
    guard engines[engine.index].phase == .launching else { return }
    tally.enginesFailedToStart += 1
    move(engine, to: .gone)
  }

  private mutating func endRelaunch(of engine: EngineID) {
    engines[engine.index].isRelaunchAsked = false
    counts.relaunches -= 1
  }

  /// Lets a waiting engine run its START commands, or serve at once when there are none.
  mutating func beginService(_ engine: EngineID, into decision: inout Decision<Action>) {
    if let counts = perEngineCounts, counts.start > 0 {
      move(engine, to: .starting)
      decision.append(.runPerEngine(engine, .start))
    } else {
      serve(engine)
    }
  }

  /// Lets an engine have tasks: those that come, or the one it was started for.
  private mutating func serve(_ engine: EngineID) {
    move(engine, to: .serving)
    if engines[engine.index].solo == nil {
      enterRing(engine)
    } else {
      suspects.ready.append(engine)
    }
  }

  mutating func perEngineEnded(
    _ engine: EngineID,
    _ end: PerEngineEnd,
    into decision: inout Decision<Action>
  ) {
    guard engine.index < engines.count, engines[engine.index].phase.hasJoined else { return }
    heard(engine, at: decision.now)
    decision.append(.recordPerEngine(engine, end, row: nextRow()))
    guard end.isFailure else { return }
    switch end.moment {
    case .start:
      tally.startsFailed += 1
      failuresSinceBarrier += 1
      hasNewFailure = true
    case .stop: tally.stopsFailed += 1
    }
  }

  mutating func perEngineDone(_ engine: EngineID, _ moment: PerEngineMoment, at now: Instant) {
    guard engine.index < engines.count else { return }
    heard(engine, at: now)
    guard moment == .start, engines[engine.index].phase == .starting else { return }
    serve(engine)
  }

  mutating func left(
    _ engine: EngineID,
    into decision: inout Decision<Action>
  ) {
    guard engine.index < engines.count, engines[engine.index].phase.hasJoined else { return }
    // Only an engine that was told to leave has left; any other is simply not there any more.
    if engines[engine.index].phase == .leaving, engines[engine.index].runningCount == 0 {
      move(engine, to: .gone)
      relaunch(engine, into: &decision)
    } else {
      lose(engine, into: &decision)
    }
  }

  /// Asks an engine that has nothing to finish to be no more.
  mutating func dismiss(
    _ engine: EngineID,
    into decision: inout Decision<Action>
  ) {
    move(engine, to: .gone)
    decision.append(.abandon(engine))
  }

  mutating func retire(
    _ engine: EngineID,
    _ mode: RetireMode,
    into decision: inout Decision<Action>
  ) {
    guard engine.index < engines.count, phase.isOpen else { return }
    engines[engine.index].isRetiring = true
    engines[engine.index].isReplaced = mode == .replaced
    engines[engine.index].solo?.isKept = false
    switch engines[engine.index].phase {
    case .absent, .gone, .leaving, .unreachable: return
    case .launching: return dismiss(engine, into: &decision)
    case .waiting, .starting, .serving: move(engine, to: .draining)
    case .draining: break
    }
    if mode != .afterTasks { endTasks(of: engine, into: &decision) }
    let limit = mode == .afterTasks ? nil : policy.grace
    releaseIfIdle(engine, limit: limit, into: &decision)
  }

  mutating func stop(
    _ context: ContextID,
    _ mode: RetireMode,
    into decision: inout Decision<Action>
  ) {
    guard context.index < contexts.count else { return }
    contexts[context.index].isStopped = true
    for index in engines.indices where engines[index].context == context {
      retire(EngineID(Int32(index)), mode, into: &decision)
    }
  }
}
