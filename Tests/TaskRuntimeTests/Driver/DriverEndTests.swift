import Synchronization
import TaskScheduler
import TestSupport
import Testing

@testable import TaskRuntime

/// The end of a run, when something does not come to its end.
@Suite struct DriverEndTests {
  /// Keeps nothing and does not come back before it is told to.
  private struct StuckStore: OutputStore, Sendable {
    let gate: Gate

    mutating func keep(_ chunks: [OutputChunk]) -> OutputLoss {
      if !chunks.isEmpty { gate.pass() }
      return OutputLoss()
    }

    mutating func finish() -> OutputLoss { OutputLoss() }
  }

  /// A file that nobody can write into before its gate is open.
  private final class StuckFile: LineFile {
    let gate: Gate

    init(gate: Gate) { self.gate = gate }

    func write(_ lines: inout ContiguousArray<UInt8>) throws(Errno) {
      gate.pass()
      lines = []
    }

    func makeDurable() throws(Errno) {}
  }

  /// Where threads stand until it is opened.
  private final class Gate: Sendable {
    private let bell: Wakeup

    init() throws { bell = try Wakeup(waits: true) }

    func pass() {
      bell.answer()
      bell.ring()
    }

    func open() { bell.ring() }
  }

  @Test func `a process that outlives its engine is killed when patience is over`() throws {
    let rig = try DriverRig(["true"]) { $0.patience.engines = .milliseconds(50) }
    try rig.run { !rig.world.engines.isEmpty }
    rig.world.engines[0].outlivesItself = true
    #expect(try rig.finish().reason == .completed)
    #expect(rig.world.processes[0].isKilled)
  }

  @Test(arguments: [true, false])
  func `output that a disk does not take holds up a stopped run for its grace time only`(
    isHurried: Bool
  ) throws {
    let gate = try Gate()
    defer { gate.open() }
    let rig = try DriverRig(["hang"]) {
      $0.store = StuckStore(gate: gate)
      $0.options.policy.grace = isHurried ? .seconds(3600) : .milliseconds(50)
    }
    try rig.run { rig.world.engines.first?.orders.count == 1 }
    let origin = OutputOrigin(task: TaskID(0), attempt: .first, stream: .output)
    let chunk = OutputChunk(origin: origin, offset: 0, bytes: [65])
    rig.world.engines[0].say(.output(chunk))
    rig.stop()
    if isHurried {
      try rig.run { rig.driver.stage == .output }
      rig.stop()
    }
    let report = try rig.finish()
    #expect(report.remarks.isOutputCut && report.exitCode == 128 + 15)
  }

  @Test func `rows that a file server does not take are given up on a signal`() throws {
    let gate = try Gate()
    let writer = try FileWriter()
    writer.submit(FileWriter.Job(file: StuckFile(gate: gate), lines: [65]))
    let rig = try DriverRig(["true"]) { $0.rowWriter = writer }
    defer {
      // The rows that were given up are written after all, into a folder that must be there still.
      gate.open()
      withExtendedLifetime(rig) { _ = writer.finish() }
    }
    try rig.run { rig.driver.stage == .rows }
    for _ in 0..<3 { try rig.turn() }
    #expect(rig.report == nil)
    rig.stop()
    let report = try rig.finish()
    #expect(report.reason == .completed && report.unwrittenRows == 0)
    #expect(rig.folder.contains("run_run.txt"), "the mark of a run that was given up stays")
    finish(writer, gate, before: rig)
  }

  @Test func `a log that takes nothing is not waited for long`() throws {
    let pipe = try FileDescriptor.pipe()
    let reader = try pipe.reading.copy()
    try pipe.writing.setNonblocking(true)
    let lines = ContiguousArray<UInt8>(repeating: 65, count: 1 << 16)
    while case .bytes = try unsafe lines.withUnsafeBytes({ try unsafe pipe.writing.write($0) }) {}
    try pipe.writing.setNonblocking(false)
    let log = LogSink(path: "the log", try pipe.writing.copy())
    let rig = try DriverRig(["true"]) {
      $0.log = log
      $0.patience.logs = .milliseconds(50)
    }
    #expect(try rig.finish().reason == .completed)
    #expect(rig.watcher.said.count == 1 && rig.watcher.said[0].contains("the log"))
    try reader.close()
  }

  @Test func `readers are served while the end waits for something`() throws {
    let gate = try Gate()
    let writer = try FileWriter()
    writer.submit(FileWriter.Job(file: StuckFile(gate: gate), lines: [65]))
    let rig = try DriverRig(["true"]) { $0.rowWriter = writer }
    defer {
      // The rows that were given up are written after all, into a folder that must be there still.
      gate.open()
      withExtendedLifetime(rig) { _ = writer.finish() }
    }
    let service = Service()
    let sockets = try FileDescriptor.pipe()
    try rig.driver.loop.attach(service, reading: sockets.reading.rawValue)
    try rig.run { rig.driver.stage == .rows }
    let before = service.count
    try sockets.writing.writeAll(([65] as [UInt8]).span)
    try rig.turn()
    #expect(service.count > before)
    rig.stop()
    _ = try rig.finish()
    finish(writer, gate, before: rig)
  }

  /// Lets a stuck writer go and waits for it, as long as the run's folder is there.
  private func finish(_ writer: FileWriter, _ gate: Gate, before rig: DriverRig) {
    gate.open()
    _ = writer.finish()
    withExtendedLifetime(rig) {}
  }

  /// Somebody who is served by the loop.
  private final class Service: LoopClient {
    var count = 0

    func ready(_ readiness: Poller.Readiness, in turn: inout Turn) { count += 1 }
  }
}
