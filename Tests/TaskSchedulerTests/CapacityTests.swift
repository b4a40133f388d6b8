import TaskScheduler
import Testing

/// What becomes of tasks that a host has no room for.
@Suite struct CapacityTests {
  private static let noRoom = Outcome.refused(errno: 11)

  @Test func `a refused task runs again when another ends, and has not failed`() {
    var rig = Rig.serving(slots: 4)
    rig.offer(10)
    // Two of four are refused, and nothing takes their place.
    #expect(rig.end(2, slot: 2, Self.noRoom).last == .wake(at: rig.now + .seconds(1)))
    #expect(rig.end(3, slot: 3, Self.noRoom).filter(\.isStart) == [])
    // They go first as soon as there is room, one for each that ends.
    #expect(rig.end(0).filter(\.isStart) == [.start(2, attempt: 2, slot: 3)])
    #expect(rig.end(1, slot: 1).filter(\.isStart) == [.start(3, attempt: 2, slot: 0)])
    #expect(rig.scheduler.tally.refused == 2)
    #expect(rig.scheduler.tally.failed == 0)
  }

  @Test func `one more is tried after a delay that doubles`() {
    var rig = Rig.serving(slots: 3)
    rig.offer(20)
    rig.end(2, slot: 2, Self.noRoom)
    var attempt: Int32 = 2
    for delay: Int64 in [1, 2, 4, 8, 16, 32, 60, 60] {
      #expect(rig.send(.time, after: .milliseconds(delay * 1000 - 1)).filter(\.isStart) == [])
      let starts = rig.send(.time, after: .milliseconds(1)).filter(\.isStart)
      #expect(starts == [.start(2, attempt: attempt, slot: 2)])
      rig.end(2, attempt: attempt, slot: 2, Self.noRoom)
      attempt += 1
    }
    #expect(rig.scheduler.tally.failed == 0)
  }

  @Test func `when there is room again all slots are used`() {
    var rig = Rig.serving(slots: 3)
    rig.offer(20)
    for task in Int64(0)...2 { rig.end(task, slot: Int32(task), Self.noRoom) }
    #expect(rig.scheduler.tally.running == 0)
    for running: Int64 in 1...3 {
      rig.send(.time, after: .seconds(1))
      #expect(rig.scheduler.tally.running == running)
    }
  }

  @Test func `a task that never finds room has failed in the end`() {
    var policy = Policy()
    policy.refusalLimit = 3
    var rig = Rig.serving(policy)
    rig.offer(1)
    for attempt: Int32 in 1...3 {
      #expect(rig.scheduler.tally.failed == 0)
      rig.end(0, attempt: attempt, Self.noRoom)
      rig.send(.time, after: .seconds(60))
    }
    #expect(rig.scheduler.tally.failed == 1)
    #expect(rig.scheduler.tally.running == 0)
  }

  @Test func `another engine takes what one has no room for`() {
    var rig = Rig.serving()
    rig.join(1)
    rig.offer(3)
    rig.end(0, Self.noRoom)
    #expect(rig.end(1, engine: 1).filter(\.isStart) == [.start(0, attempt: 2, engine: 1)])
  }
}

extension Action {
  fileprivate var isStart: Bool { if case .start = self { true } else { false } }
}
