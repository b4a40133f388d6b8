import TaskRuntime
import TaskScheduler
import TestSupport
import Testing

@Suite struct MessageTests {
  static let settings = EngineSettings(
    jobID: "T_disBatch_1",
    runID: "0f",
    nameTasks: "T é",
    rank: 3,
    coresPerTask: 2,
    slots: 8,
    grace: .seconds(10),
    silenceLimit: .seconds(120),
    directory: "/task",
    logPath: "/task/log",
    keeping: .files(folder: "/task/results")
  )

  static let chunk = OutputChunk(
    origin: OutputOrigin(task: TaskID(1 << 40), attempt: Attempt(2), stream: .error),
    offset: 1 << 50,
    bytes: [0xFF, 0x00, 0x0A],
    isLast: true
  )

  static let fromDriver: [DriverMessage] = [
    .configure(settings),
    .perEngineCommand(.start, index: 0, line: 5, ContiguousArray("stage in".utf8)),
    .perEngineCommand(.stop, index: 1, line: 6, []),
    .perEngineDefined(startCount: 1, stopCount: 2),
    .runPerEngine(.start),
    .start(
      TaskOrder(
        task: TaskID(1 << 40),
        attempt: Attempt(2),
        slot: SlotIndex(7),
        line: 9,
        repeatIndex: -1,
        timeout: .seconds(3),
        command: [0xFF, 0x00, 0x0A]
      )
    ),
    .endTask(TaskID(4), SlotIndex(1), .kill),
    .release(limit: nil),
    .release(limit: .zero),
    .leaseAnswer(sentAt: Instant(nanoseconds: 99)),
    .outputSettled(cost: 1 << 33),
  ]

  static let fromEngine: [EngineMessage] = [
    .joined(pid: 77),
    .refused("no directory"),
    .taskEnded(
      AttemptEnd(TaskID(5), Attempt(1), in: SlotIndex(0), .signalled(9), .ordered),
      TaskReport(failure: "é", atNanoseconds: 5)
    ),
    .taskEnded(
      AttemptEnd(TaskID(5), Attempt(1), in: SlotIndex(0), .signalled(9), .itself),
      killed(64 << 20, true)
    ),
    .taskEnded(
      AttemptEnd(TaskID(5), Attempt(1), in: SlotIndex(0), .exited(137), .itself),
      killed(nil, false)
    ),
    .taskEnded(
      AttemptEnd(TaskID(5), Attempt(1), in: SlotIndex(0), .notStarted(errno: 7), .itself),
      TaskReport()
    ),
    .taskEnded(
      AttemptEnd(TaskID(5), Attempt(1), in: SlotIndex(0), .refused(errno: 11), .itself),
      TaskReport()
    ),
    .perEngineEnded(PerEngineEnd(.stop, 2, .exited(1), .timedOut), TaskReport()),
    .perEngineDone(.start),
    .heartbeat(sentAt: Instant(nanoseconds: -1)),
    .left, .told(.terminate), .told(.cpuTime),
    .output(chunk),
    .outputLost(OutputLoss(tasks: [TaskID(3), TaskID(9)], reason: "é")),
    .outputCut(TaskID(3), byteCount: 1 << 40),
    .leftovers(leftovers),
  ]

  private static func killed(_ limit: Int64?, _ isCertain: Bool) -> TaskReport {
    var report = TaskReport()
    report.memoryDeath = MemoryDeath(limit: limit, isCertain: isCertain)
    return report
  }

  static let leftovers = {
    var leftovers = Leftovers()
    leftovers.taskCount = 7
    leftovers.examples = [Leftovers.Example(task: TaskID(12), command: "sleep 300")]
    return leftovers
  }()

  private func frame(_ body: (inout WireWriter) -> Void) -> ContiguousArray<UInt8> {
    var writer = WireWriter()
    body(&writer)
    return writer.bytes
  }

  @Test(arguments: fromDriver)
  func `what a driver says arrives as it was said`(message: DriverMessage) throws {
    let bytes = frame { message.write(to: &$0) }
    #expect(try DriverMessage(from: WireReader(bytes, 0..<bytes.count)) == message)
  }

  @Test(arguments: fromEngine)
  func `what an engine says arrives as it was said`(message: EngineMessage) throws {
    let bytes = frame { message.write(to: &$0) }
    #expect(try EngineMessage(from: WireReader(bytes, 0..<bytes.count)) == message)
  }

  @Test(arguments: fromDriver)
  func `a message that is cut anywhere is refused`(message: DriverMessage) {
    let bytes = frame { message.write(to: &$0) }
    for count in 0..<bytes.count {
      #expect(throws: WireError.self) {
        try DriverMessage(from: WireReader(bytes, 0..<count))
      }
    }
  }

  @Test(arguments: fromEngine)
  func `a message with something behind it is refused`(message: EngineMessage) {
    var bytes = frame { message.write(to: &$0) }
    bytes.append(0)
    #expect(throws: WireError.excess) {
      try EngineMessage(from: WireReader(bytes, 0..<bytes.count))
    }
  }

  @Test func `an engine of another version is told apart before anything else is read`() {
    var writer = WireWriter()
    writer.put(UInt8(1))
    writer.put(EngineSettings.wireVersion + 1)
    #expect(throws: WireError.otherVersion(EngineSettings.wireVersion + 1)) {
      try DriverMessage(from: WireReader(writer.bytes, 0..<writer.count))
    }
  }

  @Test func `random bytes are read or refused, never believed beyond their end`() {
    var random = SplitMix(seed: 20)
    for _ in 0..<20_000 {
      let bytes = ContiguousArray(
        (0..<Int.random(in: 0...60, using: &random)).map { _ in
          UInt8.random(in: 0...9, using: &random)
        }
      )
      let reader = WireReader(bytes, 0..<bytes.count)
      if let message = try? EngineMessage(from: reader) {
        #expect(frame { message.write(to: &$0) } == bytes)
      }
      if let message = try? DriverMessage(from: reader) {
        #expect(frame { message.write(to: &$0) } == bytes)
      }
    }
  }
}
