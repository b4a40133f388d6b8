import TaskScheduler

/// What must not take long: a task over its time, a run that was interrupted.
struct PromptChecker: Checker {
  /// The longest life of a task; nil when it has no limit.
  let taskLimit: Interval?
  /// The longest time from an interrupt to the end of the run.
  let closeLimit: Interval
  private var births: [AttemptKey: Instant] = [:]
  private var interrupt: Instant?

  init(taskLimit: Interval?, closeLimit: Interval) {
    self.taskLimit = taskLimit
    self.closeLimit = closeLimit
  }

  /// The limits that a scenario's policy and delays lead to.
  init(_ scenario: Scenario) {
    let delays = scenario.delays
    let grace = scenario.policy.grace
    let signals = Interval.milliseconds(6 * delays.signal + 1)
    // An engine that hangs looks at no clock.
    let hangs = scenario.faults.contains {
      if case .engineHangs = $0.kind { true } else { false }
    }
    taskLimit = hangs ? nil : scenario.timeout.map { $0 + grace + signals }
    // The tasks' grace, then that of the STOP commands, each with the time to answer; then the rows.
    let answers = (grace + scenario.policy.answerLimit).multiplied(by: 2)
    closeLimit =
      answers + signals + scenario.policy.verdictDelay
      + .milliseconds(3 * delays.writer + 2 * delays.network)
  }

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .spawned(let task, let attempt, let engine):
      births[AttemptKey(task: task, attempt: attempt, engine: engine)] = now
    case .vanished(let task, let attempt, let engine):
      let key = AttemptKey(task: task, attempt: attempt, engine: engine)
      if let birth = births[key], let taskLimit, now - birth > taskLimit {
        return "\(key) lived for \(now - birth)"
      }
    case .stopped(.interrupt), .stopped(.killNow): interrupt = interrupt ?? now
    case .closed:
      if let interrupt, now - interrupt > closeLimit {
        return "the run closed \(now - interrupt) after it was interrupted"
      }
    default: break
    }
    return nil
  }
}
