import TaskScheduler

/// An attempt that died as if by a signal from outside is held against its task only when nothing of
/// the kind is known of its engine or of the run, and within the time that this may take.
struct VerdictChecker: Checker {
  private struct Report {
    let end: AttemptEnd
    let at: Instant
    /// Whether its engine had been told to end before.
    let isAfterOrder: Bool
  }

  let policy: Policy
  private var reports: [AttemptKey: Report] = [:]
  private var lost: Set<AttemptKey> = []
  private var waiting = 0
  private var held: Set<AttemptKey> = []
  private var ordered: Set<EngineID> = []
  private var messages: [EngineID: [(signal: EndSignal, at: Instant)]] = [:]
  private var missed: Set<EngineID> = []
  private var isStopped = false
  private var isDrained = false

  init(policy: Policy) { self.policy = policy }

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .reported(let engine, let end):
      reports[AttemptKey(end, on: engine)] = Report(
        end: end,
        at: now,
        isAfterOrder: ordered.contains(engine)
      )
    case .held(let task, let attempt, let engine, _):
      held.insert(AttemptKey(task: task, attempt: attempt, engine: engine))
      waiting += 1
    case .told(let engine, let signal):
      if signal.isOrderToEnd { ordered.insert(engine) }
      messages[engine, default: []].append((signal, now))
    case .missed(let engine), .abandoned(let engine): missed.insert(engine)
    case .stopped(let mode): if mode == .drain { isDrained = true } else { isStopped = true }
    case .recorded(let engine, let end, _, _):
      let key = AttemptKey(end, on: engine)
      if end.outcome == .lost {
        lost.insert(key)
        return nil
      }
      guard lost.remove(key) == nil, let report = reports.removeValue(forKey: key) else {
        return nil
      }
      if held.remove(key) != nil { waiting -= 1 }
      return verdict(end.cause, on: key, report, at: now)
    default: break
    }
    return nil
  }

  private func verdict(
    _ cause: EndCause,
    on key: AttemptKey,
    _ report: Report,
    at now: Instant
  ) -> String? {
    if report.end.cause != .itself || report.end.outcome.isRefusal {
      return cause == report.end.cause || report.isAfterOrder
        ? nil : "\(key) ended as \(report.end.cause) and is recorded as \(cause)"
    }
    let signal = EndSignal(of: report.end.outcome)
    let isKnown = isKnown(signal, on: key.engine, since: report.at)
    if cause == .ordered {
      return isKnown || report.isAfterOrder || isStopped && ordered.contains(key.engine)
        ? nil : "\(key) is acquitted for no reason"
    }
    if report.isAfterOrder { return "\(key) ended after \(key.engine) was told to, and is judged" }
    guard signal != nil else { return nil }
    if now - report.at > policy.verdictDelay { return "the verdict on \(key) came late" }
    // Of a lost engine, a task that may not run again, or not any more, is judged all the same.
    if isKnown, !missed.contains(key.engine) {
      return "\(key) was ended from outside, and is judged"
    }
    let isEarly = now - report.at < policy.verdictDelay && waiting < policy.stepLimit
    return isEarly && !missed.contains(key.engine) ? "the verdict on \(key) did not wait" : nil
  }

  /// Whether it is known that something outside ended what died of `signal`.
  private func isKnown(_ signal: EndSignal?, on engine: EngineID, since report: Instant) -> Bool {
    guard let signal else { return false }
    if isStopped || ordered.contains(engine) || missed.contains(engine) { return true }
    if signal == .user1, isDrained { return true }
    return messages[engine, default: []].contains {
      $0.signal == signal && report - $0.at <= policy.verdictDelay
    }
  }
}

/// A task whose shell a signal to everything has ended, and whose engine got that signal too, has not
/// failed, whichever of them got it first.
struct StrikeChecker: Checker {
  /// How far apart the two may be; nil where news may take too long for that.
  private let limit: Interval?
  private var engines: [EngineID: [(signal: EndSignal, at: Instant)]] = [:]
  private var shells: [AttemptKey: Instant] = [:]

  init(_ scenario: Scenario) {
    let slow = scenario.faults.contains {
      switch $0.kind {
      case .engineHangs, .partition, .writerFails: true
      default: false
      }
    }
    let delays = scenario.delays
    let news = Interval.milliseconds(3 * delays.network + delays.signal)
    let rest = scenario.policy.verdictDelay + Interval(nanoseconds: -news.nanoseconds)
    limit = slow || rest <= .zero || !scenario.policy.requeuesLost ? nil : rest
  }

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    guard let limit else { return nil }
    switch fact {
    case .struckEngine(let engine, let signal): engines[engine, default: []].append((signal, now))
    case .struckShell(let task, let attempt, let engine):
      shells[AttemptKey(task: task, attempt: attempt, engine: engine)] = now
    case .recorded(let engine, let recorded, true, _) where recorded.cause == .itself:
      let key = AttemptKey(recorded, on: engine)
      guard let end = shells[key], let signal = EndSignal(of: recorded.outcome) else { return nil }
      let isShared = engines[engine, default: []].contains {
        ($0.signal == signal || $0.signal.isOrderToEnd) && $0.at - end < limit
          && end - $0.at < limit
      }
      return isShared ? "\(key) failed of a signal that its engine got as well" : nil
    default: break
    }
    return nil
  }
}
