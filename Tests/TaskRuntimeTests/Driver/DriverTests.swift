import TaskScheduler
import TestSupport
import Testing

@testable import TaskRuntime

/// The driver and its engines, without a process.
@Suite struct DriverTests {
  @Test func `tasks run on the engine, and their rows say what it told of them`() throws {
    let rig = try DriverRig(["true", "exit 3"])
    let report = try rig.finish()
    #expect(report.reason == .completed)
    #expect(report.tally.done == 1 && report.tally.failed == 1)
    let rows = try rig.rows()
    #expect(rows.map(\.id) == [0, 1] && rows.map(\.returnCode) == [0, 3])
    #expect(rows.map { $0.fields[4] } == ["here", "here"])
    #expect(rig.watcher.failures.map(\.report.pid) == [101])
    #expect(rig.watcher.report?.tally == report.tally)
  }

  @Test func `each engine has its host, its slots and its context`() throws {
    let rig = try DriverRig(["#DISBATCH REPEAT 40 true"]) {
      $0.nodes = [.init(name: "a", slots: 1), .init(name: "b", slots: 2)]
      $0.otherContexts = [("more", [.init(name: "c", slots: 3)])]
    }
    let report = try rig.finish()
    #expect(report.reason == .completed && report.slots == 6)
    #expect(rig.world.requests.map(\.node) == ["a", "b", "c"])
    let settings = rig.world.engines.compactMap(\.settings)
    #expect(settings.map(\.rank) == [0, 1, 2] && settings.map(\.slots) == [1, 2, 3])
    #expect(settings[1].logPath.hasSuffix("run_SSH0_b_engine_1.log"))
    #expect(settings[2].logPath.hasSuffix("run_more_c_engine_2.log"))
    let hosts = try rig.rows().map { $0.fields[4] }
    #expect(hosts.count == 40 && Set(hosts) == ["a", "b", "c"])
    #expect(try rig.folder.text(of: "run_more.context.log").contains("engine 2 is started on c"))
  }

  @Test func `no engine is started where nothing is to run on one`() throws {
    let rig = try DriverRig(["#DISBATCH BARRIER", "# nothing"])
    #expect(try rig.finish().reason == .completed)
    #expect(rig.world.requests.isEmpty)
    #expect(try rig.rows().map(\.isBarrier) == [true])
  }

  // MARK: Engines that do not come

  @Test func `an engine that cannot be launched is named, with the reason`() throws {
    let rig = try DriverRig(["true"])
    rig.world.behaviour = { _ in .fails(.noSuchFile) }
    #expect(try rig.finish().reason == .noEngine)
    #expect(rig.watcher.said.count == 1)
    #expect(rig.watcher.said.first?.hasPrefix("engine 0 on here could not start: ") == true)
  }

  @Test func `an engine that refuses is named once, with its reason`() throws {
    let rig = try DriverRig(["true"])
    rig.world.behaviour = { _ in .engine(.refuses("there is no bash")) }
    #expect(try rig.finish().reason == .noEngine)
    #expect(rig.watcher.said == ["engine 0 on here could not start: there is no bash"])
  }

  @Test func `an engine whose process ends before it has joined has not started`() throws {
    let rig = try DriverRig(["true"])
    rig.world.behaviour = { _ in .engine(.silent) }
    try rig.run { !rig.world.processes.isEmpty }
    rig.world.processes[0].finish(.exited(1))
    #expect(try rig.finish().reason == .noEngine)
    #expect(rig.watcher.said == ["engine 0 on here could not start: it ended at once"])
  }

  // MARK: Links that come later

  @Test(arguments: [true, false])
  func `a link may come later than its process, or without one`(hasProcess: Bool) throws {
    let rig = try DriverRig(["#DISBATCH PERENGINE START prepare", "true"])
    let ticket = JoinTicket(7)
    rig.world.behaviour = { _ in .later(ticket, hasProcess: hasProcess) }
    try rig.run { !rig.world.requests.isEmpty }
    for _ in 0..<3 { try rig.turn() }
    #expect(try rig.rows().isEmpty)
    let (request, process) = (rig.world.requests[0], rig.world.processes.first)
    let isOtherAwaited = try rig.join(request, nil, with: JoinTicket(8))
    let isAwaited = try rig.join(request, process, with: ticket)
    #expect(!isOtherAwaited && isAwaited)
    #expect(try rig.finish().reason == .completed)
    #expect(try rig.rows().map(\.flags) == ["   P", "    "])
    // The ticket has been used.
    let isAwaitedAgain = try rig.join(request, nil, with: ticket)
    #expect(!isAwaitedAgain)
  }

  @Test(arguments: [true, false])
  func `an engine that is awaited when the run is stopped is awaited no more`(
    hasProcess: Bool
  ) throws {
    let rig = try DriverRig(["true"])
    rig.world.behaviour = { _ in .later(JoinTicket(1), hasProcess: hasProcess) }
    try rig.run { !rig.world.requests.isEmpty }
    rig.stop()
    #expect(try rig.finish().reason == .stopped(.interrupt))
    #expect(rig.world.processes.allSatisfy { $0.hasToldToEnd })
    #expect(rig.watcher.said.isEmpty, "its end is no news")
  }

