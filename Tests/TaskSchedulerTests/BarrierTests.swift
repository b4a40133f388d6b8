import TaskScheduler
import Testing

@Suite struct BarrierTests {
  @Test func `what follows a barrier starts when the barrier's row is written`() {
    var rig = Rig.serving(slots: 2)
    rig.offer(2)
    rig.barrier()
    #expect(rig.offer(1) == [])
    rig.end(0)
    let report = Event.taskEnded(
      EngineID(0),
      AttemptEnd(TaskID(1), .first, in: SlotIndex(1), .exited(0), .itself)
    )
    let met = Action.recordBarrier(TaskID(2), check: false, failures: 0, row: RowNumber(3))
    #expect(rig.send(report).last == met)
    #expect(rig.send(.rowsWritten(upTo: RowNumber(2))) == [])
    #expect(rig.send(.rowsWritten(upTo: RowNumber(3))) == [.start(3, slot: 1)])
  }

  @Test func `barriers in a row are met one after another`() {
    var rig = Rig.serving()
    #expect(
      rig.barrier() == [
        .recordBarrier(TaskID(0), check: false, failures: 0, row: RowNumber(1))
      ]
    )
    #expect(rig.barrier() == [])
    #expect(
      rig.send(.rowsWritten(upTo: RowNumber(1))) == [
        .recordBarrier(TaskID(1), check: false, failures: 0, row: RowNumber(2))
      ]
    )
  }

  /// Where a failure comes from, and whether a CHECK must see it.
  enum Failure: CaseIterable {
    case task, skipped, start, beforeAPlainBarrier, retriedToSuccess
  }

  @Test(arguments: Failure.allCases)
  func `a CHECK goes by all that failed since the barrier before`(failure: Failure) {
    var policy = Policy()
    policy.retries = failure == .retriedToSuccess ? 1 : 0
    var rig = Rig.serving(policy)
    var next: Int64 = 1
    switch failure {
    case .task:
      rig.offer(1)
      rig.end(0, .exited(1))
    case .skipped: rig.send(.skipped(first: TaskID(0), count: 1, failures: 1))
    case .start:
      rig.send(
        .perEngineEnded(EngineID(0), PerEngineEnd(.start, 0, .exited(1), .itself))
      )
      next = 0
    case .beforeAPlainBarrier:
      rig.send(.skipped(first: TaskID(0), count: 1, failures: 1))
      rig.send(.barrier(id: TaskID(1), check: false))
      next = 2
    case .retriedToSuccess:
      rig.offer(1)
      rig.end(0, .exited(1))
      rig.end(0, attempt: 2)
    }
    rig.send(.rowsWritten(upTo: rig.lastRow))
    rig.send(.barrier(id: TaskID(next), check: true))
    rig.send(.tasks(first: TaskID(next + 1), count: 1))
    let actions = rig.send(.rowsWritten(upTo: rig.lastRow))
    let isSeen = failure != .beforeAPlainBarrier && failure != .retriedToSuccess
    #expect(actions.contains(.start(next + 1)) == !isSeen)
    guard isSeen else { return }
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.checkFailed(TaskID(next)))])
  }

  @Test func `a task that waits for another attempt holds a barrier`() {
    var policy = Policy()
    policy.retries = 1
    policy.retryDelay = .seconds(1)
    var rig = Rig.serving(policy)
    rig.offer(1)
    rig.barrier()
    rig.end(0, .exited(1))
    #expect(rig.scheduler.tally.barriersMet == 0)
    rig.send(.time, after: .seconds(1))
    rig.end(0, attempt: 2)
    #expect(rig.scheduler.tally.barriersMet == 1)
  }

  @Test func `skipped tasks alone complete a run`() {
    var rig = Rig.serving()
    rig.send(.skipped(first: TaskID(0), count: 3, failures: 1))
    #expect(rig.send(.endOfSteps) == [.release(EngineID(0), limit: nil)])
    #expect(rig.send(.engineLeft(EngineID(0))) == [.close(.completed)])
    #expect(rig.scheduler.tally.skipped == 3)
    #expect(rig.scheduler.tally.hasFailures)
  }
}
