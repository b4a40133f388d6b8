/// Tasks of which one may have killed the engine.
///
/// When an engine dies by itself, nobody knows which of its tasks did it. So each of them runs again on
/// an engine with one slot, side by side: what it does there it does to itself. One that ends has nothing
/// to do with it; one that kills again is named, and has failed. The others go on meanwhile on an engine
/// that is started in place of the dead one, of which each suspect has the slot that it had before: so
/// there are never more tasks at a time than slots, and none gets a slot that does not exist.
extension Scheduler {
  /// Whether the tasks of an engine that has died by itself can run on engines of their own.
  func mayIsolate(from engine: EngineID) -> Bool {
    let state = engines[engine.index]
    return phase.isOpen && state.solo == nil && !state.isRetiring
      && !contexts[state.context.index].isStopped
  }

  /// Asks for an engine for one suspect, unless one with its slot has been kept.
  mutating func isolate(_ suspect: Suspect, into decision: inout Decision<Action>) {
    suspects.count += 1
    if let kept = keptEngine(for: suspect) {
      engines[kept.index].solo?.waiting = suspect.attempt
      engines[kept.index].solo?.hasSlot = true
      return suspects.ready.append(kept)
    }
    suspects.queued.append(suspect)
    isolateQueued(into: &decision)
  }

  /// Asks for engines for suspects, but not for more at once than a host can well start.
  mutating func isolateQueued(into decision: inout Decision<Action>) {
    while let suspect = suspects.queued.first {
      guard phase.isOpen, !contexts[engines[suspect.lost.index].context.index].isStopped else {
        suspects.queued.popFirst()
        suspects.count -= 1
        if phase.isOpen { retries.insert(suspect.attempt) }
        continue
      }
      guard suspects.launchCount < policy.isolationLimit else { return }
      suspects.queued.popFirst()
      suspects.launchCount += 1
      suspects.asked.append(suspect)
      decision.append(.isolate(suspect.attempt.task, beside: suspect.lost, suspect.slot))
    }
  }

  /// An engine that ran another suspect in the same slot and has nothing to do.
  private func keptEngine(for suspect: Suspect) -> EngineID? {
    let line = engines[suspect.lost.index].line
    let index = engines.firstIndex {
      guard let solo = $0.solo, solo.isKept, solo.waiting == nil else { return false }
      return solo.line == line && solo.slot == suspect.slot && $0.phase == .draining
        && $0.firstFree != DriverSlot.none && $0.capacity.allows(beside: 0)
    }
    return index.map { EngineID(Int32($0)) }
  }

  /// An engine is being started for a suspect.
  mutating func isolating(
    _ engine: EngineID,
    _ context: ContextID,
    for task: TaskID,
    into decision: inout Decision<Action>
  ) {
    admit(engine, context)
    move(engine, to: .launching)
    guard let index = suspects.asked.firstIndex(where: { $0.attempt.task == task }) else {
      return dismiss(engine, into: &decision)
    }
    let suspect = suspects.asked.remove(at: index)
    engines[engine.index].solo = Solo(
      waiting: suspect.attempt,
      line: engines[suspect.lost.index].line,
      slot: suspect.slot
    )
    if !isOpen(context) { dismiss(engine, into: &decision) }
  }

  /// Starts the suspects whose engines serve.
  mutating func startSuspects(into decision: inout Decision<Action>) {
    while phase.isOpen, let engine = suspects.ready.popLast() {
      let state = engines[engine.index]
      guard let solo = state.solo, let attempt = solo.waiting,
        state.phase == .serving || (state.phase == .draining && solo.isKept)
      else { continue }
      engines[engine.index].solo?.waiting = nil
      suspects.count -= 1
      put(attempt, on: engine, into: &decision)
    }
  }

  /// Has the suspect of an engine that will not start it run elsewhere, like any other task.
  mutating func returnSuspect(of engine: EngineID) {
    guard let attempt = engines[engine.index].solo?.waiting else { return }
    engines[engine.index].solo?.waiting = nil
    suspects.count -= 1
    if phase.isOpen { retries.insert(attempt) }
  }

  /// Gives back the slot that a suspect had, to the engine that has its line now.
  mutating func returnSlot(of engine: EngineID) {
    guard let solo = engines[engine.index].solo, solo.hasSlot else { return }
    engines[engine.index].solo?.hasSlot = false
    guard let home = home(of: solo.line), solo.slot.index < engines[home.index].slots.count,
      engines[home.index].slots[solo.slot.index].phase == .lent
    else { return }
    engines[home.index].free(solo.slot)
    enterRing(home)
  }

  /// A suspect has ended, or is known to be the one: that is progress of the line.
  mutating func closeCase(
    on engine: EngineID,
    into decision: inout Decision<Action>
  ) {
    guard let solo = engines[engine.index].solo else { return }
    if let home = home(of: solo.line) { engines[home.index].barrenRelaunches = 0 }
    returnSlot(of: engine)
    // Its STOP commands may take away what other engines of the host still use.
    if phase.isOpen, let counts = perEngineCounts, counts.stop > 0 {
      engines[engine.index].solo?.isKept = true
      if engines[engine.index].phase == .serving { move(engine, to: .draining) }
      return
    }
    retire(engine, .afterTasks, into: &decision)
  }

  /// The engine that has a line now, or is to have it.
  private func home(of line: EngineID) -> EngineID? {
    engines.lastIndex { $0.line == line && $0.solo == nil && $0.phase.isAlive }
      .map { EngineID(Int32($0)) }
  }

  /// The slots of an engine's line that suspects have.
  func lentSlots(of engine: EngineID) -> ContiguousArray<SlotIndex> {
    let line = engines[engine.index].line
    var lent: ContiguousArray<SlotIndex> = []
    for suspect in suspects.asked where engines[suspect.lost.index].line == line {
      lent.append(suspect.slot)
    }
    for offset in 0..<suspects.queued.count {
      let suspect = suspects.queued[offset]
      if engines[suspect.lost.index].line == line { lent.append(suspect.slot) }
    }
    for other in engines {
      if let solo = other.solo, solo.line == line, solo.hasSlot { lent.append(solo.slot) }
    }
    return lent
  }
}
