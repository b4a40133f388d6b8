/// Hosts that have no room for another process at the moment.
extension Scheduler {
  /// Takes note that an engine's host refused a task, and decides whether that counts.
  ///
  /// It says nothing about the task, which runs again as soon as there is room. Only when nothing of
  /// the engine runs, so that no room will come from it, the refusals of a task are numbered.
  ///
  /// - Returns: Whether the attempt is the task's last.
  mutating func refused(_ ended: EndedAttempt, at now: Instant) -> Bool {
    let (slot, engine) = (ended.slot, ended.engine)
    let running = engines[engine.index].runningCount
    engines[engine.index].capacity.shrink(to: running, at: now, policy)
    awaitCapacity(of: engine)
    let refusals = slot.refusals + (running == 0 ? 1 : 0)
    guard refusals < policy.refusalLimit else { return judge(ended, at: now) }
    tally.refused += 1
    requeue(slot, failures: slot.failures, losses: slot.losses, refusals: refusals, due: now)
    return false
  }

  /// Sees to it that an engine is tried with one task more in time.
  private mutating func awaitCapacity(of engine: EngineID) {
    guard let instant = engines[engine.index].capacity.growsAt,
      engines[engine.index].phase == .serving
    else { return }
    engineDeadline = min(engineDeadline ?? instant, instant)
  }

  /// Lets an engine have one task more if it is time to try.
  mutating func growCapacity(of engine: EngineID, at now: Instant) {
    let slots = Int32(engines[engine.index].slots.count)
    engines[engine.index].capacity.growIfDue(slots: slots, at: now, policy)
    awaitCapacity(of: engine)
    enterRing(engine)
  }
}