  // MARK: Engines that go

  @Test func `an engine that is lost is replaced on its host, and its tasks run again`() throws {
    let rig = try DriverRig(["hang"]) { $0.nodes = [.init(name: "n", slots: 1)] }
    try rig.run { rig.world.engines.first?.orders.count == 1 }
    rig.world.engines[0].die(.signalled(9))
    // It runs alone now, and another engine has come in the old one's place.
    try rig.run { rig.world.engines.contains { $0 !== rig.world.engines[0] && !$0.orders.isEmpty } }
    rig.stop()
    let report = try rig.finish()
    #expect(report.tally.enginesLost == 1)
    #expect(rig.world.requests.allSatisfy { $0.node == "n" })
    let rows = try rig.rows()
    #expect(rows.first?.returnCode == -100 && rows.first?.isLeftOut == true)
    #expect(rows.first?.fields[4] == "n")
  }

  @Test func `a task that kills its engine again is named, and has failed`() throws {
    let rig = try DriverRig(["die"])
    let report = try rig.finish()
    #expect(report.reason == .completed && report.tally.failed == 1)
    #expect(rig.watcher.said.contains { $0.hasPrefix("task 0 (line 1) killed its engine") })
    let told = rig.watcher.said.filter { $0.contains("each task that ran there runs again") }
    #expect(told.count == 1)
  }

  @Test func `an engine that makes no sense is ended, and another takes its place`() throws {
    let rig = try DriverRig(["true"])
    rig.world.behaviour = { $0.engine == EngineID(0) ? .engine(.babbles) : .engine(.serves) }
    _ = try rig.finish()
    #expect(rig.world.processes[0].hasToldToEnd)
  }

  @Test func `the link of an engine without a process here is its life`() throws {
    let rig = try DriverRig(["hang"]) { $0.nodes = [.init(name: "far", slots: 1)] }
    rig.world.behaviour = {
      $0.engine == EngineID(0) ? .later(JoinTicket(1), hasProcess: false) : .engine(.serves)
    }
    try rig.run { !rig.world.requests.isEmpty }
    let isAwaited = try rig.join(rig.world.requests[0], nil, with: JoinTicket(1))
    #expect(isAwaited)
    try rig.run { rig.world.engines[0].orders.count == 1 }
    rig.world.engines[0].die(.signalled(9))
    try rig.run { rig.world.requests.count > 1 }
    rig.stop()
    #expect(try rig.finish().tally.enginesLost == 1)
  }

  // MARK: The order of a turn

  @Test func `an engine's last words come before its death`() throws {
    let rig = try DriverRig(["hang"]) { $0.nodes = [.init(name: "here", slots: 1)] }
    try rig.run { rig.world.engines.first?.orders.count == 1 }
    let engine = rig.world.engines[0]
    let end = AttemptEnd(TaskID(0), .first, in: SlotIndex(0), .exited(0), .itself)
    engine.say(.taskEnded(end, TaskReport()))
    engine.die(.signalled(9))
    let report = try rig.finish()
    #expect(report.tally.done == 1 && report.tally.requeued == 0)
    #expect(try rig.rows().map(\.returnCode) == [0])
  }

  @Test func `a signal counts before the news that came with it`() throws {
    let rig = try DriverRig(["hang", "true"]) { $0.nodes = [.init(name: "here", slots: 1)] }
    try rig.run { rig.world.engines.first?.orders.count == 1 }
    let end = AttemptEnd(TaskID(0), .first, in: SlotIndex(0), .exited(5), .itself)
    rig.world.engines[0].say(.taskEnded(end, TaskReport()))
    rig.stop()
    #expect(try rig.finish().reason == .stopped(.interrupt))
    // Had the news come first, the next task would have been started.
    #expect(rig.world.engines[0].orders.map(\.task) == [TaskID(0)])
  }

  @Test func `the third signal gives up what cannot be waited for`() throws {
    let rig = try DriverRig(["hang"])
    try rig.run { rig.world.engines.first?.orders.count == 1 }
    for _ in 0..<3 {
      rig.stop()
      try rig.turn()
    }
    #expect(try rig.finish().stopSignal == 15)
  }

  @Test func `PERENGINE commands reach engines that come before and after they are all known`()
    throws
  {
    let rig = try DriverRig([
      "#DISBATCH PERENGINE START a", "#DISBATCH PERENGINE STOP b", "true", "die",
    ])
    #expect(try rig.finish().reason == .completed)
    for engine in rig.world.engines {
      let commands = engine.messages.filter {
        if case .perEngineCommand = $0 { true } else { false }
      }
      #expect(commands.count == 2)
    }
    #expect(rig.world.engines.count > 1)
  }
}
