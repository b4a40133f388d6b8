import Glibc
import TaskRuntime
import TaskScheduler
import TestSupport
import Testing

/// The engine's process against a driver that says all it has to say and then listens.
@Suite(.timeLimit(.minutes(2))) struct EngineTests {
  /// The driver's side of a link.
  struct Driver: ~Copyable {
    let pid: Int32
    private let socket: FileDescriptor
    private var frames = FrameReader()

    private let folder: TemporaryFolder

    /// Starts an engine.
    init() throws {
      // An engine may leave before it has been told everything.
      ProcessExit.surviveWrites()
      let folder = try TemporaryFolder()
      let mark = TestSupport.ProcessTable.Mark(folder)
      let sockets = try FileDescriptor.socketPair()
      let null = try FileDescriptor(opening: "/dev/null", for: .reading)
      let pid = try Spawner(Spawner.Manner(path: Disbatch.path)).start(
        arguments: CStringArray(["disbatch", "engine"]),
        environment: CStringArray([
          "PATH=/usr/bin:/bin", "\(mark.name)=\(mark.value)", "DISBATCH_TASKID=stale",
        ]),
        descriptors: Spawner.Descriptors(
          input: null.rawValue,
          output: 2,
          error: 2,
          link: sockets.second.rawValue
        )
      )
      self.folder = folder
      self.pid = pid
      socket = sockets.keepFirst()
    }

    func say(_ messages: [DriverMessage]) throws {
      var writer = WireWriter()
      for message in messages { writer.frame { message.write(to: &$0) } }
      try socket.writeAll(writer.bytes.span)
    }

    /// Says no more.
    func hangUp() { _ = shutdown(socket.rawValue, Int32(SHUT_WR)) }

    /// What the engine says next; `nil` when it has ended.
    mutating func next() throws -> EngineMessage? {
      var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
      while true {
        if let frame = try frames.next() { return try EngineMessage(from: frame) }
        // An engine that ends before it has read all that was said resets the link.
        guard case .bytes(let count)? = try? socket.read(into: &buffer) else { return nil }
        frames.append(buffer[..<count])
      }
    }

    /// All that the engine says until it ends.
    mutating func heard() throws -> [EngineMessage] {
      var messages: [EngineMessage] = []
      while let message = try next() { messages.append(message) }
      return messages
    }

    /// What it left behind, if anything.
    var leftovers: [Int32: String] {
      TestSupport.ProcessTable.processes(with: TestSupport.ProcessTable.Mark(folder))
    }

    /// How its process ended.
    func ended() -> Outcome? { ChildRoster.waitForEnd(of: pid) }
  }

  static func settings(
    slots: Int32 = 2,
    grace: Interval = .seconds(60),
    keeping: OutputKeeping = .none
  ) -> EngineSettings {
    EngineSettings(
      jobID: "run",
      runID: "0f",
      nameTasks: "Tasks",
      rank: 4,
      coresPerTask: 3,
      slots: slots,
      grace: grace,
      directory: "",
      logPath: "/dev/null",
      keeping: keeping
    )
  }

  static func order(_ id: Int64, _ command: String, slot: Int32 = 0) -> DriverMessage {
    .start(
      TaskOrder(
        task: TaskID(id),
        attempt: .first,
        slot: SlotIndex(slot),
        line: id + 1,
        repeatIndex: -1,
        command: ContiguousArray(command.utf8)
      )
    )
  }

  /// The task's outputs and outcomes among what was heard, by task.
  static func ends(_ messages: [EngineMessage]) -> [Int64: (outcome: Outcome, report: TaskReport)] {
    var result: [Int64: (Outcome, TaskReport)] = [:]
    for case .taskEnded(let end, let report) in messages {
      result[end.task.rawValue] = (end.outcome, report)
    }
    return result
  }

  @Test func `tasks run in their slots and are reported, then the engine leaves`() throws {
    var driver = try Driver()
    try driver.say([
      .configure(Self.settings()), .perEngineDefined(startCount: 0, stopCount: 0),
      Self.order(0, "echo out; echo err >&2; exit 3"),
      Self.order(1, "kill -9 $$", slot: 1),
      .release(limit: nil),
    ])
    let heard = try driver.heard()
    #expect(driver.ended() == .exited(0))
    #expect(heard.first == .joined(pid: driver.pid))
    #expect(heard.last == .left)
    let ends = Self.ends(heard)
    #expect(ends[0]?.outcome == .exited(3))
    #expect(ends[0]?.report.output == ContiguousArray("out\n".utf8))
    #expect(ends[0]?.report.errorByteCount == 4)
    #expect(ends[1]?.outcome == .signalled(9))
  }

  @Test func `a task has the documented environment and nothing to read`() throws {
    var driver = try Driver()
    try driver.say([
      .configure(Self.settings()), .perEngineDefined(startCount: 0, stopCount: 0),
      Self.order(7, "echo $DISBATCH_TASKID $DISBATCH_REPEAT_INDEX_ZP; cat", slot: 0),
      Self.order(8, "echo $DISBATCH_ENGINE_RANK $DISBATCH_CORES_PER_TASK $0", slot: 1),
      .release(limit: nil),
    ])
    let ends = Self.ends(try driver.heard())
    #expect(ends[7]?.report.output == ContiguousArray("7 -00001\n".utf8))
    #expect(ends[8]?.report.output == ContiguousArray("4 3 /bin/bash\n".utf8))
    #expect(driver.ended() == .exited(0))
  }

  @Test func `a process in the background holds neither the slot nor the engine`() throws {
    var driver = try Driver()
    try driver.say([
      .configure(Self.settings(slots: 1)), .perEngineDefined(startCount: 0, stopCount: 0),
      Self.order(0, "sleep 1000 & echo done"), .release(limit: nil),
    ])
    #expect(Self.ends(try driver.heard())[0]?.outcome == .exited(0))
    #expect(driver.ended() == .exited(0))
    #expect(driver.leftovers.isEmpty)
  }

  @Test func `PERENGINE commands run one after another, STOP ones when the engine is let go`()
    throws
  {
    var driver = try Driver()
    let says: (String) -> ContiguousArray<UInt8> = { ContiguousArray($0.utf8) }
    try driver.say([
      .configure(Self.settings()),
      .perEngineCommand(.start, index: 0, line: 1, says("echo $DISBATCH_CYLINDER_RANK")),
      .perEngineCommand(.start, index: 1, line: 2, says("false")),
      .perEngineCommand(.stop, index: 0, line: 3, says("echo $DISBATCH_TASKID")),
      .perEngineDefined(startCount: 2, stopCount: 1),
      .runPerEngine(.start), .release(limit: nil),
    ])
    var ended: [String] = []
    for message in try driver.heard() {
      switch message {
      case .perEngineEnded(let end, let report):
        let output = String(decoding: report.output, as: UTF8.self)
        ended.append("\(end.moment) \(end.index) \(end.outcome.statusCode) \(output)")
      case .perEngineDone(let moment): ended.append("\(moment) done")
      default: break
      }
    }
    #expect(
      ended == ["start 0 0 -1\n", "start 1 1 ", "start done", "stop 0 0 0\n", "stop done"]
    )
    #expect(driver.ended() == .exited(0))
  }

  @Test(arguments: [
    "sleep 1000", "sleep 1000 & setsid sleep 1001 & wait",
    "(setsid setsid sleep 1000 &) ; sleep 1001",
    "trap '' TERM; sleep 1000",
  ])
  func `when the driver is gone everything goes, wherever it went`(command: String) throws {
    var driver = try Driver()
    try driver.say([
      .configure(Self.settings()), .perEngineDefined(startCount: 0, stopCount: 0),
      Self.order(0, command),
    ])
    driver.hangUp()
    #expect(Self.ends(try driver.heard()).isEmpty)
    #expect(driver.ended() == .exited(1))
    #expect(driver.leftovers.isEmpty)
  }

  @Test func `a command that no shell can get is reported as not started`() throws {
    var driver = try Driver()
    try driver.say([
      .configure(Self.settings()), .perEngineDefined(startCount: 0, stopCount: 0),
      Self.order(0, "echo a\0b"), Self.order(1, String(repeating: "x", count: 1 << 20), slot: 1),
      .release(limit: nil),
    ])
    let ends = Self.ends(try driver.heard())
    #expect(ends[0]?.outcome == .notStarted(errno: EINVAL))
    #expect(ends[1]?.outcome == .notStarted(errno: E2BIG))
    #expect(ends[1]?.report.pid == -1)
    #expect((ends[1]?.report.errorByteCount ?? 0) > 0)
    #expect(driver.ended() == .exited(0))
  }

  @Test func `words that make no sense end the engine and its tasks`() throws {
    let driver = try Driver()
    try driver.say([
      .configure(Self.settings()), .perEngineDefined(startCount: 0, stopCount: 0),
      Self.order(0, "sleep 1000"), .configure(Self.settings(slots: 0)),
    ])
    #expect(driver.ended() == .exited(1))
    #expect(driver.leftovers.isEmpty)
  }
}
