import TaskScheduler

/// The limits that the user set: tasks of a context, retries, losses, failures, delays.
struct LimitChecker: Checker {
  let policy: Policy
  private var starts: [ContextID: Int64] = [:]
  private var failures: [TaskID: Int32] = [:]
  private var losses: [TaskID: Int32] = [:]
  private var lost: Set<AttemptKey> = []
  private var due: [TaskID: Instant] = [:]
  private var failed: Int64 = 0
  private var ended: Int64 = 0
  private var mayStart = true
  private var whyNot = ""

  init(policy: Policy) { self.policy = policy }

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .started(let task, _, _, _, let context):
      if !mayStart { return "\(task) starts although \(whyNot)" }
      if let due = due[task], now < due { return "\(task) is tried again before its delay is over" }
      starts[context, default: 0] += 1
      if let limit = policy.contextTaskLimit, starts[context, default: 0] > limit {
        return "\(context) started more than \(limit) tasks"
      }
    case .recorded(let engine, let end, let counts, _):
      let key = AttemptKey(end, on: engine)
      // A late report is a row more, on which nothing follows.
      if lost.contains(key) { return nil }
      if end.outcome == .lost { lost.insert(key) }
      return recorded(end, counts, at: now)
    case .perEngineRecorded(_, .start, _, failed: true, _):
      if policy.failFast { forbid("a START command failed under fail-fast") }
    case .stopped(let mode): forbid("the run was stopped by \(mode)")
    case .closed: forbid("the run closed")
    default: break
    }
    return nil
  }

  private mutating func recorded(
    _ end: AttemptEnd,
    _ counts: Bool,
    at now: Instant
  ) -> String? {
    if counts { ended += 1 }
    if end.outcome == .lost {
      losses[end.task, default: 0] += 1
      if losses[end.task, default: 0] > policy.lossLimit { return "\(end.task) was lost too often" }
      if counts { fail() }
      return nil
    }
    guard !end.isSuccess, end.cause != .ordered else { return nil }
    // What its host had no room for has not failed.
    if end.outcome.isRefusal, !counts, end.cause == .itself { return nil }
    guard counts else {
      failures[end.task, default: 0] += 1
      due[end.task] = now + min(policy.retryDelay, policy.retryDelayMaximum)
      return failures[end.task, default: 0] > policy.retries
        ? "\(end.task) is tried again too often" : nil
    }
    fail()
    return nil
  }

  private mutating func fail() {
    failed += 1
    if policy.failFast { forbid("a task failed under fail-fast") }
    if let halt = policy.halt, halt.isReached(failed: failed, ended: ended) {
      forbid("\(failed) tasks failed")
    }
  }

  private mutating func forbid(_ why: String) {
    mayStart = false
    whyNot = why
  }
}
