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
  /// Engines that serve and have a free slot, each once; others among them are skipped.
  var ring = RingQueue<EngineID>()

  /// Steps of which something is still to start, in file order.
  var queue = RingQueue<Step>()
  var retries = RetrySet()
  /// Verdicts that wait, those that are due first in front.
  var held = RingQueue<HeldVerdict>()
  /// Whether the run was told to stop, or to start no more.
  var isToldToStop = false
  var isToldToDrain = false
  /// Tasks that may have killed their engine, on their way to an engine of their own.
  var suspects = Suspects()
  /// Steps asked for and not offered yet.
  var requestedSteps = 0
  /// The smallest id that the next step may have.
  var nextTask = TaskID(0)
  var perEngineCounts: (start: Int32, stop: Int32)?

  /// Failures since the last barrier.
  var failuresSinceBarrier: Int64 = 0

  /// Rows that were asked for, and how many of them are written.
  var rows = RowLedger()
  /// How many engines there are, of each kind.
  var counts = EngineCounts()

  /// No engine's lease, time to answer or want of room ends before this.
  var engineDeadline: Instant?
  /// The moment last asked for by `wake`, while it has not come.
  var armed: Instant?
  /// Whether something failed since the limits of failures were last looked at.
  var hasNewFailure = false

  /// Creates the scheduler of a run that has not begun.
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
    Decision.make(at: now, into: &actions) { decision in
      handle(event, into: &decision)
      settle(into: &decision)
    }
  }

  private mutating func handle(_ event: Event, into decision: inout Decision<Action>) {
    switch event {
    case .perEngineDefined(let start, let stop): definePerEngine(start, stop, into: &decision)
    case .tasks(let first, let count): offer(first, count)
    case .skipped(let first, let count, let failures): skip(first, count, failures)
    case .barrier(let id, let check): append(barrier: id, check)
    case .endOfSteps: endFeed()
    case .feedFailed: close(.feedFailed, .finish, into: &decision)
    case .engineLaunching(let engine, let context, let replaced):
      launching(engine, context, replacing: replaced, into: &decision)
    case .engineIsolated(let engine, let context, let task):
      isolating(engine, context, for: task, into: &decision)
    case .engineJoined(let engine, let context, let slots, let isLeased):
      joined(engine, context, slots, isLeased, into: &decision)
    case .engineFailedToStart(let engine): failedToStart(engine)
    case .engineHeard(let engine): heard(engine, at: decision.now)
    case .perEngineEnded(let engine, let end): perEngineEnded(engine, end, into: &decision)
    case .perEngineDone(let engine, let moment): perEngineDone(engine, moment, at: decision.now)
    case .engineLeft(let engine): left(engine, into: &decision)
    case .engineTold(let engine, let signal): told(engine, signal, into: &decision)
    case .engineLost(let engine, let reason): lost(engine, reason, into: &decision)
    case .taskEnded(let engine, let end): taskEnded(end, on: engine, into: &decision)
    case .rowsWritten(let row): rowsWritten(upTo: row)
    case .writerFailed: writerFailed(into: &decision)
    case .stop(let mode): stop(mode, into: &decision)
    case .retireEngine(let engine, let mode): retire(engine, mode, into: &decision)
    case .stopContext(let context, let mode): stop(context, mode, into: &decision)
    case .time:
      giveDueVerdicts(into: &decision)
      lookAtDeadlines(into: &decision)
    }
  }

  /// Does all that the last event made possible.
  private mutating func settle(into decision: inout Decision<Action>) {
    if !suspects.queued.isEmpty { isolateQueued(into: &decision) }
    if hasNewFailure { weighFailures(into: &decision) }
    if phase.isOpen { startTasks(into: &decision) }
    if phase.isOpen { concludeIfNothingIsLeft(into: &decision) }
    // A run that closes lets go of those that still wait.
    if !phase.isOpen, !suspects.queued.isEmpty { isolateQueued(into: &decision) }
    finishClosing(into: &decision)
    requestSteps(into: &decision)
    armWake(into: &decision)
  }

  /// Asks to be woken for the next deadline, unless it is awaited already.
  private mutating func armWake(into decision: inout Decision<Action>) {
    if case .closed = phase { return }
    var next = engineDeadline
    if let due = held.first?.until { next = min(next ?? due, due) }
    if phase.isOpen, let due = retries.first?.due, due > decision.now {
      next = min(next ?? due, due)
    }
    guard let next, armed.map({ next < $0 }) ?? true else { return }
    armed = next
    decision.append(.wake(at: next))
  }
}
