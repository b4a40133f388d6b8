import TaskScheduler
import Testing

/// Ten million tasks through the scheduler, with a performer that does nothing.
///
/// Unoptimised builds take a tenth of them: what is shown is that the state does not grow.
@Suite struct VolumeTests {
  #if DEBUG
  private static let taskCount: Int64 = 1_000_000
  #else
  private static let taskCount: Int64 = 10_000_000
  #endif

  @Test(arguments: [Self.taskCount, 1])
  func `ten million tasks leave nothing behind, in one step or in as many`(stepSize: Int64) {
    var performer = IdlePerformer(taskCount: Self.taskCount, stepSize: stepSize, slots: 64)
    performer.run()
    #expect(performer.closed == .completed)
    #expect(performer.scheduler.tally.done == Self.taskCount)
    #expect(performer.largestFootprint <= 10_000 + 64)
    #expect(performer.scheduler.footprint == 0)
  }
}

/// Says of every task that it ended as soon as it is started.
private struct IdlePerformer {
  var scheduler = Scheduler(policy: Policy())
  let taskCount: Int64
  let stepSize: Int64
  private(set) var closed: ExitReason?
  private(set) var largestFootprint = 0
  private var nextTask: Int64 = 0
  private var credit = 0
  private var events: ContiguousArray<Event> = []
  private var lastRow = RowNumber.none

  init(taskCount: Int64, stepSize: Int64, slots: Int32) {
    self.taskCount = taskCount
    self.stepSize = stepSize
    events = [
      .engineJoined(EngineID(0), ContextID(0), slots: slots, isLeased: false),
      .perEngineDefined(startCount: 0, stopCount: 0),
    ]
  }

  mutating func run() {
    var actions: ContiguousArray<Action> = []
    var turn: ContiguousArray<Event> = []
    let now = Instant(nanoseconds: 0)
    while closed == nil {
      swap(&turn, &events)
      events.removeAll(keepingCapacity: true)
      actions.removeAll(keepingCapacity: true)
      precondition(!turn.isEmpty, "something is always going on")
      for event in turn { scheduler.handle(event, at: now, into: &actions) }
      let row = lastRow
      for action in actions { perform(action) }
      feed()
      if lastRow > row { events.append(.rowsWritten(upTo: lastRow)) }
      largestFootprint = max(largestFootprint, scheduler.footprint)
    }
  }

  private mutating func perform(_ action: Action) {
    switch action {
    case .requestSteps(let count): credit += count
    case .start(let task, let attempt, let engine, let slot):
      events.append(.taskEnded(engine, AttemptEnd(task, attempt, in: slot, .exited(0), .itself)))
    case .record(_, _, counts: _, let row): lastRow = row
    case .release(let engine, limit: _): events.append(.engineLeft(engine))
    case .close(let reason): closed = reason
    case .hold, .isolate, .blame, .runPerEngine, .recordPerEngine, .recordBarrier, .endTask,
      .abandon, .relaunch,
      .wake:
      break
    }
  }

  private mutating func feed() {
    while credit > 0, nextTask < taskCount {
      events.append(.tasks(first: TaskID(nextTask), count: stepSize))
      nextTask += stepSize
      credit -= 1
      if nextTask == taskCount { events.append(.endOfSteps) }
    }
  }
}
