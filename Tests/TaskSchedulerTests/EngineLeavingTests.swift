import TaskScheduler
import Testing

/// PERENGINE commands and the way out, as an engine handles them.
@Suite struct EngineLeavingTests {
  @Test func `START commands run one after another, then STOP commands, then it leaves`() {
    var rig = EngineRig(starts: 2, stops: 1)
    #expect(rig.send(.runPerEngine(.start)) == [.spawnPerEngine(.start, index: 0)])
    #expect(
      rig.send(.perEngineExited(.exited(0))) == [
        .reportPerEngineEnded(PerEngineEnd(.start, 0, .exited(0), .itself)),
        .spawnPerEngine(.start, index: 1),
      ]
    )
    #expect(
      rig.send(.perEngineExited(.exited(5))) == [
        .reportPerEngineEnded(PerEngineEnd(.start, 1, .exited(5), .itself)),
        .reportPerEngineDone(.start),
      ]
    )
    #expect(rig.send(.release(limit: nil)) == [.spawnPerEngine(.stop, index: 0)])
    #expect(
      rig.send(.perEngineExited(.exited(0))) == [
        .reportPerEngineEnded(PerEngineEnd(.stop, 0, .exited(0), .itself)),
        .reportPerEngineDone(.stop),
        .awaitLeftovers, .wake(at: rig.now + .seconds(10)),
      ]
    )
    #expect(rig.send(.leftoversEnded) == [.killEverything])
    #expect(rig.send(.everythingEnded) == [.reportLeft, .exit(.released)])
  }

  @Test func `an engine that never began does not run its STOP commands`() {
    var rig = EngineRig(starts: 1, stops: 1)
    #expect(rig.send(.release(limit: nil)) == [.killEverything])
  }

  @Test func `what tasks left running has the grace time, and is killed then`() {
    var rig = EngineRig()
    rig.start(7)
    rig.exit()
    #expect(rig.send(.release(limit: nil)).contains(.awaitLeftovers))
    #expect(rig.send(.time, after: .seconds(9)) == [])
    #expect(rig.send(.time, after: .seconds(1)) == [.killEverything])
    #expect(rig.send(.leftoversEnded) == [])
    #expect(rig.send(.everythingEnded) == [.reportLeft, .exit(.released)])
  }

  @Test func `an engine that is told to hurry does not wait for what tasks left running`() {
    var rig = EngineRig()
    rig.send(.release(limit: nil))
    #expect(rig.send(.release(limit: .seconds(10))) == [.killEverything])
    var other = EngineRig()
    #expect(other.send(.release(limit: .seconds(5))).contains(.killEverything))
  }

  @Test func `an engine let go without a limit finishes its START commands`() {
    var rig = EngineRig(starts: 1, stops: 1)
    rig.send(.runPerEngine(.start))
    #expect(rig.send(.release(limit: nil)) == [])
    #expect(rig.send(.perEngineExited(.exited(0))).last == .spawnPerEngine(.stop, index: 0))
  }

  @Test func `a limit cuts START short and leaves its rest to STOP`() {
    var rig = EngineRig(starts: 2, stops: 1)
    rig.send(.runPerEngine(.start))
    #expect(
      rig.send(.release(limit: .seconds(10)))
        == [.signalPerEngine(.terminate), .wake(at: rig.now + .seconds(10))]
    )
    #expect(rig.send(.perEngineExited(.signalled(15))) == [])
    #expect(
      rig.send(.perEngineTreeEnded) == [
        .reportPerEngineEnded(PerEngineEnd(.start, 0, .signalled(15), .ordered)),
        .spawnPerEngine(.stop, index: 0),
      ]
    )
  }

  @Test func `STOP commands that take longer than the limit are killed`() {
    var rig = EngineRig(stops: 2)
    rig.send(.release(limit: .seconds(10)))
    #expect(rig.send(.time, after: .seconds(10)) == [.killEverything])
    #expect(
      rig.send(.perEngineExited(.signalled(9)))
        == [.reportPerEngineEnded(PerEngineEnd(.stop, 0, .signalled(9), .ordered))]
    )
    #expect(rig.send(.everythingEnded) == [.reportLeft, .exit(.released)])
  }

  @Test func `a shorter limit replaces a longer one, never the other way round`() {
    var rig = EngineRig(stops: 1)
    rig.send(.release(limit: nil))
    rig.send(.release(limit: .seconds(5)))
    rig.send(.release(limit: .seconds(50)))
    #expect(rig.send(.time, after: .seconds(5)) == [.killEverything])
  }

  @Test func `no time at all kills what runs, and says how it ended`() {
    var rig = EngineRig(stops: 1)
    rig.start(7)
    #expect(rig.send(.release(limit: .zero)) == [.killEverything])
    #expect(rig.exit(.signalled(9)) == [.report(7, .signalled(9), .ordered)])
    #expect(rig.send(.everythingEnded) == [.reportLeft, .exit(.released)])
  }

  @Test func `a tree that was being ended when all is killed is reported with it`() {
    var rig = EngineRig()
    rig.start(7)
    rig.send(.endTask(TaskID(7), SlotIndex(0), .terminate))
    rig.exit(.signalled(15))
    rig.send(.release(limit: .zero))
    #expect(
      rig.send(.everythingEnded)
        == [.report(7, .signalled(15), .ordered), .reportLeft, .exit(.released)]
    )
  }

  @Test func `STOP commands wait for the last task`() {
    var rig = EngineRig(stops: 1)
    rig.start(7)
    #expect(rig.send(.release(limit: nil)) == [])
    #expect(rig.start(8, slot: 1) == [])
    #expect(rig.exit() == [.report(7), .spawnPerEngine(.stop, index: 0)])
  }

  @Test func `a link that closes on the way out silences the engine`() {
    var rig = EngineRig()
    rig.send(.release(limit: .zero))
    #expect(rig.send(.linkClosed) == [])
    #expect(rig.send(.everythingEnded) == [.exit(.linkClosed)])
  }
}
