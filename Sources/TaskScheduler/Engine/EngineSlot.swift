/// One slot of an engine, as the engine sees it: idle, running, ending, idle.
enum EngineSlot: Hashable, Sendable {
  /// There is no task.
  case idle
  /// A task runs, until `deadline` at the longest.
  case running(TaskID, Attempt, deadline: Instant?)
  /// A task is being ended, by SIGKILL at `killAt`; it has ended when shell and tree are gone.
  case ending(Ending)

  /// A task on its way out.
  struct Ending: Hashable, Sendable {
    let task: TaskID
    let attempt: Attempt
    let cause: EndCause
    /// When SIGKILL is due; nil once it was sent.
    var killAt: Instant?
    /// How the shell ended.
    var outcome: Outcome?
    /// Whether no other process is left.
    var isTreeGone = false
  }

  /// The next moment at which something is due here.
  var deadline: Instant? {
    switch self {
    case .idle: nil
    case .running(_, _, let deadline): deadline
    case .ending(let ending): ending.killAt
    }
  }

  /// Whether there is no task.
  var isIdle: Bool { self == .idle }

  /// The task, if there is one.
  var task: TaskID? {
    switch self {
    case .idle: nil
    case .running(let task, _, _): task
    case .ending(let ending): ending.task
    }
  }

  /// A task begins.
  mutating func start(_ task: TaskID, _ attempt: Attempt, deadline: Instant?) {
    precondition(isIdle, "a slot has one task at a time")
    self = .running(task, attempt, deadline: deadline)
  }

  /// The task is to end; says which signal that takes now.
  mutating func end(_ mode: EndMode, cause: EndCause, killAt: Instant) -> EndMode? {
    switch self {
    case .idle: return nil
    case .running(let task, let attempt, _):
      let kill = mode == .kill ? nil : killAt
      self = .ending(Ending(task: task, attempt: attempt, cause: cause, killAt: kill))
      return mode
    case .ending(var ending):
      let isHarder = mode == .kill && ending.killAt != nil
      if isHarder { ending.killAt = nil }
      self = .ending(ending)
      return isHarder ? .kill : nil
    }
  }

  /// The shell ended; says what is to be reported if that is the end of the task.
  mutating func exited(_ outcome: Outcome, in slot: SlotIndex) -> AttemptEnd? {
    switch self {
    case .idle: return nil
    case .running(let task, let attempt, _):
      self = .idle
      return AttemptEnd(task, attempt, in: slot, outcome, .itself)
    case .ending(var ending):
      ending.outcome = outcome
      self = .ending(ending)
      return finish(in: slot)
    }
  }

  /// The tree ended; says what is to be reported if that is the end of the task.
  mutating func treeEnded(in slot: SlotIndex) -> AttemptEnd? {
    switch self {
    case .idle: return nil
    case .running: return nil
    case .ending(var ending):
      ending.isTreeGone = true
      self = .ending(ending)
      return finish(in: slot)
    }
  }

  /// Becomes idle when shell and tree are both gone.
  private mutating func finish(in slot: SlotIndex) -> AttemptEnd? {
    guard case .ending(let ending) = self, ending.isTreeGone, let outcome = ending.outcome else {
      return nil
    }
    self = .idle
    return AttemptEnd(ending.task, ending.attempt, in: slot, outcome, ending.cause)
  }
}
