import TaskScheduler
import Testing

@Suite struct SchedulerTests {
  @Test func `steps are asked for once the PERENGINE commands are known`() {
    var rig = Rig()
    #expect(
      rig.send(.perEngineDefined(startCount: 0, stopCount: 0)) == [.requestSteps(10_000)]
    )
  }

  @Test func `a run of one task starts it, records it, releases the engine and closes`() {
    var rig = Rig.serving()
    #expect(rig.offer(1) == [.start(0)])
    #expect(rig.send(.endOfSteps) == [])
    let row = RowNumber(1)
    #expect(
      rig.send(
        .taskEnded(
          EngineID(0),
          AttemptEnd(TaskID(0), .first, in: SlotIndex(0), .exited(0), .itself)
        )
      )
        == [
          .record(
            EngineID(0),
            AttemptEnd(TaskID(0), .first, in: SlotIndex(0), .exited(0), .itself),
            counts: true,
            row: row
          ), .release(EngineID(0), limit: nil),
        ]
    )
    #expect(rig.send(.engineLeft(EngineID(0))) == [])
    #expect(rig.send(.rowsWritten(upTo: row)) == [.close(.completed)])
    #expect(rig.scheduler.tally.done == 1)
  }

  @Test func `a slot is used again only when the row of its last task is written`() {
    var rig = Rig.serving()
    rig.offer(2)
    let actions = rig.send(
      .taskEnded(EngineID(0), AttemptEnd(TaskID(0), .first, in: SlotIndex(0), .exited(0), .itself))
    )
    #expect(!actions.contains(.start(1)))
    #expect(rig.send(.rowsWritten(upTo: RowNumber(1))) == [.start(1)])
  }
}
