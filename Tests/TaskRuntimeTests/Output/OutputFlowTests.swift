import Glibc
import TaskRuntime
import TaskScheduler
import TestSupport
import Testing

/// Output that comes faster than it can be kept.
@Suite(.timeLimit(.minutes(2))) struct OutputFlowTests {
  /// Stays shut until it is opened.
  private final class Gate: Sendable {
    let bell: Wakeup

    init() throws { bell = try Wakeup(waits: true) }
  }

  /// A store that waits at a gate, as a file server may let one wait.
  private struct HangingStore: OutputStore {
    let gate: Gate

    mutating func keep(_ chunks: [OutputChunk]) -> OutputLoss {
      if !chunks.isEmpty { gate.bell.answer() }
      return OutputLoss()
    }

    mutating func finish() -> OutputLoss { OutputLoss() }
  }

  @Test func `a writer whose disk hangs keeps nobody waiting, and settles when it goes on`() throws
  {
    let gate = try Gate()
    let writer = try OutputWriter(HangingStore(gate: gate))
    let chunk = ResultsTests.chunk("text")
    writer.submit([chunk], from: 3)
    writer.submit([chunk, chunk], from: 4)
    writer.finish()
    #expect(writer.takeProgress().settled.isEmpty)
    #expect(!writer.isDone)
    var settled: [Int32: Int] = [:]
    // What came while it hung may be a batch of its own, before which the gate is asked again.
    while !writer.isDone {
      gate.bell.ring()
      try #require(try writer.answer.descriptor.waitForInput(milliseconds: 60_000))
      writer.takeProgress().settled.forEach { settled[$0, default: 0] += $1 }
    }
    writer.join()
    writer.takeProgress().settled.forEach { settled[$0, default: 0] += $1 }
    #expect(settled == [3: chunk.cost, 4: 2 * chunk.cost])
  }

  /// Bytes of each stream among what was heard, by task, and how many came in all.
  private struct Heard {
    var output: [Int64: Int64] = [:]
    var ended: Set<Int64> = []
    var cost = 0

    mutating func take(_ message: EngineMessage) {
      switch message {
      case .output(let chunk):
        let task = chunk.origin.task.rawValue
        #expect(chunk.offset == output[task, default: 0], "pieces come in their order")
        output[task, default: 0] += Int64(chunk.bytes.count)
        cost += chunk.cost
      case .taskEnded(let end, let report):
        #expect(end.outcome == .exited(0))
        #expect(report.outputByteCount == output[end.task.rawValue, default: 0])
        ended.insert(end.task.rawValue)
      default: break
      }
    }
  }

  @Test func `an engine whose driver settles nothing holds back output and its task, no other`()
    throws
  {
    var driver = try EngineTests.Driver()
    let window = 100_000
    try driver.say([
      .configure(EngineTests.settings(keeping: .driver(window: Int64(window)))),
      .perEngineDefined(startCount: 0, stopCount: 0),
      EngineTests.order(0, "head -c 3000000 /dev/zero"),
    ])
    var heard = Heard()
    while heard.cost < window { heard.take(try #require(try driver.next())) }
    // Tasks that are silent go on as ever.
    try driver.say([EngineTests.order(1, ":", slot: 1)])
    while heard.ended.isEmpty { heard.take(try #require(try driver.next())) }
    #expect(heard.ended == [1])
    #expect(heard.cost < window + (1 << 17), "\(heard.cost)")
    try driver.say([.release(limit: nil)])
    var settled = 0
    while true {
      // By the last time the engine may have left.
      try? driver.say([.outputSettled(cost: Int64(heard.cost - settled))])
      settled = heard.cost
      guard let message = try driver.next() else { break }
      heard.take(message)
    }
    #expect(heard.ended == [0, 1])
    #expect(heard.output == [0: 3_000_000])
    #expect(driver.ended() == .exited(0))
  }

  @Test func `a task whose last output waits can still be ended`() throws {
    var driver = try EngineTests.Driver()
    try driver.say([
      .configure(EngineTests.settings(slots: 1, keeping: .driver(window: 1))),
      .perEngineDefined(startCount: 0, stopCount: 0),
      // The first piece takes all the room there is.
      EngineTests.order(0, "echo; sleep 0.1; echo more"),
    ])
    var heard = Heard()
    while heard.cost == 0 { heard.take(try #require(try driver.next())) }
    try driver.say([.endTask(TaskID(0), SlotIndex(0), .kill)])
    while true {
      guard case .taskEnded = try #require(try driver.next()) else { continue }
      break
    }
    driver.hangUp()
    #expect(try driver.heard().isEmpty)
    #expect(driver.ended() == .exited(1))
  }

  @Test func `what a process in the background prints after its task's end is kept as the task's`()
    throws
  {
    let folder = try TemporaryFolder()
    let go = try NamedPipe("go", .toTasks, in: folder)
    var driver = try EngineTests.Driver()
    try driver.say([
      .configure(EngineTests.settings(slots: 1, keeping: .driver(window: 1 << 20))),
      .perEngineDefined(startCount: 0, stopCount: 0),
      EngineTests.order(0, "(read -r line < '\(go.path)'; echo late >&2) & echo early"),
    ])
    var text = ""
    var hasEnded = false
    while !hasEnded {
      switch try #require(try driver.next()) {
      case .taskEnded(_, let report):
        hasEnded = true
        #expect(report.errorByteCount == 0)
      case .output(let chunk): text += String(decoding: chunk.bytes, as: UTF8.self)
      default: break
      }
    }
    try go.release()
    while text != "early\nlate\n" {
      guard case .output(let chunk) = try #require(try driver.next()) else { continue }
      #expect(chunk.origin.task == TaskID(0))
      text += String(decoding: chunk.bytes, as: UTF8.self)
    }
    driver.hangUp()
    #expect(driver.ended() == .exited(1))
  }
}
