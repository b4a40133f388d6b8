import TaskScheduler
import Testing

@Suite struct ClosingTests {
  @Test(arguments: [
    (StopMode.drain, [Action]()),
    (.interrupt, [.endTask(TaskID(0), EngineID(0), SlotIndex(0), .terminate)]),
    (.killNow, [.release(EngineID(0), limit: .zero)]),
  ])
  func `stopping does to running tasks what the mode says`(mode: StopMode, expected: [Action]) {
    var rig = Rig.serving()
    rig.offer(2)
    let actions = rig.send(.stop(mode)).filter {
      if case .wake = $0 { false } else { true }
    }
    #expect(actions == expected)
    #expect(!rig.end(0).contains(.start(1)))
    // A task that ends while it is to be ended may be one that a signal to everything ended.
    rig.send(.time, after: .seconds(1))
    rig.send(.rowsWritten(upTo: rig.lastRow))
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.stopped(mode))])
  }

  @Test func `an interrupted engine has the grace time for its STOP commands`() {
    var rig = Rig.serving()
    rig.offer(1)
    rig.send(.stop(.interrupt))
    let actions = rig.end(0, .signalled(15), .ordered)
    #expect(actions.contains(.release(EngineID(0), limit: .seconds(10))))
  }

  @Test func `an interrupt hurries a run that fail-fast is closing`() {
    var policy = Policy()
    policy.failFast = true
    var rig = Rig.serving(policy)
    rig.offer(1)
    #expect(rig.end(0, .exited(1)).contains(.release(EngineID(0), limit: nil)))
    #expect(rig.send(.stop(.interrupt)).contains(.release(EngineID(0), limit: .seconds(10))))
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.failFast)])
  }

  @Test func `a second signal kills, a third waits for nothing`() {
    var rig = Rig.serving()
    rig.offer(1)
    rig.send(.stop(.interrupt))
    #expect(rig.send(.stop(.killNow)).contains(.release(EngineID(0), limit: .zero)))
    #expect(rig.send(.stop(.killNow)).contains(.abandon(EngineID(0))))
    let end = rig.send(.rowsWritten(upTo: rig.lastRow))
    #expect(end == [.close(.stopped(.interrupt))])
  }

  @Test func `an engine that does not answer an interrupt is abandoned`() {
    var rig = Rig.serving()
    rig.offer(1)
    rig.send(.stop(.interrupt))
    #expect(rig.send(.time, after: .seconds(14)) == [])
    #expect(rig.send(.time, after: .seconds(1)).first == .abandon(EngineID(0)))
    #expect(rig.send(.rowsWritten(upTo: rig.lastRow)) == [.close(.stopped(.interrupt))])
  }

  @Test func `an interrupt during the last STOP commands sets them a limit`() {
    var rig = Rig.serving()
    #expect(rig.send(.endOfSteps) == [.release(EngineID(0), limit: nil)])
    let actions = rig.send(.stop(.interrupt))
    #expect(actions.contains(.release(EngineID(0), limit: .seconds(10))))
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.stopped(.interrupt))])
  }

  @Test func `a task that ended by itself counts even when the run was interrupted`() {
    var rig = Rig.serving()
    rig.offer(1)
    rig.send(.stop(.interrupt))
    rig.end(0)
    rig.send(.time, after: .seconds(1))
    #expect(rig.scheduler.tally.done == 1)
    #expect(rig.scheduler.tally.endedByRun == 0)
  }

  @Test func `a failure while draining is left to a resume if it may be tried again`() {
    var policy = Policy()
    policy.retries = 1
    var rig = Rig.serving(policy)
    rig.offer(1)
    rig.send(.stop(.drain))
    rig.end(0, .exited(1))
    #expect(rig.scheduler.tally.failed == 0)
    #expect(rig.scheduler.tally.remaining == 1)
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.stopped(.drain))])
  }

  @Test func `a malformed stream lets tasks end and starts no more`() {
    var rig = Rig.serving()
    rig.offer(2)
    rig.send(.feedFailed)
    #expect(!rig.end(0).contains(.start(1)))
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.feedFailed)])
  }

  @Test func `a dead writer is not waited for`() {
    var rig = Rig.serving()
    rig.offer(2)
    rig.send(.writerFailed)
    let report = Event.taskEnded(
      EngineID(0),
      AttemptEnd(TaskID(0), .first, in: SlotIndex(0), .exited(0), .itself)
    )
    rig.send(report)
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.writerFailed)])
  }

  @Test func `the run closes when the last row is written`() {
    var rig = Rig.serving()
    rig.offer(1)
    rig.send(.endOfSteps)
    rig.send(
      .taskEnded(EngineID(0), AttemptEnd(TaskID(0), .first, in: SlotIndex(0), .exited(0), .itself))
    )
    #expect(rig.send(.engineLeft(EngineID(0))) == [])
    #expect(rig.send(.rowsWritten(upTo: rig.lastRow)) == [.close(.completed)])
    #expect(rig.send(.stop(.killNow)) == [])
  }

  @Test func `an engine still on its way does not hold up the end`() {
    var rig = Rig.serving()
    rig.send(.engineLaunching(EngineID(1), ContextID(0), replacing: nil))
    let actions = rig.send(.endOfSteps)
    #expect(actions == [.release(EngineID(0), limit: nil), .abandon(EngineID(1))])
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.completed)])
    #expect(rig.join(1) == [])
  }
}
