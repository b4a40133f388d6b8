import TaskScheduler
import Testing

/// Engines as the driver sees them.
@Suite struct EngineLifeTests {
  @Test func `an engine serves when its START commands have ended, failed or not`() {
    var rig = Rig()
    rig.join(0)
    #expect(
      rig.send(.perEngineDefined(startCount: 1, stopCount: 0)).first
        == .runPerEngine(EngineID(0), .start)
    )
    #expect(rig.offer(1) == [])
    rig.send(.perEngineEnded(EngineID(0), PerEngineEnd(.start, 0, .exited(1), .itself)))
    #expect(rig.send(.perEngineDone(EngineID(0), .start)) == [.start(0)])
    #expect(rig.scheduler.tally.startsFailed == 1)
  }

  @Test func `a STOP that failed is a failure, unless the run cut it short`() {
    var rig = Rig()
    rig.send(.perEngineDefined(startCount: 0, stopCount: 2))
    rig.join(0)
    rig.send(.endOfSteps)
    rig.send(.perEngineEnded(EngineID(0), PerEngineEnd(.stop, 0, .signalled(15), .ordered)))
    #expect(!rig.scheduler.tally.hasFailures)
    rig.send(.perEngineEnded(EngineID(0), PerEngineEnd(.stop, 1, .exited(3), .itself)))
    #expect(rig.scheduler.tally.hasFailures)
  }

  @Test func `a few tasks spread over the engines`() {
    var rig = Rig.serving(slots: 2)
    rig.join(1, slots: 2)
    let starts = rig.offer(3)
    #expect(starts == [.start(0), .start(1, engine: 1), .start(2, slot: 1)])
  }

  @Test func `a retired engine ends what it has, gets no more, and leaves`() {
    var rig = Rig.serving(slots: 2)
    rig.join(1)
    rig.offer(3)
    #expect(rig.send(.retireEngine(EngineID(0), .afterTasks)) == [])
    #expect(rig.offer(1) == [])
    rig.end(0)
    #expect(rig.end(2, slot: 1).contains(.release(EngineID(0), limit: nil)))
    #expect(rig.send(.engineLeft(EngineID(0))) == [])
    #expect(rig.end(1, engine: 1).last == .start(3, engine: 1))
  }

  @Test func `the tasks of an engine retired at once run again elsewhere`() {
    var rig = Rig.serving()
    rig.join(1)
    rig.offer(1)
    let end = Action.endTask(TaskID(0), EngineID(0), SlotIndex(0), .terminate)
    #expect(rig.send(.retireEngine(EngineID(0), .now)).contains(end))
    let actions = rig.end(0, .signalled(15), .ordered)
    #expect(actions.contains(.start(0, attempt: 2, engine: 1)))
  }

  @Test func `a stopped context lets go of its engines and takes no new ones`() {
    var rig = Rig.serving()
    rig.join(1, context: 1)
    #expect(
      rig.send(.stopContext(ContextID(0), .afterTasks)) == [.release(EngineID(0), limit: nil)]
    )
    #expect(rig.join(2) == [.abandon(EngineID(2))])
    #expect(rig.offer(1) == [.start(0, engine: 1)])
  }

  @Test func `a silent engine's tasks go to others after the whole limit, not before`() {
    var policy = Policy()
    policy.silenceLimit = .seconds(90)
    var rig = Rig(policy)
    rig.send(.perEngineDefined(startCount: 0, stopCount: 0))
    rig.join(0, isLeased: true)
    rig.join(1)
    rig.offer(1)
    rig.send(.engineHeard(EngineID(0)), after: .seconds(60))
    #expect(!rig.send(.time, after: .seconds(89)).contains(.abandon(EngineID(0))))
    let actions = rig.send(.time, after: .seconds(1))
    #expect(actions.first == .abandon(EngineID(0)))
    #expect(actions.contains(.start(0, attempt: 2, engine: 1)))
  }

  @Test func `a closed link to an engine on a lease proves nothing before the lease is over`() {
    var policy = Policy()
    policy.silenceLimit = .seconds(90)
    var rig = Rig(policy)
    rig.send(.perEngineDefined(startCount: 0, stopCount: 0))
    rig.join(0, isLeased: true)
    rig.join(1)
    rig.offer(1)
    #expect(rig.send(.engineLost(EngineID(0), .linkClosed)) == [])
    let actions = rig.send(.time, after: .seconds(90))
    #expect(actions.contains(.start(0, attempt: 2, engine: 1)))
  }

  @Test func `an engine known dead loses its tasks at once, and they run on engines of their own`()
  {
    var rig = Rig.serving()
    rig.join(1)
    rig.offer(1)
    let actions = rig.send(.engineLost(EngineID(0), .died))
    #expect(actions.contains(.isolate(TaskID(0), beside: EngineID(0), SlotIndex(0))))
    rig.isolated(2, for: 0)
    #expect(rig.join(2) == [.start(0, attempt: 2, engine: 2)])
  }

  @Test func `a late report is recorded once and changes nothing`() {
    var rig = Rig.serving()
    rig.join(1)
    rig.offer(1)
    rig.send(.engineLost(EngineID(0), .died))
    rig.isolated(2, for: 0)
    rig.join(2)
    let late = Event.taskEnded(
      EngineID(0),
      AttemptEnd(TaskID(0), .first, in: SlotIndex(0), .exited(0), .itself)
    )
    let row = Action.record(
      EngineID(0),
      AttemptEnd(TaskID(0), .first, in: SlotIndex(0), .exited(0), .itself),
      counts: false,
      row: RowNumber(2)
    )
    #expect(rig.send(late) == [row])
    #expect(rig.send(late) == [])
    rig.end(0, attempt: 2, engine: 2)
    #expect(rig.scheduler.tally.done == 1)
    #expect(rig.scheduler.tally.late == 1)
  }

  @Test func `a report that comes twice counts once`() {
    var rig = Rig.serving()
    rig.offer(1)
    rig.end(0)
    #expect(rig.end(0) == [])
    #expect(rig.scheduler.tally.done == 1)
  }
}
