import TaskScheduler
import Testing

/// Tasks that die as if by a signal from outside, and what is known of their engine and their run.
@Suite struct VerdictTests {
  /// Ends that a signal to everything may have brought about.
  static let suspicious: [Outcome] = EndSignal.allCases.flatMap {
    [.signalled($0.rawValue), .exited(128 + $0.rawValue)]
  }

  @Test(arguments: suspicious)
  func `a task that dies of a signal has failed when nothing else happens within a second`(
    outcome: Outcome
  ) {
    var rig = Rig.serving()
    rig.offer(2)
    let actions = rig.end(0, outcome)
    #expect(actions.first == .hold(TaskID(0), .first, EngineID(0), SlotIndex(0)))
    #expect(actions.contains(.start(1)), "the slot does not wait")
    #expect(actions.contains(.wake(at: rig.now + .seconds(1))))
    #expect(rig.send(.time, after: .milliseconds(999)) == [])
    #expect(rig.send(.time, after: .milliseconds(1)) == [.record(0, outcome, counts: true, row: 1)])
    #expect(rig.scheduler.tally.failed == 1)
  }

  @Test(arguments: [
    Outcome.exited(0), .exited(1), .exited(128), .exited(128 + 11), .signalled(11), .signalled(6),
    .exited(255), .notStarted(errno: 8),
  ])
  func `any other end is recorded at once`(outcome: Outcome) {
    var rig = Rig.serving()
    rig.offer(1)
    #expect(rig.end(0, outcome).first == .record(0, outcome, counts: true, row: 1))
  }

  @Test(arguments: [EndCause.ordered, .timedOut])
  func `a death that this run brought about is judged at once`(cause: EndCause) {
    var rig = Rig.serving()
    rig.offer(1)
    let actions = rig.end(0, .signalled(9), cause)
    #expect(actions.contains(.record(0, .signalled(9), cause, counts: cause == .timedOut, row: 1)))
  }

  @Test(arguments: suspicious)
  func `a task whose engine is told to end within a second runs again`(outcome: Outcome) {
    var rig = Rig.serving()
    rig.offer(1)
    rig.end(0, outcome)
    let actions = rig.send(.engineTold(EngineID(0), .terminate), after: .milliseconds(900))
    #expect(actions.first == .record(0, outcome, .ordered, counts: false, row: 1))
    #expect(actions.contains(.release(EngineID(0), limit: .seconds(10))))
    rig.send(.rowsWritten(upTo: rig.lastRow))
    #expect(rig.send(.engineLeft(EngineID(0))) == [.relaunch(EngineID(0))])
    rig.send(.engineLaunching(EngineID(1), ContextID(0), replacing: EngineID(0)))
    #expect(rig.join(1).contains(.start(0, attempt: 2, engine: 1)))
  }

  @Test(arguments: [Outcome.exited(0), .exited(1), .exited(143), .signalled(2)])
  func `what ends after its engine was told is not believed, whatever it says`(outcome: Outcome) {
    var rig = Rig.serving()
    rig.offer(1)
    rig.send(.engineTold(EngineID(0), .hangup))
    #expect(rig.end(0, outcome).first == .record(0, outcome, .ordered, counts: false, row: 1))
    #expect(rig.scheduler.tally.done == 0 && rig.scheduler.tally.failed == 0)
  }

  @Test func `what succeeded before its engine was told is done`() {
    var rig = Rig.serving()
    rig.offer(1)
    rig.end(0)
    rig.send(.engineTold(EngineID(0), .terminate))
    #expect(rig.scheduler.tally.done == 1)
  }

  @Test(arguments: [StopMode.interrupt, .killNow])
  func `a run that is told to stop within a second leaves the task to a resume`(mode: StopMode) {
    var rig = Rig.serving()
    rig.offer(1)
    rig.end(0, .exited(143))
    let actions = rig.send(.stop(mode), after: .milliseconds(900))
    #expect(actions.contains(.record(0, .exited(143), .ordered, counts: false, row: 1)))
    #expect(rig.scheduler.tally.remaining == 1)
  }

  @Test(arguments: [true, false])
  func `an exit of 0 after a stop is believed unless the engine is told as well`(isTold: Bool) {
    var rig = Rig.serving()
    rig.offer(1)
    rig.send(.stop(.interrupt))
    #expect(rig.end(0).first == .hold(TaskID(0), .first, EngineID(0), SlotIndex(0)))
    if isTold { rig.send(.engineTold(EngineID(0), .terminate), after: .milliseconds(500)) }
    rig.send(.time, after: .seconds(1))
    #expect(rig.scheduler.tally.done == (isTold ? 0 : 1))
  }

  @Test(arguments: [LossReason.died, .dying, .linkClosed])
  func `a task that was killed just before its engine runs again`(reason: LossReason) {
    var rig = Rig.serving()
    rig.join(1)
    rig.offer(1)
    rig.end(0, .signalled(9))
    let actions = rig.send(.engineLost(EngineID(0), reason), after: .milliseconds(900))
    #expect(actions.contains(.record(0, .signalled(9), .ordered, counts: false, row: 1)))
    #expect(actions.contains(.start(0, attempt: 2, engine: 1)))
  }

