/// Tasks: started, ended, reported.
extension EngineCore {
  mutating func start(
    _ task: TaskID,
    _ attempt: Attempt,
    _ slot: SlotIndex,
    timeout: Interval?,
    into decision: inout Decision<EngineAction>
  ) {
    switch life {
    case .waiting, .serving: life = .serving
    case .starting: preconditionFailure("an engine takes tasks when its START commands have ended")
    // The order and the end of this engine crossed on their way.
    case .finishing, .stopping, .lingering, .leaving, .gone: return
    }
    let deadline = timeout.map { decision.now + $0 }
    slots[slot.index].start(task, attempt, deadline: deadline)
    busyCount += 1
    if let deadline { slotDeadline = min(slotDeadline ?? deadline, deadline) }
    decision.append(.spawnTask(task, attempt, slot))
  }

  /// Begins, or speeds up, the end of the task in a slot.
  mutating func end(
    _ slot: SlotIndex,
    _ mode: EndMode,
    cause: EndCause,
    into decision: inout Decision<EngineAction>
  ) {
    if case .leaving = life { return }
    let killAt = decision.now + policy.grace
    guard let signal = slots[slot.index].end(mode, cause: cause, killAt: killAt) else { return }
    if signal == .terminate { slotDeadline = min(slotDeadline ?? killAt, killAt) }
    decision.append(.signalTree(slot, signal))
  }

  mutating func childExited(
    _ slot: SlotIndex,
    _ outcome: Outcome,
    into decision: inout Decision<EngineAction>
  ) {
    if case .leaving = life {
      // Everything is being killed, so the tree goes with the shell.
      _ = slots[slot.index].end(.kill, cause: .ordered, killAt: Instant(nanoseconds: 0))
      _ = slots[slot.index].treeEnded(in: slot)
    }
    if let end = slots[slot.index].exited(outcome, in: slot) { report(end, into: &decision) }
  }

  /// Tells the driver of the end of a task, if there still is one to tell.
  mutating func report(
    _ end: AttemptEnd,
    into decision: inout Decision<EngineAction>
  ) {
    busyCount -= 1
    guard hasDriver else { return }
    decision.append(.reportTaskEnded(end))
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
    into decision: inout Decision<EngineAction>
  ) {
    if let instant = armed, instant <= decision.now { armed = nil }
    if let leaveBy, leaveBy <= decision.now { return leave(.released, into: &decision) }
    guard let deadline = slotDeadline, deadline <= decision.now else { return }
    slotDeadline = nil
    for index in slots.indices {
      let slot = SlotIndex(Int32(index))
      if let deadline = slots[index].deadline, deadline <= decision.now {
        if case .running = slots[index] {
          end(slot, .terminate, cause: .timedOut, into: &decision)
        } else {
          end(slot, .kill, cause: .ordered, into: &decision)
        }
      }
      if let deadline = slots[index].deadline {
        slotDeadline = min(slotDeadline ?? deadline, deadline)
      }
    }
  }
}
