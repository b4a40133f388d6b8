import TaskScheduler
import Testing

/// Tasks of an engine that has died by itself: one of them may have killed it.
@Suite struct SuspectTests {
  /// A rig whose engine of so many slots has died with a task in each.
  private static func died(slots: Int32, _ policy: Policy = Policy()) -> (Rig, [Action]) {
    var rig = Rig.serving(slots: slots, policy)
    rig.offer(Int64(slots))
    let actions = rig.send(.engineLost(EngineID(0), .died))
    return (rig, actions)
  }

  private static func isolate(_ task: Int64, _ slot: Int32) -> Action {
    .isolate(TaskID(task), beside: EngineID(0), SlotIndex(slot))
  }

  @Test func `each task of a dead engine gets an engine of its own with the slot that it had`() {
    var (rig, actions) = Self.died(slots: 3)
    for task in Int32(0)..<3 { #expect(actions.contains(Self.isolate(Int64(task), task))) }
    #expect(actions.contains(.relaunch(EngineID(0))))
    for task in Int32(0)..<3 {
      rig.isolated(1 + task, for: Int64(task))
      let start = Action.start(Int64(task), attempt: 2, engine: 1 + task)
      #expect(rig.join(1 + task).contains(start), "side by side")
    }
  }

  /// The tasks for which engines are asked for.
  private static func isolated(_ actions: [Action]) -> [Int64] {
    actions.compactMap {
      if case .isolate(let task, _, _) = $0 { task.rawValue } else { nil }
    }
  }

  @Test
  func `of a thousand tasks a few have their engines started at once, the others as those come`() {
    let count = Int32(1000)
    var (rig, actions) = Self.died(slots: count)
    let limit = Policy().isolationLimit
    #expect(Self.isolated(actions) == Array(0..<Int64(limit)))
    rig.send(.engineLaunching(EngineID(1), ContextID(0), replacing: EngineID(0)))
    #expect(!rig.join(1, slots: count).contains { if case .start = $0 { true } else { false } })
    rig.offer(1)
    var asked = Self.isolated(actions)
    for task in 0..<count {
      #expect(asked.count == min(Int(count), Int(task) + limit))
      asked += Self.isolated(rig.isolated(2 + task, for: Int64(task)))
      // Each second one does not start, and its task runs among the others.
      let isFailing = task % 2 == 1
      actions = isFailing ? rig.send(.engineFailedToStart(EngineID(2 + task))) : rig.join(2 + task)
      let engine = isFailing ? 1 : 2 + task
      #expect(
        actions.contains {
          if case .start(TaskID(Int64(task)), Attempt(2), EngineID(engine), _) = $0 {
            true
          } else {
            false
          }
        }
      )
      asked += Self.isolated(actions)
    }
    #expect(asked == Array(0..<Int64(count)), "in the order of their slots, each once")
  }

  @Test func `tasks that still wait for an engine of their own remain when the run is stopped`() {
    var policy = Policy()
    policy.isolationLimit = 1
    var (rig, actions) = Self.died(slots: 3, policy)
    #expect(Self.isolated(actions) == [0])
    actions = rig.send(.stop(.interrupt))
    #expect(rig.scheduler.tally.remaining == 3)
    actions += rig.isolated(1, for: 0)
    rig.send(.engineLaunching(EngineID(2), ContextID(0), replacing: EngineID(0)))
    actions += rig.send(.rowsWritten(upTo: rig.lastRow))
    #expect(actions.contains(.close(.stopped(.interrupt))), "\(actions)")
  }

  @Test func `in a context that is stopped they are tasks like any other`() {
    var policy = Policy()
    policy.isolationLimit = 1
    var rig = Rig.serving(slots: 3, policy)
    rig.offer(3)
    rig.join(1, context: 1)
    rig.offer(1)
    rig.send(.engineLost(EngineID(0), .died))
    rig.isolated(2, for: 0)
    #expect(Self.isolated(rig.send(.stopContext(ContextID(0), .afterTasks))) == [])
    for task in [Int64(3), 0, 1, 2] {
      let isFirst = task == 3
      rig.end(task, attempt: isFirst ? 1 : 2, engine: 1)
    }
    #expect(rig.scheduler.tally.done == 4)
  }

  @Test func `the others go on meanwhile, in the slots that no suspect has`() {
    var rig = Rig.serving(slots: 2)
    rig.offer(1)
    #expect(rig.send(.engineLost(EngineID(0), .died)).contains(Self.isolate(0, 0)))
    rig.send(.engineLaunching(EngineID(1), ContextID(0), replacing: EngineID(0)))
    rig.isolated(2, for: 0)
    rig.join(1, slots: 2)
    #expect(rig.offer(2).contains(.start(1, engine: 1, slot: 1)))
    #expect(rig.join(2) == [.start(0, attempt: 2, engine: 2)])
    let actions = rig.end(0, attempt: 2, engine: 2)
    #expect(actions.contains(.start(2, engine: 1, slot: 0)), "its slot is given back")
    #expect(actions.contains(.release(EngineID(2), limit: nil)))
  }

