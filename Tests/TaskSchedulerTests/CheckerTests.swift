import TaskScheduler
import Testing

/// A history that no run may have, and the checker that must say so.
struct WrongHistory: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let checker: any Checker & Sendable
  let facts: [Observation]
}

@Suite struct CheckerTests {
  @Test(arguments: slotHistories + startHistories + countingHistories)
  func `a wrong history of attempts is complained about, at its last fact`(wrong: WrongHistory) {
    Self.expectComplaint(wrong)
  }

  @Test(arguments: barrierHistories + perEngineHistories + limitHistories + roomHistories)
  func `a wrong history of a run is complained about, at its last fact`(wrong: WrongHistory) {
    Self.expectComplaint(wrong)
  }

  @Test func `an engine left behind is complained about`() {
    var scenario = Scenario()
    scenario.engines = [Scenario.PlannedEngine()]
    var world = World(scenario)
    #expect(world.run() == nil)
    world.hosts[0].isAlive = true
    #expect(world.run() != nil)
  }

  @Test func `a run without an end is complained about`() {
    var scenario = Scenario()
    scenario.policy.staysOpen = true
    scenario.steps = [.tasks(1)]
    var world = World(scenario)
    #expect(world.run()?.contains("never closed") == true)
  }

  static func expectComplaint(_ wrong: WrongHistory) {
    var checker = wrong.checker
    var complaints = wrong.facts.map {
      checker.complaint(about: $0, at: Instant(nanoseconds: 0)) != nil
    }
    #expect(complaints.popLast() == true)
    #expect(!complaints.contains(true), "the history was wrong before its last fact")
  }
}

// Short spellings, so that a history reads as a sentence.

private func started(
  _ task: Int64,
  _ attempt: Int32 = 1,
  slot: Int32 = 0,
  engine: Int32 = 0
)
  -> Observation
{
  .started(
    TaskID(task),
    Attempt(attempt),
    EngineID(engine),
    SlotIndex(slot),
    ContextID(0)
  )
}

// More than five: all but a few have the value that most tests want.
private func recorded(
  _ task: Int64,
  _ attempt: Int32 = 1,
  _ outcome: Outcome = .exited(0),
  _ cause: EndCause = .itself,
  slot: Int32 = 0,
  counts: Bool = true,
  row: Int64
) -> Observation {
  .recorded(
    EngineID(0),
    AttemptEnd(TaskID(task), Attempt(attempt), in: SlotIndex(slot), outcome, cause),
    counts: counts,
    RowNumber(row)
  )
}

private func written(_ row: Int64) -> Observation { .written(RowNumber(row)) }

private func offered(_ count: Int64) -> Observation { .offered(TaskID(0), count: count) }

private func spawned(_ task: Int64, _ attempt: Int32 = 1, engine: Int32 = 0) -> Observation {
  .spawned(TaskID(task), Attempt(attempt), EngineID(engine))
}

private func barrier(
  _ id: Int64,
  check: Bool = false,
  failures: Int64 = 0,
  row: Int64
)
  -> Observation
{
  .barrierRecorded(TaskID(id), check: check, failures: failures, RowNumber(row))
}

private func perEngine(_ moment: PerEngineMoment, _ index: Int32) -> Observation {
  .perEngineSpawned(EngineID(0), moment, index: index)
}

private func ended(_ moment: PerEngineMoment, _ index: Int32) -> Observation {
  .perEngineVanished(EngineID(0), moment, index: index)
}

private let slotHistories = [
  WrongHistory(
    testDescription: "two tasks in a slot",
    checker: SlotChecker(),
    facts: [started(0), started(1)]
  ),
  WrongHistory(
    testDescription: "a slot used before its row is written",
    checker: SlotChecker(),
    facts: [started(0), recorded(0, row: 1), started(1)]
  ),
  WrongHistory(
    testDescription: "rows acknowledged backwards",
    checker: SlotChecker(),
    facts: [written(2), written(1)]
  ),
  WrongHistory(
    testDescription: "closed while a task runs",
    checker: SlotChecker(),
    facts: [started(0), .closed(.completed)]
  ),
]

