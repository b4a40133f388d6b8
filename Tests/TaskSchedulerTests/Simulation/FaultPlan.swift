import TaskScheduler
import TestSupport

extension Scenario {
  /// The scenario of a seed: small or larger, and with some kinds of faults but never all of them.
  static func swarm(_ seed: UInt64) -> Scenario {
    var random = SplitMix(seed: seed)
    var scenario = Scenario(seed: random.next())
    scenario.planSteps(&random)
    scenario.planPolicy(&random)
    scenario.planEngines(&random)
    scenario.planChances(&random)
    scenario.planFaults(&random)
    if random.pick([true, false, false, false]) { scenario.drawKillers(&random) }
    // Some meetings are too rare to be left to chance alone.
    switch random.pick([0, 0, 0, 0, 1, 2, 3, 4, 5]) {
    case 1: scenario.planSilence(&random)
    case 2: scenario.planStubbornness(&random)
    case 3: scenario.planSevering(&random)
    case 4: scenario.planStorm(&random)
    case 5: scenario.planKillers(&random)
    default: break
    }
    return scenario
  }

  private mutating func planSteps(_ random: inout SplitMix) {
    let barrierWeight = random.pick([0, 0, 1, 2, 4])
    let skipWeight = random.pick([0, 0, 0, 1, 3])
    for _ in 0..<Int.random(in: 0...20, using: &random) {
      switch Int.random(in: 0..<8 + barrierWeight + skipWeight, using: &random) {
      case 0..<6: steps.append(.tasks(1))
      case 6..<8: steps.append(.tasks(Int64.random(in: 0...8, using: &random)))
      case 8..<8 + barrierWeight: steps.append(.barrier(check: random.pick([true, false])))
      default:
        let count = Int64.random(in: 1...4, using: &random)
        steps.append(.skipped(count, failures: random.pick([0, 0, 0, count])))
      }
    }
    startCount = random.pick([0, 0, 0, 1, 2])
    stopCount = random.pick([0, 0, 0, 1, 2])
    feedFails = random.pick([true] + Array(repeating: false, count: 9))
  }

  private mutating func planPolicy(_ random: inout SplitMix) {
    policy.failFast = random.pick([true] + Array(repeating: false, count: 7))
    policy.halt = random.pick([
      nil, nil, nil, nil, nil, nil, Halt(.now, at: .count(2)), Halt(.soon, at: .count(2)),
      Halt(.now, at: .percent(30)), Halt(.soon, at: .percent(20)),
    ])
    policy.retries = random.pick([0, 0, 1, 3])
    policy.retryOn = random.pick([nil, nil, nil, [1], [-11]])
    policy.retriesTimeouts = policy.retryOn == [1]
    policy.retryDelay = random.pick([.zero, .milliseconds(100), .seconds(2)])
    policy.retryGrowthPercent = random.pick([100, 200])
    policy.retryJitterPercent = random.pick([0, 0, 50])
    policy.contextTaskLimit = random.pick([nil, nil, nil, nil, nil, 1, 5])
    policy.requeuesLost = random.pick([true, true, true, false])
    policy.relaunchLimit = random.pick([0, 1, 5])
    policy.isolationLimit = random.pick([1, 2, 8])
    policy.silenceLimit = .seconds(9)
    policy.grace = .seconds(random.pick([1, 2]))
    policy.answerLimit = .seconds(random.pick([1, 4]))
    policy.staysOpen = random.pick([true] + Array(repeating: false, count: 9))
    policy.stepLimit = random.pick([1, 2, 3, 10, 10_000])
    timeout = random.pick([nil, nil, nil, .milliseconds(50), .seconds(2)])
  }

  private mutating func planEngines(_ random: inout SplitMix) {
    let locality = random.pick([[true], [false], [false], [true, false]])
    for number in 0..<Int.random(in: 1...4, using: &random) {
      var engine = PlannedEngine()
      engine.context = ContextID(random.pick([0, 0, 1]))
      engine.slots = Int32.random(in: 1...4, using: &random)
      engine.isLocal = random.pick(locality)
      engine.failsToStart = random.pick([true] + Array(repeating: false, count: 9))
      engine.arrival = .milliseconds(random.pick([0, 10, 10, 500, 20_000]))
      engine.clockOffset = .milliseconds(Int64.random(in: -50_000...50_000, using: &random))
      engine.room = random.pick([nil, nil, nil, 0, 1, 2])
      engine.isAddedLater = policy.staysOpen && number > 0 && !engine.failsToStart
      engines.append(engine)
    }
  }