  @Test func `the one that kills again is named and has failed, the others have not`() {
    var (rig, _) = Self.died(slots: 2)
    rig.isolated(1, for: 0)
    rig.isolated(2, for: 1)
    rig.join(1)
    rig.join(2)
    let actions = rig.send(.engineLost(EngineID(2), .died))
    #expect(actions.contains(.blame(TaskID(1), EngineID(2))))
    #expect(!actions.contains(.relaunch(EngineID(2))))
    rig.end(0, attempt: 2, engine: 1)
    #expect(rig.scheduler.tally.lost == 1)
    #expect(rig.scheduler.tally.failed == 1)
    #expect(rig.scheduler.tally.done == 1)
  }

  @Test func `eight that kill are named, and the run goes on`() {
    var (rig, _) = Self.died(slots: 8)
    rig.send(.engineLaunching(EngineID(1), ContextID(0), replacing: EngineID(0)))
    rig.join(1, slots: 8)
    for task in Int32(0)..<8 {
      rig.isolated(2 + task, for: Int64(task))
      rig.join(2 + task)
    }
    for task in Int32(0)..<8 { rig.send(.engineLost(EngineID(2 + task), .died)) }
    rig.send(.rowsWritten(upTo: rig.lastRow))
    #expect(rig.scheduler.tally.lost == 8)
    #expect(
      rig.offer(1).contains {
        if case .start(TaskID(8), _, EngineID(1), _) = $0 { true } else { false }
      }
    )
  }

  @Test(arguments: [LossReason.linkClosed, .died])
  func `an engine that was told to end, or cut off, has not been killed by a task`(
    reason: LossReason
  ) {
    var rig = Rig.serving(slots: 2)
    rig.offer(2)
    if reason == .died {
      rig.send(.engineTold(EngineID(0), .terminate))
    } else {
      rig.send(.retireEngine(EngineID(0), .now))
      rig.send(.time, after: .seconds(15))
    }
    let actions = rig.send(.engineLost(EngineID(0), .died))
    #expect(!actions.contains { if case .isolate = $0 { true } else { false } })
    #expect(rig.scheduler.tally.requeued == 2)
  }

  @Test func `a suspect whose engine cannot start runs like any other task`() {
    var (rig, _) = Self.died(slots: 1)
    rig.send(.engineLaunching(EngineID(1), ContextID(0), replacing: EngineID(0)))
    rig.isolated(2, for: 0)
    rig.join(1)
    #expect(rig.send(.engineFailedToStart(EngineID(2))) == [.start(0, attempt: 2, engine: 1)])
  }

  @Test func `a suspect runs when its engine's START commands have ended`() {
    var rig = Rig()
    rig.send(.perEngineDefined(startCount: 1, stopCount: 1))
    rig.join(0)
    rig.send(.perEngineDone(EngineID(0), .start))
    rig.offer(1)
    rig.send(.engineLost(EngineID(0), .died))
    rig.isolated(1, for: 0)
    #expect(rig.join(1) == [.runPerEngine(EngineID(1), .start)])
    let start = Action.start(0, attempt: 2, engine: 1)
    #expect(rig.send(.perEngineDone(EngineID(1), .start)) == [start])
  }

  @Test func `with STOP commands the engine of a suspect stays, for the next one in its slot`() {
    var rig = Rig()
    rig.send(.perEngineDefined(startCount: 0, stopCount: 1))
    rig.join(0)
    rig.offer(3)
    rig.send(.engineLost(EngineID(0), .died))
    rig.isolated(1, for: 0)
    rig.join(1)
    let release = Action.release(EngineID(1), limit: nil)
    #expect(!rig.end(0, attempt: 2, engine: 1).contains(release), "others may still run here")
    rig.send(.engineLaunching(EngineID(2), ContextID(0), replacing: EngineID(0)))
    #expect(rig.join(2) == [.start(1, engine: 2)])
    let again = rig.send(.engineLost(EngineID(2), .died))
    #expect(again.contains(.start(1, attempt: 2, engine: 1)))
    #expect(rig.send(.stop(.drain)).contains(release) == false)
    #expect(rig.end(1, attempt: 2, engine: 1).contains(release))
  }

  @Test func `a barrier waits for suspects, fail-fast for the one that is named`() {
    var policy = Policy()
    policy.failFast = true
    var (rig, _) = Self.died(slots: 1, policy)
    #expect(!rig.barrier().contains { if case .recordBarrier = $0 { true } else { false } })
    #expect(rig.scheduler.phase == .feeding)
    rig.isolated(1, for: 0)
    rig.join(1)
    rig.send(.engineLost(EngineID(1), .died))
    #expect(rig.scheduler.phase == .closing(.failFast, .terminate))
  }

  @Test func `a context that may start no more takes no suspects either`() {
    var policy = Policy()
    policy.contextTaskLimit = 2
    var rig = Rig.serving(slots: 2, policy)
    rig.offer(2)
    let actions = rig.send(.engineLost(EngineID(0), .died))
    #expect(!actions.contains { if case .isolate = $0 { true } else { false } })
    #expect(rig.scheduler.tally.remaining == 2)
  }

  @Test func `without requeueing, all tasks of a dead engine have failed`() {
    var policy = Policy()
    policy.requeuesLost = false
    let (rig, actions) = Self.died(slots: 2, policy)
    #expect(!actions.contains { if case .isolate = $0 { true } else { false } })
    #expect(rig.scheduler.tally.lost == 2)
  }
}

extension Rig {
  /// Announces the engine that was asked for a suspect.
  @discardableResult
  mutating func isolated(_ engine: Int32, for task: Int64) -> [Action] {
    send(.engineIsolated(EngineID(engine), ContextID(0), for: TaskID(task)))
  }
}