private let startHistories = [
  WrongHistory(
    testDescription: "an end without a start",
    checker: StartChecker(),
    facts: [recorded(0, row: 1)]
  ),
  WrongHistory(
    testDescription: "two ends of one start",
    checker: StartChecker(),
    facts: [started(0), recorded(0, row: 1), recorded(0, counts: false, row: 2)]
  ),
  WrongHistory(
    testDescription: "a late report that counts",
    checker: StartChecker(),
    facts: [started(0), recorded(0, 1, .lost, counts: false, row: 1), recorded(0, row: 2)]
  ),
  WrongHistory(
    testDescription: "an attempt left out",
    checker: StartChecker(),
    facts: [started(0), started(0, 3, slot: 1)]
  ),
  WrongHistory(
    testDescription: "a start without an end",
    checker: StartChecker(),
    facts: [started(0), .closed(.completed)]
  ),
  WrongHistory(
    testDescription: "two attempts at a time",
    checker: OverlapChecker(),
    facts: [spawned(0), spawned(0, 2, engine: 1)]
  ),
]

private let countingHistories = [
  WrongHistory(
    testDescription: "a task that counts twice",
    checker: CountingChecker(),
    facts: [offered(1), started(0), recorded(0, row: 1), recorded(0, 2, row: 2)]
  ),
  WrongHistory(
    testDescription: "a task that ended starts again",
    checker: CountingChecker(),
    facts: [offered(1), started(0), recorded(0, row: 1), started(0, 2)]
  ),
  WrongHistory(
    testDescription: "a task from nowhere",
    checker: CountingChecker(),
    facts: [started(0)]
  ),
  WrongHistory(
    testDescription: "tasks out of order",
    checker: CountingChecker(),
    facts: [offered(2), started(1), started(0)]
  ),
  WrongHistory(
    testDescription: "an ended task that counts",
    checker: CountingChecker(),
    facts: [offered(1), started(0), recorded(0, 1, .signalled(15), .ordered, row: 1)]
  ),
  WrongHistory(
    testDescription: "a success that does not count",
    checker: CountingChecker(),
    facts: [offered(1), started(0), recorded(0, counts: false, row: 1)]
  ),
  WrongHistory(
    testDescription: "completed with tasks left",
    checker: CountingChecker(),
    facts: [offered(2), started(0), recorded(0, row: 1), .closed(.completed)]
  ),
]

private let barrierHistories = [
  WrongHistory(
    testDescription: "a task passes a barrier",
    checker: BarrierChecker(),
    facts: [offered(1), .barrierOffered(TaskID(1)), started(0), started(2)]
  ),
  WrongHistory(
    testDescription: "a barrier met too early",
    checker: BarrierChecker(),
    facts: [offered(1), .barrierOffered(TaskID(1)), started(0), barrier(1, row: 1)]
  ),
  WrongHistory(
    testDescription: "barriers out of order",
    checker: BarrierChecker(),
    facts: [.barrierOffered(TaskID(0)), .barrierOffered(TaskID(1)), barrier(1, row: 1)]
  ),
  WrongHistory(
    testDescription: "a barrier passed before its row is written",
    checker: BarrierChecker(),
    facts: [.barrierOffered(TaskID(0)), barrier(0, row: 1), started(1)]
  ),
  WrongHistory(
    testDescription: "a failure overlooked",
    checker: BarrierChecker(),
    facts: [
      offered(1), .barrierOffered(TaskID(1)), started(0), recorded(0, 1, .exited(1), row: 1),
      barrier(1, check: true, row: 2),
    ]
  ),
  WrongHistory(
    testDescription: "a skipped failure overlooked",
    checker: BarrierChecker(),
    facts: [
      .skipped(TaskID(0), count: 1, failures: 1), .barrierOffered(TaskID(1)),
      barrier(1, check: true, row: 1),
    ]
  ),
  WrongHistory(
    testDescription: "a start after a failed CHECK",
    checker: BarrierChecker(),
    facts: [
      .skipped(TaskID(0), count: 1, failures: 1), .barrierOffered(TaskID(1)),
      barrier(1, check: true, failures: 1, row: 1), written(1), started(2),
    ]
  ),
  WrongHistory(
    testDescription: "completed after a failed CHECK",
    checker: BarrierChecker(),
    facts: [
      .skipped(TaskID(0), count: 1, failures: 1), .barrierOffered(TaskID(1)),
      barrier(1, check: true, failures: 1, row: 1), .closed(.completed),
    ]
  ),
]

