import TaskScheduler

/// An engine's core with a hand on every lever.
struct EngineRig {
  var core: EngineCore
  var now = Instant(nanoseconds: 0)

  init(slots: Int32 = 2, silenceLimit: Interval? = nil, starts: Int32 = 0, stops: Int32 = 0) {
    let policy = EnginePolicy(grace: .seconds(10), silenceLimit: silenceLimit)
    core = EngineCore(slots: slots, policy: policy, joiningAt: now)
    send(.configure(startCount: starts, stopCount: stops))
  }

  /// Hands in an event and returns what is to be done.
  @discardableResult
  mutating func send(_ event: EngineEvent, after delay: Interval = .zero) -> [EngineAction] {
    now = now + delay
    var actions: ContiguousArray<EngineAction> = []
    core.handle(event, at: now, into: &actions)
    return Array(actions)
  }

  @discardableResult
  mutating func start(_ task: Int64, slot: Int32 = 0, timeout: Interval? = nil) -> [EngineAction] {
    send(.start(TaskID(task), .first, SlotIndex(slot), timeout: timeout))
  }

  @discardableResult
  mutating func exit(slot: Int32 = 0, _ outcome: Outcome = .exited(0)) -> [EngineAction] {
    send(.childExited(SlotIndex(slot), outcome))
  }
}

extension EngineAction {
  /// A report, spelled short.
  static func report(
    _ task: Int64,
    slot: Int32 = 0,
    _ outcome: Outcome = .exited(0),
    _ cause: EndCause = .itself
  ) -> EngineAction {
    .reportTaskEnded(AttemptEnd(TaskID(task), .first, in: SlotIndex(slot), outcome, cause))
  }
}
