/// An engine's decisions: what happened goes in, what is to be done comes out.
///
/// A pure state machine, the driver's `Scheduler` in small. It knows slots, not processes, and reads
/// no clock. It never leaves anything running: `exit` follows only on `everythingEnded`.
package struct EngineCore: Sendable {
  /// What it keeps to.
  package let policy: EnginePolicy

  /// Where it is in its life.
  package internal(set) var life = EngineLife.waiting

  var slots: ContiguousArray<EngineSlot>
  /// How many slots are not idle.
  var busyCount = 0
  var counts: (start: Int32, stop: Int32)?
  /// The PERENGINE command that runs.
  var command: PerEngineCommand?
  /// Whether the driver let it go.
  var isReleased = false
  /// Whether somebody other than its driver told it to end.
  var isToldToEnd = false
  /// When it must be gone, once it was let go with a limit.
  var leaveBy: Instant?
  /// When it ends all and leaves unless the driver answers.
  var leaseEnd: Instant?
  /// No slot's deadline is before this.
  var slotDeadline: Instant?
  /// The moment last asked for by `wake`, while it has not come.
  var armed: Instant?

  /// An engine that has just offered itself to the driver.
  ///
  /// - Parameters:
  ///   - slots: How many tasks it runs at a time.
  ///   - policy: What it keeps to.
  ///   - now: When it sent the driver its first word; its lease begins then.
  package init(slots: Int32, policy: EnginePolicy, joiningAt now: Instant) {
    precondition(slots > 0, "an engine has a slot")
    self.policy = policy
    self.slots = ContiguousArray(repeating: .idle, count: Int(slots))
    leaseEnd = policy.leaseLength.map { now + $0 }
  }

  /// Takes in one event and appends what is to be done about it.
  ///
  /// After `exit` nothing has any effect.
  ///
  /// - Complexity: O(1); O(slots) when a deadline has come.
  package mutating func handle(
    _ event: EngineEvent,
    at now: Instant,
    into actions: inout ContiguousArray<EngineAction>
  ) {
    if case .gone = life { return }
    Decision.make(at: now, into: &actions) { decision in
      handle(event, into: &decision)
      advance(into: &decision)
      armWake(into: &decision)
    }
  }

  private mutating func handle(
    _ event: EngineEvent,
    into decision: inout Decision<EngineAction>
  ) {
    if case .leaseRenewed(let sentAt) = event { renewLease(sentAt) }
    // Looked at before anything else: an order that was under way for long must not be obeyed.
    if let end = leaseEnd, end <= decision.now { leave(.leaseExpired, into: &decision) }
    switch event {
    case .configure(let start, let stop):
      if counts == nil { counts = (start, stop) }
    case .runPerEngine(let moment): runPerEngine(moment, into: &decision)
    case .start(let task, let attempt, let slot, let timeout):
      start(task, attempt, slot, timeout: timeout, into: &decision)
    case .endTask(let task, let slot, let mode):
      guard slots[slot.index].task == task else { break }
      end(slot, mode, cause: .ordered, into: &decision)
    case .release(let limit): release(limit: limit, into: &decision)
    case .told(let signal): told(signal, into: &decision)
    case .linkClosed: leave(.linkClosed, into: &decision)
    case .leaseRenewed: break
    case .childExited(let slot, let outcome): childExited(slot, outcome, into: &decision)
    case .treeEnded(let slot):
      if let end = slots[slot.index].treeEnded(in: slot) { report(end, into: &decision) }
    case .perEngineExited(let outcome):
      command?.outcome = outcome
      endCommand(into: &decision)
    case .perEngineTreeEnded:
      command?.isTreeGone = true
      endCommand(into: &decision)
    case .leftoversEnded: if life == .lingering { leave(.released, into: &decision) }
    case .everythingEnded: everythingEnded(into: &decision)
    case .time: lookAtDeadlines(into: &decision)
    }
  }

  /// Asks to be woken for the next deadline, unless it is awaited already.
  private mutating func armWake(into decision: inout Decision<EngineAction>) {
    switch life {
    case .leaving, .gone: return
    case .waiting, .starting, .serving, .finishing, .stopping, .lingering: break
    }
    var next = leaseEnd
    if let leaveBy { next = min(next ?? leaveBy, leaveBy) }
    if let slotDeadline { next = min(next ?? slotDeadline, slotDeadline) }
    guard let next, armed.map({ next < $0 }) ?? true else { return }
    armed = next
    decision.append(.wake(at: next))
  }
}
