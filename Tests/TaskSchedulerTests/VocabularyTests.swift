import TaskScheduler
import Testing

@Suite struct VocabularyTests {
  @Test(arguments: [
    (Outcome.exited(0), Int32(0)), (.exited(255), 255), (.signalled(9), -9),
    (.notStarted(errno: 2), 2), (.refused(errno: 11), 11), (.lost, -100),
  ])
  func `an outcome has the number of the status file`(outcome: Outcome, code: Int32) {
    #expect(outcome.statusCode == code)
  }

  @Test(arguments: [
    (EndCause.itself, Outcome.exited(0), true), (.itself, .exited(1), false),
    (.itself, .lost, false), (.ordered, .exited(0), false), (.timedOut, .exited(0), false),
  ])
  func `only a command that came to its own end has done its work`(
    cause: EndCause,
    outcome: Outcome,
    isSuccess: Bool
  ) {
    #expect(PerEngineEnd(.start, 0, outcome, cause).isSuccess == isSuccess)
    let end = AttemptEnd(TaskID(0), .first, in: SlotIndex(0), outcome, cause)
    #expect(end.isSuccess == isSuccess)
  }

  @Test(arguments: [
    (Interval.seconds(2) + .milliseconds(5), Int64(2_005_000_000)),
    (.seconds(Int64.max), Int64.max), (.seconds(Int64.min), Int64.min),
    (Interval(nanoseconds: .max) + .seconds(1), Int64.max),
    (Interval.seconds(10).percent(150), Int64(15_000_000_000)),
    (Interval(nanoseconds: 7).percent(50), Int64(3)),
    (Interval(nanoseconds: .max).percent(200), Int64.max),
  ])
  func `intervals add, scale and saturate`(interval: Interval, nanoseconds: Int64) {
    #expect(interval.nanoseconds == nanoseconds)
  }

  @Test func `instants are apart by what was added, and the last is the last`() {
    let start = Instant(nanoseconds: 5)
    #expect((start + .seconds(1)) - start == .seconds(1))
    #expect((Instant(nanoseconds: .max) + .seconds(1)).nanoseconds == .max)
    #expect(start < start + Interval(nanoseconds: 1))
  }

  @Test func `what is handled millions of times is small`() {
    #expect(MemoryLayout<Event>.stride <= 40)
    #expect(MemoryLayout<Action>.stride <= 48)
    #expect(MemoryLayout<EngineEvent>.stride <= 40)
    #expect(MemoryLayout<EngineAction>.stride <= 40)
  }
}