  private mutating func planChances(_ random: inout SplitMix) {
    chances.failure = random.pick([0, 0, 5, 30, 90])
    chances.signal = random.pick([0, 0, 10])
    chances.endSignal = random.pick([0, 0, 0, 10, 50])
    chances.spawnFailure = random.pick([0, 0, 0, 10])
    chances.refusal = random.pick([0, 0, 0, 0, 10, 50])
    shortageEnd = Instant(nanoseconds: 0) + .seconds(random.pick([0, 0, 2, 30, 400]))
    chances.stubborn = random.pick([0, 20, 100])
    chances.polite = random.pick([0, 30])
    chances.perEngineFailure = random.pick([0, 0, 40])
    chances.duplicate = random.pick([0, 0, 20])
    chances.relaunchFailure = random.pick([0, 30])
    delays.task = random.pick([0, 100, 5_000, 20_000])
    delays.network = random.pick([0, 5, 500])
    delays.writer = random.pick([0, 5, 3_000])
    delays.feed = random.pick([0, 5, 2_000])
    delays.signal = random.pick([0, 20, 500])
  }

  private mutating func planFaults(_ random: inout SplitMix) {
    // Which kinds exist in this world is drawn first, so that rare meetings of two kinds happen.
    let kinds = (0..<10).filter { _ in random.pick([true, false, false]) }
    let latest: Int64 = random.pick([100, 3_000, 10_000, 40_000])
    for kind in kinds {
      for _ in 0..<random.pick([1, 1, 2, 4]) {
        let at =
          Instant(nanoseconds: 0) + .milliseconds(Int64.random(in: 0...latest, using: &random))
        faults.append(Fault(moment: .at(at), kind: drawFault(kind, &random)))
      }
    }
    guard policy.staysOpen else { return }
    // With nobody to add engines by hand, someone must lose patience.
    let end = Instant(nanoseconds: 0) + .seconds(1800)
    faults.append(Fault(moment: .at(end), kind: .stop(.interrupt)))
  }

  /// Long tasks on engines with a lease, some of which cannot be reached for a while.
  private mutating func planSilence(_ random: inout SplitMix) {
    delays.task = 20_000
    engines = (0..<Int.random(in: 2...4, using: &random)).map { _ in
      PlannedEngine(slots: random.pick([1, 3]), isLocal: false)
    }
    for _ in 0..<random.pick([1, 2, 3]) {
      let at = Instant(nanoseconds: 0) + .milliseconds(Int64.random(in: 0...15_000, using: &random))
      let (toDriver, toEngine) = random.pick([(true, true), (true, false), (false, true)])
      let length = Interval.seconds(Int64.random(in: 3...30, using: &random))
      let engine = Int.random(in: 0..<engines.count, using: &random)
      let kind = Fault.Kind.partition(engine, toDriver: toDriver, toEngine: toEngine, length)
      faults.append(Fault(moment: .at(at), kind: kind))
      // Answers that were held up come when the driver hears nothing any more.
      let hold = Fault.Kind.partition(engine, toDriver: false, toEngine: true, .milliseconds(5_500))
      if toDriver, random.pick([true, false]) {
        faults.append(Fault(moment: .at(at + .milliseconds(-1_000)), kind: hold))
      }
    }
  }

  /// Engines on this machine that are cut off and take a while to die.
  private mutating func planSevering(_ random: inout SplitMix) {
    delays.task = 5_000
    delays.signal = random.pick([500, 3_000])
    delays.network = 5
    engines = (0..<Int.random(in: 2...4, using: &random)).map { _ in
      PlannedEngine(slots: random.pick([1, 3]), isLocal: true)
    }
    for _ in 0..<random.pick([1, 2]) {
      let at = Instant(nanoseconds: 0) + .milliseconds(Int64.random(in: 20...5_000, using: &random))
      let engine = Int.random(in: 0..<engines.count, using: &random)
      let kind = random.pick([Fault.Kind.linkCloses(engine), .engineDies(engine)])
      faults.append(Fault(moment: .at(at), kind: kind))
    }
  }

