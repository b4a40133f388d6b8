import Glibc
@testable import TaskRuntime
import TaskScheduler
import TestSupport
import Testing

/// A whole engine in the test's own process, with the driver's words at the other end of its link.
///
/// It reaps all children when it leaves, and so each test runs in a process of its own. Engines with tasks
/// are processes, in `EngineTests`.
@Suite(.timeLimit(.minutes(2))) struct EngineLinkTests {
  /// Has an engine hear some messages, and then nothing or the end.
  private static func run(
    _ settings: EngineSettings,
    hearing messages: [DriverMessage],
    hangsUp: Bool = false
  ) throws -> (exit: EngineExit, heard: [EngineMessage]) {
    let loop = try EngineLoop()
    let sockets = try FileDescriptor.socketPair()
    let other = FileDescriptor.Shared(try sockets.second.copy())
    let link = try Link(
      sockets.keepFirst(),
      as: Poller.Source(kind: EngineLoop.SourceKind.link.rawValue),
      in: &loop.poller
    )
    let signals = try SignalInbox(.child)
    try loop.watch(signals.descriptor, as: .signals)
    let resources = try EngineResources(settings, link, openFiles: nil, in: loop)
    var writer = WireWriter()
    for message in messages { writer.frame { message.write(to: &$0) } }
    try other.descriptor.writeAll(writer.bytes.span)
    if hangsUp { _ = shutdown(other.descriptor.rawValue, Int32(SHUT_WR)) }
    let engine = Engine(
      settings: settings,
      link: link,
      loop: loop,
      signals: signals,
      resources: resources
    )
    let exit = try engine.run()
    link.close(in: &loop.poller)
    var frames = FrameReader()
    var heard: [EngineMessage] = []
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
    while try other.descriptor.waitForInput(milliseconds: 0),
      case .bytes(let count) = try other.descriptor.read(into: &buffer)
    {
      frames.append(buffer[..<count])
    }
    while let frame = try frames.next() { heard.append(try EngineMessage(from: frame)) }
    return (exit, heard)
  }

  private static let definition = DriverMessage.perEngineDefined(startCount: 0, stopCount: 0)

  @Test func `an engine that is let go without a task says that it has come and that it leaves`()
    async
  {
    await #expect(processExitsWith: .success) {
      let (exit, heard) = try Self.run(
        EngineTests.settings(),
        hearing: [Self.definition, .release(limit: nil)]
      )
      #expect(exit == .released)
      #expect(heard == [.joined(pid: getpid()), .perEngineDone(.stop), .left], "\(heard)")
    }
  }

  @Test func `an engine whose driver has gone says nothing more`() async {
    await #expect(processExitsWith: .success) {
      let (exit, heard) = try Self.run(
        EngineTests.settings(),
        hearing: [Self.definition],
        hangsUp: true
      )
      #expect(exit == .linkClosed)
      #expect(heard == [.joined(pid: getpid())])
    }
  }

  @Test func `an engine that gets no answer beats until its lease has run out, and leaves`() async {
    await #expect(processExitsWith: .success) {
      var settings = EngineTests.settings()
      settings.silenceLimit = .milliseconds(90)
      let (exit, heard) = try Self.run(settings, hearing: [Self.definition])
      #expect(exit == .leaseExpired)
      let beats = heard.compactMap { message -> Instant? in
        guard case .heartbeat(let sentAt) = message else { return nil }
        return sentAt
      }
      #expect(beats.count >= 2)
      #expect(beats == beats.sorted())
      #expect(heard.count == beats.count + 1, "\(heard)")
    }
  }

  @Test func `orders for slots that there are not and a second configuration are passed over`()
    async
  {
    await #expect(processExitsWith: .success) {
      let (exit, heard) = try Self.run(
        EngineTests.settings(slots: 2),
        hearing: [
          .configure(EngineTests.settings(slots: 9)), Self.definition,
          EngineTests.order(0, "echo", slot: 2), EngineTests.order(1, "echo", slot: 1 << 30),
          .endTask(TaskID(0), SlotIndex(2), .kill), .release(limit: nil),
        ]
      )
      #expect(exit == .released)
      #expect(heard == [.joined(pid: getpid()), .perEngineDone(.stop), .left], "\(heard)")
    }
  }

  @Test func `an engine that keeps output in files leaves when its writer has ended`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let (exit, heard) = try Self.run(
        EngineTests.settings(keeping: .files(folder: folder.path)),
        hearing: [Self.definition, .release(limit: .zero)]
      )
      #expect(exit == .released)
      #expect(heard == [.joined(pid: getpid()), .left], "\(heard)")
    }
  }
}
