import TaskScheduler

/// An engine whose host refused a task is left alone with more than what runs there, for a while.
struct CapacityChecker: Checker {
  let policy: Policy
  private var running: [EngineID: Int] = [:]
  /// What ran when a host last refused a task, and when that was.
  private var refused: [EngineID: (running: Int, at: Instant)] = [:]
  private var lost: Set<AttemptKey> = []
  private var held: Set<AttemptKey> = []

  init(policy: Policy) { self.policy = policy }

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .started(let task, _, let engine, _, _):
      let count = running[engine, default: 0]
      running[engine] = count + 1
      guard let last = refused[engine], now < last.at + policy.capacityDelay else { return nil }
      if count >= last.running { return "\(task) starts on \(engine), which had no room for it" }
    case .held(let task, let attempt, let engine, _):
      held.insert(AttemptKey(task: task, attempt: attempt, engine: engine))
      running[engine, default: 0] -= 1
    case .recorded(let engine, let end, let counts, _):
      let key = AttemptKey(end, on: engine)
      // A late report is of an attempt that was recorded before.
      if lost.contains(key) || held.contains(key) { return nil }
      if end.outcome == .lost { lost.insert(key) }
      let count = running[engine, default: 0] - 1
      running[engine] = count
      guard end.outcome.isRefusal else { return nil }
      let last = refused[engine].flatMap { now < $0.at + policy.capacityDelay ? $0.running : nil }
      refused[engine] = (min(last ?? count, count), now)
      if counts, count > 0 { return "\(end.task) failed for want of room while others ran" }
    default: break
    }
    return nil
  }
}