private let perEngineHistories = [
  WrongHistory(
    testDescription: "a task before START",
    checker: PerEngineChecker(startCount: 1, stopCount: 0),
    facts: [spawned(0)]
  ),
  WrongHistory(
    testDescription: "START commands out of order",
    checker: PerEngineChecker(startCount: 2, stopCount: 0),
    facts: [perEngine(.start, 1)]
  ),
  WrongHistory(
    testDescription: "two commands at a time",
    checker: PerEngineChecker(startCount: 2, stopCount: 0),
    facts: [perEngine(.start, 0), perEngine(.start, 1)]
  ),
  WrongHistory(
    testDescription: "STOP while a task runs",
    checker: PerEngineChecker(startCount: 0, stopCount: 1),
    facts: [spawned(0), perEngine(.stop, 0)]
  ),
  WrongHistory(
    testDescription: "a task after STOP",
    checker: PerEngineChecker(startCount: 0, stopCount: 1),
    facts: [perEngine(.stop, 0), ended(.stop, 0), spawned(0)]
  ),
  WrongHistory(
    testDescription: "START after STOP",
    checker: PerEngineChecker(startCount: 1, stopCount: 1),
    facts: [perEngine(.stop, 0), ended(.stop, 0), perEngine(.start, 0)]
  ),
]

private let limitHistories: [WrongHistory] = {
  var policy = Policy()
  policy.contextTaskLimit = 1
  policy.failFast = true
  policy.retries = 1
  policy.retryDelay = .seconds(1)
  let checker = LimitChecker(policy: policy)
  var halting = Policy()
  halting.halt = Halt(.soon, at: .count(1))
  let failure = recorded(0, 1, .exited(1), row: 1)
  let retried = recorded(0, 1, .exited(1), counts: false, row: 1)
  return [
    WrongHistory(
      testDescription: "too many tasks in a context",
      checker: checker,
      facts: [started(0), started(1)]
    ),
    WrongHistory(
      testDescription: "a start after a failure under fail-fast",
      checker: checker,
      facts: [failure, started(1)]
    ),
    WrongHistory(
      testDescription: "a start after a halt",
      checker: LimitChecker(policy: halting),
      facts: [failure, started(1)]
    ),
    WrongHistory(
      testDescription: "a retry too early",
      checker: checker,
      facts: [retried, started(0, 2)]
    ),
    WrongHistory(
      testDescription: "a retry too many",
      checker: checker,
      facts: [retried, recorded(0, 2, .exited(1), counts: false, row: 2)]
    ),
    WrongHistory(
      testDescription: "a task lost too often",
      checker: LimitChecker(policy: Policy()),
      facts: (1...6).map { recorded(0, $0, .lost, counts: false, row: Int64($0)) }
    ),
    WrongHistory(
      testDescription: "a start after the run was stopped",
      checker: checker,
      facts: [.stopped(.drain), started(0)]
    ),
    WrongHistory(
      testDescription: "a task that outlives its time",
      checker: PromptChecker(taskLimit: Interval(nanoseconds: -1), closeLimit: .zero),
      facts: [spawned(0), .vanished(TaskID(0), .first, EngineID(0))]
    ),
    WrongHistory(
      testDescription: "an interrupt without effect",
      checker: PromptChecker(taskLimit: nil, closeLimit: Interval(nanoseconds: -1)),
      facts: [.stopped(.interrupt), .closed(.stopped(.interrupt))]
    ),
    WrongHistory(
      testDescription: "a start after the run closed",
      checker: checker,
      facts: [.closed(.completed), started(0)]
    ),
  ]
}()

private let roomHistories: [WrongHistory] = {
  let checker = CapacityChecker(policy: Policy())
  let refused = recorded(1, 1, .refused(errno: 11), counts: false, row: 1)
  return [
    WrongHistory(
      testDescription: "a start on a machine that has just refused one",
      checker: checker,
      facts: [started(0), started(1), refused, started(2)]
    ),
    WrongHistory(
      testDescription: "a task that failed for want of room while another ran",
      checker: checker,
      facts: [started(0), started(1), recorded(1, 1, .refused(errno: 11), row: 1)]
    ),
  ]
}()