  /// Some tasks that kill their engines.
  private mutating func drawKillers(_ random: inout SplitMix) {
    let chance = random.pick([10, 30, 100])
    killers = Set(taskIDs.filter { _ in Int.random(in: 0..<100, using: &random) < chance })
  }

  /// Tasks that kill their engines on this machine, and little else that goes wrong.
  private mutating func planKillers(_ random: inout SplitMix) {
    delays.task = random.pick([100, 5_000])
    delays.signal = random.pick([0, 20])
    policy.requeuesLost = true
    policy.failFast = false
    policy.relaunchLimit = 5
    policy.staysOpen = false
    timeout = nil
    engines = (0..<random.pick([1, 1, 2])).map { _ in
      PlannedEngine(slots: random.pick([1, 3, 8]), isLocal: true)
    }
    chances.relaunchFailure = 0
    drawKillers(&random)
    if random.pick([true, true, false]) { faults = [] }
  }

  /// Signals to everything while many tasks run, several of them in a row.
  private mutating func planStorm(_ random: inout SplitMix) {
    delays.task = random.pick([1_000, 5_000, 20_000])
    delays.network = random.pick([0, 5, 100])
    delays.signal = random.pick([0, 20, 100])
    chances.polite = 30
    for _ in 0..<random.pick([1, 2, 3]) {
      let at = Instant(nanoseconds: 0) + .milliseconds(Int64.random(in: 20...6_000, using: &random))
      let kind = Fault.Kind.signal(
        random.pick(EndSignal.allCases),
        within: .milliseconds(random.pick([0, 20, 300, 700])),
        sparesDriver: random.pick([true, true, false])
      )
      faults.append(Fault(moment: .at(at), kind: kind))
    }
  }

  /// Tasks that take no notice of SIGTERM on engines that hang when they are to leave.
  private mutating func planStubbornness(_ random: inout SplitMix) {
    delays.task = random.pick([5_000, 20_000])
    chances.stubborn = random.pick([50, 100])
    for _ in 0..<random.pick([1, 2]) {
      let at = Instant(nanoseconds: 0) + .milliseconds(Int64.random(in: 50...5_000, using: &random))
      let engine = Int.random(in: 0..<engines.count, using: &random)
      let hang = Interval.seconds(random.pick([1, 20]))
      faults.append(Fault(moment: .at(at), kind: .engineHangs(engine, hang)))
      let end = random.pick([Fault.Kind.retire(engine, .now), .stop(.interrupt), .stop(.killNow)])
      faults.append(Fault(moment: .at(at + .milliseconds(10)), kind: end))
    }
  }

  private func drawFault(_ kind: Int, _ random: inout SplitMix) -> Fault.Kind {
    let engine = Int.random(in: 0..<6, using: &random)
    let length = Interval.milliseconds(random.pick([100, 2_000, 7_000, 20_000, 20_000, 60_000]))
    let mode = random.pick([RetireMode.afterTasks, .now, .replaced])
    switch kind {
    case 0: return .engineDies(engine)
    case 1: return .linkCloses(engine)
    case 2, 3:
      let (toDriver, toEngine) = random.pick([(true, true), (true, false), (false, true)])
      return .partition(engine, toDriver: toDriver, toEngine: toEngine, length)
    case 4: return .engineHangs(engine, length)
    case 5: return .stop(random.pick([.drain, .interrupt, .interrupt, .killNow]))
    case 6: return .retire(engine, mode)
    case 8:
      return .signal(
        random.pick(EndSignal.allCases),
        within: .milliseconds(random.pick([0, 20, 300, 1_500])),
        sparesDriver: random.pick([true, false])
      )
    case 7: return .stopContext(ContextID(random.pick([0, 1])), mode)
    default: return random.pick([.writerFails, .driverDies])
    }
  }
}
