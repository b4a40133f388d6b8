/// The driver's decisions: what happened goes in, what is to be done comes out.
///
/// A pure state machine. It reads no clock and no descriptor, knows no text and no host names, and
/// two schedulers that are told the same do the same. `TaskScheduler.docc/States.md` has the
/// pictures of its states and what must never happen.
///
/// Engines are announced (`engineLaunching` or `engineJoined`) before the first step, since tasks
/// without an engine or the prospect of one end the run.
///
/// Memory grows with the slots, the steps in the queue and the tasks that wait for another attempt or
/// their verdict, never with the number of tasks.
package struct Scheduler: Sendable {
  /// What the user wants.
  package let policy: Policy

  /// How far the run has come.
  package internal(set) var tally = Tally()

  /// How far the run is from its end.
  package internal(set) var phase = RunPhase.feeding

  var engines: ContiguousArray<DriverEngine> = []
  var contexts: ContiguousArray<DriverContext> = []
  /// Engines that serve and have a free slot, each once; others among them are passed over.
  var ring = RingQueue<EngineID>()

  /// Steps of which something is still to start, in file order.
  var queue = RingQueue<Step>()
  var retries = RetrySet()
  /// Verdicts that wait, those that are due first in front.
  var held = RingQueue<HeldVerdict>()
  /// Whether the run was told to stop, or to start no more.
  var isToldToStop = false
  var isToldToDrain = false
  /// Suspects for which an engine was asked for and not announced yet.
  var suspects: ContiguousArray<Suspect> = []
  /// How many suspects wait to be started, those among them.
  var suspectCount = 0
  /// Engines that serve and have a suspect to start.
  var readySolos: ContiguousArray<EngineID> = []
  /// Steps asked for and not offered yet.
  var requestedSteps = 0
  /// The smallest id that the next step may have.
  var nextTask = TaskID(0)
  var perEngineCounts: (start: Int32, stop: Int32)?

  /// Failures since the last barrier.
  var failuresSinceBarrier: Int64 = 0
  /// The row of a barrier that is met, until it is written: nothing passes before.
  var barrierRow: RowNumber?

  var lastRow = RowNumber.none
  var writtenRow = RowNumber.none
  var isWriterAlive = true
  /// Rows that a slot waits for, in the order of their numbers.
  var pendingRows = RingQueue<PendingRow>()

  /// Engines with a phase that `isProspect`.
  var prospectCount = 0
  /// Engines with a phase that `isAlive`.
  var aliveCount = 0
  /// How many slots engines have brought.
  var slotCount = 0
  /// Engines asked for by `relaunch` and not announced yet.
  var relaunchesPending = 0

  /// No engine's lease, time to answer or want of room ends before this.
  var engineDeadline: Instant?
  /// The moment last asked for by `wake`, while it has not come.
  var armed: Instant?
  /// Whether something failed since the limits of failures were last looked at.
  var hasNewFailure = false

  /// A run of which nothing is known yet.
  package init(policy: Policy) { self.policy = policy }

  /// Takes in one event and appends what is to be done about it.
  ///
  /// After `close` nothing has any effect.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - now: The time of the caller's turn; never goes back.
  ///   - actions: Where the actions go, in the order in which they are to be done.
  /// - Complexity: O(log n) in the tasks that wait for another attempt; O(slots) when an engine is
  ///   lost or the run begins to close.
  package mutating func handle(
    _ event: Event,
    at now: Instant,
    into actions: inout ContiguousArray<Action>
  ) {
    if case .closed = phase { return }
    switch event {
    case .perEngineDefined(let start, let stop): definePerEngine(start, stop, into: &actions)
    case .tasks(let first, let count): offer(first, count)
    case .skipped(let first, let count, let failures): skip(first, count, failures)
    case .barrier(let id, let check): append(barrier: id, check)
    case .endOfSteps: endFeed()
    case .feedFailed: close(.feedFailed, .finish, at: now, into: &actions)
    case .engineLaunching(let engine, let context, let replaced):
      launching(engine, context, replacing: replaced, into: &actions)
    case .engineIsolated(let engine, let context, let task):
      isolating(engine, context, for: task, into: &actions)
    case .engineJoined(let engine, let context, let slots, let isLeased):
      joined(engine, context, slots, isLeased, at: now, into: &actions)
    case .engineFailedToStart(let engine): failedToStart(engine)
    case .engineHeard(let engine): heard(engine, at: now)
    case .perEngineEnded(let engine, let when, let index, let outcome, let cause):
      perEngineEnded(engine, when, index, outcome, cause, at: now, into: &actions)
    case .perEngineDone(let engine, let when): perEngineDone(engine, when, at: now)
    case .engineLeft(let engine): left(engine, at: now, into: &actions)
    case .engineTold(let engine, let signal): told(engine, signal, at: now, into: &actions)
    case .engineLost(let engine, let reason): lost(engine, reason, at: now, into: &actions)
    case .taskEnded(let task, let attempt, let engine, let slot, let outcome, let cause):
      taskEnded(task, attempt, engine, slot, outcome, cause, at: now, into: &actions)
    case .rowsWritten(let row): rowsWritten(upTo: row)
    case .writerFailed: writerFailed(at: now, into: &actions)
    case .stop(let mode): stop(mode, at: now, into: &actions)
    case .retireEngine(let engine, let mode): retire(engine, mode, at: now, into: &actions)
    case .stopContext(let context, let mode): stop(context, mode, at: now, into: &actions)
    case .time:
      giveDueVerdicts(at: now, into: &actions)
      lookAtDeadlines(at: now, into: &actions)
    }
    settle(at: now, into: &actions)
  }

  /// Does all that the last event made possible.
  private mutating func settle(at now: Instant, into actions: inout ContiguousArray<Action>) {
    if hasNewFailure { weighFailures(at: now, into: &actions) }
    if phase.isOpen { startTasks(at: now, into: &actions) }
    if phase.isOpen { concludeIfNothingIsLeft(at: now, into: &actions) }
    finishClosing(into: &actions)
    requestSteps(into: &actions)
    armWake(at: now, into: &actions)
  }

  /// Asks to be woken for the next deadline, unless it is awaited already.
  private mutating func armWake(at now: Instant, into actions: inout ContiguousArray<Action>) {
    if case .closed = phase { return }
    var next = engineDeadline
    if let due = held.first?.until { next = min(next ?? due, due) }
    if phase.isOpen, let due = retries.first?.due, due > now { next = min(next ?? due, due) }
    guard let next, armed.map({ next < $0 }) ?? true else { return }
    armed = next
    actions.append(.wake(at: next))
  }
}
