import TaskScheduler
import Testing

/// What the user's wishes make of a run, one table or story for each.
@Suite struct PolicyTests {
  @Test func `fail-fast ends what runs and starts nothing more`() {
    var policy = Policy()
    policy.failFast = true
    var rig = Rig.serving(slots: 2, policy)
    rig.offer(5)
    let actions = rig.end(0, .exited(1))
    #expect(
      actions.contains(.endTask(TaskID(1), EngineID(0), SlotIndex(1), .terminate))
    )
    #expect(!actions.contains(.start(2)))
    rig.end(1, slot: 1, .signalled(15), .ordered)
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.failFast)])
    #expect(rig.scheduler.tally.failed == 1)
    #expect(rig.scheduler.tally.endedByRun == 1)
    #expect(rig.scheduler.tally.remaining == 4)
  }

  @Test(arguments: [
    (Halt.Limit.count(2), Int64(1), Int64(1), false), (.count(2), 2, 100, true),
    (.percent(50), 2, 2, false), (.percent(50), 3, 6, true), (.percent(50), 3, 7, false),
    (.percent(100), 3, 3, true), (.percent(1), Int64.max / 2, Int64.max, true),
  ])
  func `a halt goes by the number or the share of failures`(
    limit: Halt.Limit,
    failed: Int64,
    ended: Int64,
    isReached: Bool
  ) {
    #expect(Halt(.soon, at: limit).isReached(failed: failed, ended: ended) == isReached)
  }

  @Test(arguments: [(HaltMode.now, true), (.soon, false)])
  func `a halt ends what runs now, or lets it finish`(mode: HaltMode, endsTasks: Bool) {
    var policy = Policy()
    policy.halt = Halt(mode, at: .count(1))
    var rig = Rig.serving(slots: 2, policy)
    rig.offer(3)
    let actions = rig.end(0, .exited(1))
    let end = Action.endTask(TaskID(1), EngineID(0), SlotIndex(1), .terminate)
    #expect(actions.contains(end) == endsTasks)
    rig.end(1, slot: 1)
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.halted)])
  }

  @Test func `a failed task is tried again after a delay that grows, then counts`() {
    var policy = Policy()
    policy.retries = 2
    policy.retryDelay = .seconds(1)
    policy.retryGrowthPercent = 300
    var rig = Rig.serving(policy)
    rig.offer(1)
    #expect(rig.end(0, .exited(1)).contains(.wake(at: rig.now + .seconds(1))))
    #expect(rig.send(.time, after: .seconds(1)).contains(.start(0, attempt: 2)))
    #expect(rig.end(0, attempt: 2, .exited(1)).contains(.wake(at: rig.now + .seconds(3))))
    #expect(rig.send(.time, after: .seconds(2)) == [])
    #expect(rig.send(.time, after: .seconds(1)).contains(.start(0, attempt: 3)))
    rig.end(0, attempt: 3, .exited(1))
    #expect(rig.scheduler.tally.failed == 1)
    #expect(rig.scheduler.tally.retried == 2)
  }

  @Test(arguments: [
    (Outcome.exited(74), EndCause.itself, true), (.exited(1), .itself, false),
    (.signalled(9), .itself, true), (.signalled(15), .itself, false),
    (.notStarted(errno: 11), .itself, true), (.exited(74), .timedOut, true),
    (.exited(0), .timedOut, false), (.exited(0), .itself, false),
  ])
  func `only the listed codes are worth another try`(
    outcome: Outcome,
    cause: EndCause,
    isRetried: Bool
  ) {
    var policy = Policy()
    policy.retries = 1
    policy.retryOn = [74, -9, 11]
    var rig = Rig.serving(policy)
    rig.offer(1)
    // Whether a signal came from outside is known a second later.
    let actions = rig.end(0, outcome, cause) + rig.send(.time, after: .seconds(1))
    #expect(actions.contains(.start(0, attempt: 2)) == isRetried)
  }

  @Test(arguments: [
    // Whatever the code is that the time's end brought.
    (Outcome.signalled(15), EndCause.timedOut, [Int32](), true), (.exited(0), .timedOut, [], true),
    (.exited(3), .timedOut, [74], true), (.signalled(15), .itself, [], false),
    (.exited(74), .itself, [], false), (.exited(74), .itself, [74], true),
    (.exited(0), .itself, [], false),
  ])
  func `a time that was up is worth another try where that is asked for`(
    outcome: Outcome,
    cause: EndCause,
    codes: [Int32],
    isRetried: Bool
  ) {
    var policy = Policy()
    policy.retries = 1
    policy.retryOn = ContiguousArray(codes)
    policy.retriesTimeouts = true
    var rig = Rig.serving(policy)
    rig.offer(1)
    #expect(rig.end(0, outcome, cause).contains(.start(0, attempt: 2)) == isRetried)
  }

  @Test(arguments: [(Outcome.exited(0), true), (.exited(124), true), (.signalled(15), false)])
  func `a task that answers the end of its time with 0 has the code of its row`(
    outcome: Outcome,
    isRetried: Bool
  ) {
    var policy = Policy()
    policy.retries = 1
    policy.retryOn = [124]
    var rig = Rig.serving(policy)
    rig.offer(1)
    #expect(rig.end(0, outcome, .timedOut).contains(.start(0, attempt: 2)) == isRetried)
  }

  @Test func `a retry that is due goes before tasks that never ran`() {
    var policy = Policy()
    policy.retries = 1
    var rig = Rig.serving(policy)
    rig.offer(3)
    #expect(rig.end(0, .exited(1)).last == .start(0, attempt: 2))
    #expect(rig.end(0, attempt: 2).last == .start(1))
  }

  @Test func `jitter spreads tasks that failed together and is the same every time`() {
    var policy = Policy()
    policy.retries = 1
    policy.retryDelay = .seconds(100)
    policy.retryJitterPercent = 50
    policy.retryJitterSeed = 7
    func delays() -> [Int64] {
      (Int64(0)..<20).map { task in
        var rig = Rig.serving(slots: 20, policy)
        rig.offer(20)
        let actions = rig.end(task, slot: Int32(task), .exited(1))
        for case .wake(let instant) in actions { return (instant - rig.now).nanoseconds }
        return -1
      }
    }
    let first = delays()
    #expect(first == delays())
    #expect(Set(first).count > 5)
    #expect(first.allSatisfy { (100_000_000_000...150_000_000_000).contains($0) })
  }

  @Test func `a context leaves after the tasks it may start, and the rest remains`() {
    var policy = Policy()
    policy.contextTaskLimit = 2
    var rig = Rig.serving(slots: 2, policy)
    rig.offer(3)
    rig.end(0)
    #expect(rig.end(1, slot: 1).contains(.release(EngineID(0), limit: nil)))
    #expect(rig.send(.engineLeft(EngineID(0))).contains(.close(.tasksRemain)))
    #expect(rig.scheduler.tally.remaining == 1)
  }

  @Test func `another context takes over when one has started its tasks`() {
    var policy = Policy()
    policy.contextTaskLimit = 1
    var rig = Rig.serving(policy)
    rig.join(1, context: 1)
    #expect(rig.offer(2).suffix(2) == [.start(0), .start(1, engine: 1)])
  }

  @Test func `a task that is lost with its host runs again elsewhere until its fifth loss`() {
    var policy = Policy()
    policy.silenceLimit = .seconds(90)
    policy.relaunchLimit = 0
    policy.staysOpen = true
    var rig = Rig(policy)
    rig.send(.perEngineDefined(startCount: 0, stopCount: 0))
    rig.join(0, isLeased: true)
    rig.offer(1)
    for loss in Int32(1)...5 {
      rig.send(.engineLost(EngineID(loss - 1), .linkClosed))
      rig.send(.time, after: .seconds(90))
      let starts = rig.join(loss, isLeased: true)
      let again = Action.start(0, attempt: loss + 1, engine: loss)
      #expect(starts.contains(again) == (loss < 5))
    }
    #expect(rig.scheduler.tally.lost == 1)
    #expect(rig.scheduler.tally.failed == 1)
    #expect(rig.scheduler.tally.requeued == 4)
  }

  @Test func `without requeueing, a lost task has failed at once`() {
    var policy = Policy()
    policy.requeuesLost = false
    var rig = Rig.serving(policy)
    rig.offer(1)
    let actions = rig.send(.engineLost(EngineID(0), .died))
    let row = Action.record(
      EngineID(0),
      AttemptEnd(TaskID(0), .first, in: SlotIndex(0), .lost, .itself),
      counts: true,
      row: RowNumber(1)
    )
    #expect(actions.contains(row))
    #expect(rig.scheduler.tally.failed == 1)
  }

  @Test func `an engine that dies is replaced until no replacement ends a task`() {
    var policy = Policy()
    policy.relaunchLimit = 2
    var rig = Rig.serving(policy)
    rig.offer(2)
    rig.end(0)
    var engine: Int32 = 0
    for _ in 0..<2 {
      let actions = rig.send(.engineLost(EngineID(engine), .died))
      #expect(actions.contains(.relaunch(EngineID(engine))))
      // Its task cannot have an engine of its own.
      rig.isolated(10 + engine, for: 1)
      rig.send(.engineFailedToStart(EngineID(10 + engine)))
      rig.send(
        .engineLaunching(EngineID(engine + 1), ContextID(0), replacing: EngineID(engine))
      )
      engine += 1
      rig.join(engine)
    }
    let actions = rig.send(.engineLost(EngineID(engine), .died))
    #expect(!actions.contains(.relaunch(EngineID(engine))))
    rig.isolated(10 + engine, for: 1)
    rig.send(.engineFailedToStart(EngineID(10 + engine)))
    #expect(rig.send(.rowsWritten(upTo: rig.lastRow)).contains(.close(.tasksRemain)))
  }

  @Test func `without an engine that came, the run ends as soon as none can come`() {
    var rig = Rig()
    rig.send(.engineLaunching(EngineID(0), ContextID(0), replacing: nil))
    rig.send(.perEngineDefined(startCount: 0, stopCount: 0))
    #expect(rig.offer(1) == [])
    #expect(rig.send(.engineFailedToStart(EngineID(0))) == [.close(.noEngine)])
  }

  @Test func `a run that stays open waits for engines`() {
    var policy = Policy()
    policy.staysOpen = true
    var rig = Rig(policy)
    rig.send(.perEngineDefined(startCount: 0, stopCount: 0))
    #expect(rig.offer(1) == [])
    #expect(rig.join(0) == [.start(0)])
  }
}
