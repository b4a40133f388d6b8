import TaskLang
import TaskScheduler
import TestSupport
import Testing

@testable import TaskRuntime

/// The pool of engines, with many of them.
@Suite struct EnginePoolTests {
  /// A launcher of engines that say nothing: only their ends of the links are there.
  private final class IdleLauncher: Launcher {
    var links: [FileDescriptor.Shared] = []

    func launch(_ request: LaunchRequest) throws(Errno) -> Launched {
      let sockets = try FileDescriptor.socketPair()
      links.append(FileDescriptor.Shared(try sockets.second.copy()))
      return .linked(FakeProcess(of: request.engine), sockets.keepFirst())
    }
  }

  @Test func `a turn costs what happens in it, though 2,000 engines are idle`() throws {
    _ = Host.raiseOpenFileLimit()
    let folder = try TemporaryFolder()
    let loop = try Loop()
    let files = RunFiles(prefix: folder.file("run"))
    let announcer = try Announcer(
      LogSink(path: files.driverLog),
      contextLogs: [LogSink(path: files.contextLog("many"))],
      leastLevel: .error,
      patience: .zero,
      in: loop
    )
    let launcher = IdleLauncher()
    let nodes = (0..<2000).map { LaunchPlan.Node(name: "n\($0)", slots: 1) }
    let plan = LaunchPlan(nodes: nodes, coresPerTask: 1)
    let pool = EnginePool(
      [EngineContext(label: "many", plan: plan, launcher: launcher)],
      EngineSettings(
        jobID: "",
        runID: "",
        nameTasks: "",
        rank: 0,
        coresPerTask: 1,
        slots: 1,
        grace: .zero,
        directory: "",
        logPath: ""
      ),
      files,
      patience: .zero,
      (announcer, ChildRoster { .none }, loop)
    )
    var turn = Turn(at: Clock.now)
    pool.launchAll(in: &turn)
    #expect(turn.count == 2000)
    pool.flush()
    #expect(pool.post.flushCount == 2000)

    for _ in 0..<10 { pool.flush() }
    #expect(pool.post.flushCount == 2000, "nothing was to be said to anybody")

    pool.send(.runPerEngine(.start), to: EngineID(1234))
    pool.send(.runPerEngine(.stop), to: EngineID(1234))
    pool.flush()
    #expect(pool.post.flushCount == 2001)

    while turn.next() != nil {}
    var writer = WireWriter()
    writer.frame { EngineMessage.joined(pid: 1).write(to: &$0) }
    var frame: ContiguousArray<UInt8> = []
    unsafe writer.withWaiting { unsafe frame.append(contentsOf: $0) }
    try launcher.links[77].descriptor.writeAll(frame.span)
    try loop.wait(until: Clock.now + .seconds(10), at: Clock.now)
    loop.dispatch(in: &turn)
    #expect(turn.count == 1)
    let event = turn.next()
    #expect(
      event == .engineJoined(EngineID(77), ContextID(0), slots: 1, isLeased: false)
    )
    loop.close()
  }
}
