import TaskScheduler
import TestSupport

/// A driver, its engines, their children, a network and a writer, in virtual time.
///
/// The decisions are the real ones; everything that acts is fake. The scenario and its seed fix all
/// that happens.
struct World {
  /// What can happen next.
  enum Occurrence {
    case toDriver(Event)
    case driverWakes(Instant)
    case feed
    case written(RowNumber)
    case ping(sentAt: Instant, EngineID)
    case toEngine(EngineID, EngineEvent)
    case engineWakes(EngineID)
    case heartbeat(EngineID)
    case arrives(EngineID)
    case shellEnds(EngineID, childID: Int, Outcome)
    case treeEnds(EngineID, childID: Int)
    case allKilled(EngineID)
    case orphansEnded(EngineID)
    case fault(Scenario.Fault.Kind)
    case kills(EngineID, childID: Int)
    case driverStruck(EndSignal)
    case engineStruck(EngineID, EndSignal)
    case childStruck(EngineID, childID: Int, EndSignal)
  }

  let scenario: Scenario
  var random: SplitMix
  var now = Instant(nanoseconds: 0)
  var agenda = Agenda<Occurrence>()
  var scheduler: Scheduler
  var hosts: [EngineHost] = []
  var checkers: [any Checker]
  var history: [(at: Instant, fact: Observation)] = []
  /// The first thing that was wrong.
  var complaint: String?

  var isDriverAlive = true
  var exitReason: ExitReason?
  var driverWake: Instant?
  var stepIndex = 0
  var nextTask: Int64 = 0
  var credit = 0
  var isFeedScheduled = false
  var isWriterAlive = true
  var lastRow = RowNumber.none
  var reported: Set<AttemptKey> = []
  var lastWrite = Instant(nanoseconds: 0)
  var childCount = 0
  var occurrenceCount = 0
  /// Tasks whose row counts and is on disk; the others run again after a resume.
  var durable: Set<TaskID> = []
  var unwritten: [(RowNumber, TaskID)] = []

  init(_ scenario: Scenario) {
    self.scenario = scenario
    random = SplitMix(seed: scenario.seed)
    scheduler = Scheduler(policy: scenario.policy)
    checkers = [
      SlotChecker(), StartChecker(), OverlapChecker(), CountingChecker(), BarrierChecker(),
      PerEngineChecker(startCount: scenario.startCount, stopCount: scenario.stopCount),
      LimitChecker(policy: scenario.policy), CapacityChecker(policy: scenario.policy),
      PromptChecker(scenario), VerdictChecker(policy: scenario.policy), StrikeChecker(scenario),
      SuspectChecker(scenario),
    ]
  }

  /// Lets everything happen; returns what is wrong, if anything is.
  mutating func run() -> String? {
    for plan in scenario.engines { launch(plan, replacing: nil) }
    let start = scenario.startCount
    let defined = Event.perEngineDefined(startCount: start, stopCount: scenario.stopCount)
    agenda.add(.toDriver(defined), at: now + delay(scenario.delays.feed))
    for fault in scenario.faults {
      if case .at(let instant) = fault.moment { agenda.add(.fault(fault.kind), at: instant) }
    }
    // Neither an endless run nor an endless exchange is progress.
    let end = now + .seconds(4 * 3600)
    while complaint == nil, let (at, what) = agenda.next() {
      now = at
      occurrenceCount += 1
      if now > end || occurrenceCount > 400_000 { return "no progress by \(now)" }
      for fault in scenario.faults where fault.moment == .occurrence(occurrenceCount) {
        strike(fault.kind)
      }
      happen(what)
    }
    return complaint ?? leftBehind
  }

  /// What is wrong with a world in which nothing more will happen.
  private var leftBehind: String? {
    if isDriverAlive { return "the run never closed; it is \(scheduler.phase)" }
    for (index, host) in hosts.enumerated() {
      if host.isAlive { return "engine \(index) was left behind" }
      if !host.children.isEmpty || host.command != nil { return "children of \(index) live on" }
    }
    return nil
  }

  private mutating func happen(_ what: Occurrence) {
    switch what {
    case .toDriver(let event): tell(event)
    case .driverWakes(let instant):
      if driverWake == instant { tell(.time) }
    case .feed: feed()
    case .written(let row):
      guard isWriterAlive, isDriverAlive else { return }
      observe(.written(row))
      durable.formUnion(unwritten.lazy.filter { $0.0 <= row }.map(\.1))
      unwritten.removeAll { $0.0 <= row }
      tell(.rowsWritten(upTo: row))
    case .ping(let sentAt, let engine):
      guard isDriverAlive, hosts[engine.index].isLinkOpen else { return }
      send(.leaseRenewed(sentAt: sentAt), to: engine)
      tell(.engineHeard(engine))
    case .toEngine(let engine, let event): tell(engine, event)
    case .engineWakes(let engine): tell(engine, .time)
    case .heartbeat(let engine): beat(engine)
    case .arrives(let engine): arrive(engine)
    case .shellEnds(let engine, let child, let outcome): shellEnds(engine, child, outcome)
    case .treeEnds(let engine, let child): treeEnds(engine, child)
    case .allKilled(let engine): allKilled(engine)
    case .orphansEnded(let engine): orphansEnded(engine)
    case .fault(let kind): strike(kind)
    case .kills(let engine, let child): kill(engine, by: child)
    case .driverStruck(let signal): strikeDriver(signal)
    case .engineStruck(let engine, let signal): strikeEngine(engine, signal)
    case .childStruck(let engine, let child, let signal): strikeChild(child, signal, of: engine)
    }
  }

  /// Has every checker look at a fact.
  mutating func observe(_ fact: Observation) {
    history.append((now, fact))
    for index in checkers.indices {
      guard complaint == nil, let found = checkers[index].complaint(about: fact, at: now) else {
        continue
      }
      complaint = found
    }
  }

  /// Some time up to `milliseconds`.
  mutating func delay(_ milliseconds: Int64) -> Interval {
    guard milliseconds > 0 else { return .zero }
    if scenario.delays.isFixed { return .milliseconds(milliseconds) }
    return .milliseconds(Int64.random(in: 0...milliseconds, using: &random))
  }

  /// Whether something with so many chances in a hundred happens.
  mutating func happens(_ percent: Int) -> Bool {
    percent > 0 && Int.random(in: 0..<100, using: &random) < percent
  }
}
