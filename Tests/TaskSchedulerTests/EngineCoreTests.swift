import TaskScheduler
import Testing

/// Tasks, as an engine handles them.
@Suite struct EngineCoreTests {
  private let slot = SlotIndex(0)

  @Test func `a task is run and its end is told`() {
    var rig = EngineRig()
    #expect(rig.start(7) == [.spawnTask(TaskID(7), .first, slot)])
    #expect(rig.exit(.exited(3)) == [.report(7, .exited(3))])
    #expect(rig.start(8) == [.spawnTask(TaskID(8), .first, slot)])
  }

  @Test func `a task that cannot be started has ended`() {
    var rig = EngineRig()
    rig.start(7)
    #expect(rig.exit(.notStarted(errno: 12)) == [.report(7, .notStarted(errno: 12))])
  }

  @Test(arguments: EndSignal.allCases)
  func `a signal from outside is told in its order, and decides nothing here`(signal: EndSignal) {
    var rig = EngineRig()
    rig.start(7)
    rig.start(8, slot: 1)
    #expect(rig.exit() == [.report(7)])
    #expect(rig.send(.told(signal)) == [.reportTold(signal)])
    #expect(rig.exit(slot: 1, .exited(143)) == [.report(8, slot: 1, .exited(143))])
  }

  @Test func `who tells an engine twice to end means it; a message may come often`() {
    var rig = EngineRig()
    rig.start(7)
    #expect(rig.send(.told(.user1)) == [.reportTold(.user1)])
    #expect(rig.send(.told(.user1)) == [.reportTold(.user1)])
    #expect(rig.send(.told(.terminate)) == [.reportTold(.terminate)])
    #expect(rig.send(.told(.hangup)) == [.killEverything])
  }

  @Test func `a task over its time gets SIGTERM, after the grace time SIGKILL`() {
    var rig = EngineRig()
    #expect(rig.start(7, timeout: .seconds(5)).last == .wake(at: rig.now + .seconds(5)))
    #expect(
      rig.send(.time, after: .seconds(5))
        == [.signalTree(slot, .terminate), .wake(at: rig.now + .seconds(10))]
    )
    #expect(rig.send(.time, after: .seconds(10)) == [.signalTree(slot, .kill)])
    #expect(rig.exit(.signalled(9)) == [])
    #expect(rig.send(.treeEnded(slot)) == [.report(7, .signalled(9), .timedOut)])
  }

  @Test(arguments: [true, false])
  func `a task that is ended has ended when shell and tree are gone`(isShellFirst: Bool) {
    var rig = EngineRig()
    rig.start(7)
    #expect(
      rig.send(.endTask(TaskID(7), slot, .terminate)).first == .signalTree(slot, .terminate)
    )
    let exited = EngineEvent.childExited(slot, .signalled(15))
    #expect(rig.send(isShellFirst ? exited : .treeEnded(slot)) == [])
    let end = rig.send(isShellFirst ? .treeEnded(slot) : exited)
    #expect(end == [.report(7, .signalled(15), .ordered)])
  }

  @Test func `SIGKILL follows SIGTERM when it is asked for, once`() {
    var rig = EngineRig()
    rig.start(7)
    rig.send(.endTask(TaskID(7), slot, .terminate))
    #expect(rig.send(.endTask(TaskID(7), slot, .terminate)) == [])
    #expect(rig.send(.endTask(TaskID(7), slot, .kill)) == [.signalTree(slot, .kill)])
    #expect(rig.send(.endTask(TaskID(7), slot, .kill)) == [])
  }

  @Test func `an order to end a task that ended meanwhile is passed over`() {
    var rig = EngineRig()
    rig.start(7)
    rig.exit()
    #expect(rig.send(.endTask(TaskID(7), slot, .kill)) == [])
    rig.start(8)
    #expect(rig.send(.endTask(TaskID(7), slot, .kill)) == [])
  }

  @Test func `a task's own end before its time is up leaves nothing behind`() {
    var rig = EngineRig()
    rig.start(7, timeout: .seconds(5))
    rig.exit()
    rig.start(8, timeout: .seconds(60))
    let actions = rig.send(.time, after: .seconds(5))
    #expect(actions == [.wake(at: rig.now + .seconds(55))])
  }

  @Test func `a closed link kills everything and is answered to nobody`() {
    var rig = EngineRig(stops: 1)
    rig.start(7)
    #expect(rig.send(.linkClosed) == [.killEverything])
    #expect(rig.exit(.signalled(9)) == [])
    #expect(rig.send(.everythingEnded) == [.exit(.linkClosed)])
    #expect(rig.send(.time) == [])
  }

  @Test func `a lease ends after two thirds of the silence limit and takes the tasks along`() {
    var rig = EngineRig(silenceLimit: .seconds(90))
    rig.start(7)
    #expect(rig.send(.time, after: .seconds(59)) == [])
    #expect(rig.send(.time, after: .seconds(1)) == [.killEverything])
    rig.exit(.signalled(9))
    #expect(rig.send(.everythingEnded) == [.exit(.leaseExpired)])
  }

  @Test func `an answer renews the lease from when the sign of life was sent`() {
    var rig = EngineRig(silenceLimit: .seconds(90))
    let sentAt = rig.now + .seconds(10)
    #expect(rig.send(.leaseRenewed(sentAt: sentAt), after: .seconds(50)) == [])
    #expect(rig.send(.time, after: .seconds(19)) != [.killEverything])
    #expect(rig.send(.time, after: .seconds(1)) == [.killEverything])
  }

  @Test func `an order that comes after the lease is not obeyed`() {
    var rig = EngineRig(silenceLimit: .seconds(90))
    rig.now = rig.now + .seconds(61)
    #expect(rig.start(7) == [.killEverything])
  }
}