  @Test(arguments: [LossReason.dying, .linkClosed])
  func `a run does not end for want of an engine before the death of its last one is told`(
    reason: LossReason
  ) {
    for outcome in [Outcome.signalled(9), .exited(1)] {
      var policy = Policy()
      policy.retries = 1
      policy.retryDelay = .seconds(5)
      var rig = Rig.serving(policy)
      rig.offer(1)
      rig.send(.endOfSteps)
      // What is to run again: a verdict that waits and is given up, or a retry that is not due yet.
      rig.end(0, outcome)
      rig.send(.engineLost(EngineID(0), reason), after: .milliseconds(900))
      #expect(rig.scheduler.phase == .drained)
      #expect(rig.send(.engineLost(EngineID(0), .died)) == [.relaunch(EngineID(0))])
      rig.send(.engineLaunching(EngineID(1), ContextID(0), replacing: EngineID(0)))
      let actions = rig.join(1) + rig.send(.time, after: .seconds(5))
      #expect(actions.contains(.start(0, attempt: 2, engine: 1)))
    }
  }

  @Test func `nor before the lease of its last one is over`() {
    var policy = Policy()
    policy.silenceLimit = .seconds(60)
    var rig = Rig(policy)
    rig.send(.perEngineDefined(startCount: 0, stopCount: 0))
    rig.join(0, isLeased: true)
    rig.offer(1)
    rig.end(0, .signalled(9))
    rig.send(.engineLost(EngineID(0), .linkClosed))
    #expect(rig.scheduler.phase == .feeding)
    let actions = rig.send(.time, after: .seconds(60))
    #expect(actions == [.abandon(EngineID(0)), .relaunch(EngineID(0))])
    rig.send(.engineLaunching(EngineID(1), ContextID(0), replacing: EngineID(0)))
    #expect(rig.join(1, isLeased: true).contains(.start(0, attempt: 2, engine: 1)))
  }

  @Test(arguments: [
    (EndSignal.user1, Outcome.signalled(10), true), (.user2, .exited(128 + 12), true),
    (.user1, .signalled(12), false), (.user1, .signalled(15), false),
    (.user2, .signalled(9), false),
  ])
  func `a message to an engine speaks for those that died of just it`(
    message: EndSignal,
    outcome: Outcome,
    isShared: Bool
  ) {
    for isToldFirst in [true, false] {
      var rig = Rig.serving()
      rig.offer(2)
      if isToldFirst { rig.send(.engineTold(EngineID(0), message)) }
      rig.end(0, outcome)
      if !isToldFirst { rig.send(.engineTold(EngineID(0), message), after: .milliseconds(500)) }
      rig.send(.time, after: .seconds(1))
      #expect(rig.scheduler.tally.endedByRun == (isShared ? 1 : 0))
      #expect(rig.scheduler.tally.failed == (isShared ? 0 : 1))
      #expect(rig.scheduler.phase == .feeding, "an engine need not end of a message")
    }
  }

  @Test func `SIGUSR1 that drains a run speaks for the tasks that died of it`() {
    var rig = Rig.serving(slots: 2)
    rig.offer(3)
    rig.end(0, .signalled(10))
    rig.send(.stop(.drain), after: .milliseconds(500))
    rig.end(1, slot: 1, .exited(138))
    #expect(rig.scheduler.tally.endedByRun == 2)
    #expect(rig.scheduler.tally.failed == 0)
  }

  @Test func `a barrier, a CHECK and the end of the run wait for verdicts`() {
    var rig = Rig.serving()
    rig.offer(1)
    rig.barrier(check: true)
    rig.send(.endOfSteps)
    #expect(
      !rig.end(0, .exited(143)).contains { if case .recordBarrier = $0 { true } else { false } }
    )
    let actions = rig.send(.time, after: .seconds(1))
    #expect(
      actions.contains(.recordBarrier(TaskID(1), check: true, failures: 1, row: RowNumber(2)))
    )
    rig.send(.rowsWritten(upTo: rig.lastRow))
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.checkFailed(TaskID(1)))])
  }

  @Test func `fail-fast and a retry wait for the verdict`() {
    var policy = Policy()
    policy.retries = 1
    policy.failFast = true
    var rig = Rig.serving(policy)
    rig.offer(2)
    #expect(rig.end(0, .exited(143)).contains(.start(1)))
    #expect(rig.scheduler.tally.retried == 0)
    rig.end(1)
    #expect(rig.send(.time, after: .seconds(1)).contains(.start(0, attempt: 2)))
    rig.end(0, attempt: 2, .exited(143))
    #expect(rig.scheduler.phase == .feeding)
    rig.send(.time, after: .seconds(1))
    #expect(rig.scheduler.phase == .closing(.failFast, .terminate))
  }

  @Test func `thousands that die of a signal by themselves wait in bounded memory, at full speed`()
  {
    var policy = Policy()
    policy.stepLimit = 100
    var rig = Rig.serving(policy)
    rig.offer(5_000)
    for task in Int64(0)..<5_000 {
      let isLast = task == 4_999
      let actions = rig.end(task, .exited(143))
      #expect(isLast || actions.contains(.start(task + 1)))
    }
    #expect(rig.scheduler.footprint <= 101)
    rig.send(.time, after: .seconds(1))
    #expect(rig.scheduler.tally.failed == 5_000)
    #expect(rig.scheduler.footprint == 0)
  }
}

extension Action {
  /// A row of engine 0's first slot, spelled short.
  fileprivate static func record(
    _ task: Int64,
    _ outcome: Outcome,
    _ cause: EndCause = .itself,
    counts: Bool,
    row: Int64
  ) -> Action {
    .record(
      EngineID(0),
      AttemptEnd(TaskID(task), .first, in: SlotIndex(0), outcome, cause),
      counts: counts,
      row: RowNumber(row)
    )
  }
}
