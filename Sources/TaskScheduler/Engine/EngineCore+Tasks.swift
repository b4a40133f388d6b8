/// Tasks: started, ended, reported.
extension EngineCore {
  mutating func start(
    _ task: TaskID,
    _ attempt: Attempt,
    _ slot: SlotIndex,
    timeout: Interval?,
    at now: Instant,
    into actions: inout ContiguousArray<EngineAction>
  ) {
    switch life {
    case .waiting, .serving: life = .serving
    case .starting: preconditionFailure("an engine takes tasks when its START commands have ended")
    // The order and the end of this engine crossed on their way.
    case .finishing, .stopping, .lingering, .leaving, .gone: return
    }
    let deadline = timeout.map { now + $0 }
    slots[slot.index].start(task, attempt, deadline: deadline)
    busyCount += 1
    if let deadline { slotDeadline = min(slotDeadline ?? deadline, deadline) }
    actions.append(.spawnTask(task, attempt, slot))
  }

  /// Begins, or speeds up, the end of the task in a slot.
  mutating func end(
    _ slot: SlotIndex,
    _ mode: EndMode,
    cause: EndCause,
    at now: Instant,
    into actions: inout ContiguousArray<EngineAction>
  ) {
    if case .leaving = life { return }
    let killAt = now + policy.grace
    guard let signal = slots[slot.index].end(mode, cause: cause, killAt: killAt) else { return }
    if signal == .terminate { slotDeadline = min(slotDeadline ?? killAt, killAt) }
    actions.append(.signalTree(slot, signal))
  }

  mutating func childExited(
    _ slot: SlotIndex,
    _ outcome: Outcome,
    into actions: inout ContiguousArray<EngineAction>
  ) {
    if case .leaving = life {
      // Everything is being killed, so the tree goes with the shell.
      _ = slots[slot.index].end(.kill, cause: .ordered, killAt: Instant(nanoseconds: 0))
      _ = slots[slot.index].treeEnded()
    }
    if let ended = slots[slot.index].exited(outcome) { report(ended, slot, into: &actions) }
  }

  /// Tells the driver of the end of a task, if there still is one to tell.
  mutating func report(
    _ ended: EngineSlot.Ended,
    _ slot: SlotIndex,
    into actions: inout ContiguousArray<EngineAction>
  ) {
    busyCount -= 1
    guard hasDriver else { return }
    actions.append(
      .reportTaskEnded(ended.task, ended.attempt, slot, ended.outcome, ended.cause)
    )
  }

  /// Whether the driver still goes by what this engine says.
  var hasDriver: Bool {
    switch life {
    case .waiting, .starting, .serving, .finishing, .stopping, .lingering, .leaving(.released): true
    case .leaving(.linkClosed), .leaving(.leaseExpired), .gone: false
    }
  }

  /// Acts on every deadline that has come, and finds the next.
  mutating func lookAtDeadlines(
    at now: Instant,
    into actions: inout ContiguousArray<EngineAction>
  ) {
    if let instant = armed, instant <= now { armed = nil }
    if let leaveBy, leaveBy <= now { return leave(.released, into: &actions) }
    guard let deadline = slotDeadline, deadline <= now else { return }
    slotDeadline = nil
    for index in slots.indices {
      let slot = SlotIndex(Int32(index))
      if let deadline = slots[index].deadline, deadline <= now {
        if case .running = slots[index] {
          end(slot, .terminate, cause: .timedOut, at: now, into: &actions)
        } else {
          end(slot, .kill, cause: .ordered, at: now, into: &actions)
        }
      }
      if let deadline = slots[index].deadline {
        slotDeadline = min(slotDeadline ?? deadline, deadline)
      }
    }
  }
}
