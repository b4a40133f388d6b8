import Glibc
@testable import TaskRuntime
import TaskScheduler
import Testing

/// The desk of an engine's pipes, with pipes that no shell holds.
@Suite struct TapDeskTests {
  /// A desk of two slots, at a moment of the test's own.
  private final class Engine {
    let loop: EngineLoop
    let workers = Workers(slots: 2)
    let keeper: OutputKeeper?
    let desk: TapDesk
    var turn = EngineTurn(now: Instant(nanoseconds: 1_000))
    /// The driver's side of the link.
    private let other: FileDescriptor.Shared
    private let link: Link

    /// Makes a desk whose output goes to a driver that takes so many bytes before it has settled some; that of
    /// no window is not kept.
    init(window: Int64? = nil) throws {
      ProcessExit.surviveWrites()
      loop = try EngineLoop()
      let sockets = try FileDescriptor.socketPair()
      other = FileDescriptor.Shared(try sockets.second.copy())
      link = try Link(sockets.keepFirst(), as: Poller.Source(kind: 9), in: &loop.poller)
      keeper = try OutputKeeper(window.map { .driver(window: $0) } ?? .none, link: link)
      desk = TapDesk(workers, keeper: keeper, in: loop)
    }

    deinit { link.close(in: &loop.poller) }

    /// Has a worker run something, and returns the ends of its pipes that its processes would hold.
    func start(_ worker: Worker) throws -> [FileDescriptor.Shared] {
      let isOwn = worker.id == .own
      worker.begin(
        TaskIdentity(id: Int64(worker.number), attempt: 1, slot: isOwn ? -1 : Int32(worker.number))
      )
      worker.noteStart(1 << 30)
      desk.noteStart(of: worker, at: turn.now)
      return try [OutputStream.output, .error].enumerated().map { index, stream in
        let pipe = try FileDescriptor.pipe(waits: false)
        let writing = FileDescriptor.Shared(try pipe.writing.copy())
        let origin = OutputOrigin(
          task: TaskID(worker.identity.id),
          attempt: .first,
          stream: stream
        )
        let kept = isOwn ? nil : keeper.map { KeptOutput(keeper: $0, origin: origin) }
        worker.taps[index].open(pipe.keepReading(), keeping: kept)
        return writing
      }
    }

    /// What the desk has told since the last question.
    func told() -> [EngineEvent] {
      defer { turn.events = [] }
      return Array(turn.events)
    }

    /// Takes what the poller has to tell.
    func collect() throws {
      var ready: ContiguousArray<Poller.Readiness> = []
      let past = Instant(nanoseconds: 0)
      try loop.poller.wait(until: past, at: past, into: &ready)
      for readiness in ready {
        switch EngineLoop.SourceKind(rawValue: readiness.source.kind) {
        case .tap: desk.drain(readiness.source, &turn)
        case .strayTap: desk.drainStray(readiness.source)
        default: break
        }
      }
    }
  }

  private static func write(_ text: String, to pipe: FileDescriptor.Shared) throws {
    try pipe.descriptor.writeAll(Array(text.utf8).span)
  }

  private static let end = EngineEvent.childExited(SlotIndex(1), .exited(3))

  @Test func `an end is told at once when nothing else holds the pipes`() throws {
    let engine = try Engine()
    let worker = engine.workers[1]
    do {
      let pipes = try engine.start(worker)
      try Self.write("out", to: pipes[0])
      try Self.write("error", to: pipes[1])
    }
    engine.desk.conclude(worker, .exited(3), &engine.turn)
    #expect(engine.told() == [Self.end])
    #expect(!worker.isRunning)
    #expect(worker.report.output == ContiguousArray("out".utf8))
    #expect(worker.report.errorByteCount == 5)
    #expect(worker.taps.allSatisfy { !$0.isOpen })
    #expect(engine.desk.isSettled())
  }

  @Test
  func `an end waits for what goes on with the output, and tells it and the shell's own time`()
    throws
  {
    let engine = try Engine()
    let worker = engine.workers[1]
    var pipes = try engine.start(worker)
    let started = worker.startedAt
    engine.turn.now = started + .seconds(1)
    engine.desk.conclude(worker, .exited(3), &engine.turn)
    #expect(engine.told().isEmpty)
    #expect(!worker.isRunning)
    #expect(engine.loop.timers.nextDeadline != nil)
    #expect(engine.loop.timers.isArmed(.deferredExits))
    engine.turn.now = started + .seconds(3)
    try Self.write("late", to: pipes[0])
    try engine.collect()
    #expect(engine.told().isEmpty)
    pipes = []
    try engine.collect()
    #expect(engine.told() == [Self.end])
    #expect(worker.report.output == ContiguousArray("late".utf8))
    #expect(worker.report.elapsedNanoseconds == Interval.seconds(1).nanoseconds)
    #expect(engine.desk.isSettled())
  }

  @Test func `patience has an end, and the pipe that is still held stays open`() throws {
    let engine = try Engine()
    let worker = engine.workers[1]
    var pipes = try engine.start(worker)
    engine.desk.conclude(worker, .exited(3), &engine.turn)
    engine.turn.now = engine.turn.now + TapDesk.backgroundPatience + Interval(nanoseconds: -1)
    engine.desk.recheckDeferredExits(&engine.turn)
    #expect(engine.told().isEmpty)
    engine.turn.now = engine.turn.now + Interval(nanoseconds: 1)
    engine.desk.recheckDeferredExits(&engine.turn)
    #expect(engine.told() == [Self.end])
    #expect(!engine.loop.timers.isArmed(.deferredExits))
    // The slot may be used again, and writing ends nobody.
    for pipe in pipes { try Self.write("much later", to: pipe) }
    #expect(worker.report.outputByteCount == 0)
    try engine.collect()
    let next = try engine.start(worker)
    #expect(next.count == 2)
    #expect(worker.taps.map(\.isOpen) == [true, true])
    pipes = []
    try engine.collect()
    #expect(engine.told().isEmpty)
  }

  /// Ends that are told at once although something goes on with the output.
  enum Haste: CaseIterable, Sendable { case ownCommand, terminating, killing }

  @Test(arguments: Haste.allCases)
  func `what is to end, or meant to stay, is not waited for`(haste: Haste) throws {
    let engine = try Engine()
    let worker = haste == .ownCommand ? engine.workers.own : engine.workers[1]
    let pipes = try engine.start(worker)
    switch haste {
    case .ownCommand: break
    case .terminating: worker.treeEnding = .terminating
    case .killing: worker.treeEnding = .killing
    }
    engine.desk.conclude(worker, .exited(3), &engine.turn)
    #expect(engine.told() == [worker.id.exited(.exited(3))])
    for pipe in pipes { try Self.write("late", to: pipe) }
  }

  @Test func `ends that were deferred are told when somebody asks for it, each once`() throws {
    let engine = try Engine()
    let pipes = try [0, 1].map { try engine.start(engine.workers[$0]) }
    for number in 0...1 {
      engine.desk.conclude(engine.workers[number], .exited(Int32(number)), &engine.turn)
    }
    engine.desk.release(engine.workers[1], &engine.turn)
    engine.desk.release(engine.workers[1], &engine.turn)
    #expect(engine.told() == [.childExited(SlotIndex(1), .exited(1))])
    engine.desk.releaseAll(&engine.turn)
    engine.desk.releaseAll(&engine.turn)
    #expect(engine.told() == [.childExited(SlotIndex(0), .exited(0))])
    #expect(pipes.count == 2)
  }

  @Test func `a pipe without room for what is in it is left alone until there is some`() throws {
    let engine = try Engine(window: 100)
    let worker = engine.workers[1]
    let keeper = try #require(engine.keeper)
    do {
      let pipes = try engine.start(worker)
      engine.turn.now = worker.startedAt + TapDesk.watchDelay
      // The buffer is larger than the pipe; what came at once has been read.
      try Self.write(String(repeating: "a", count: 1000), to: pipes[0])
      while worker.taps[0].snippet.byteCount == 0 {
        engine.desk.watchLongLived()
        try engine.collect()
      }
      #expect(!keeper.hasRoom)
      try Self.write("more", to: pipes[0])
      try engine.collect()
      try engine.collect()
      #expect(worker.taps[0].snippet.byteCount == 1000)
    }
    engine.desk.conclude(worker, .exited(3), &engine.turn)
    #expect(worker.deferredExit?.reason == .room)
    #expect(engine.told().isEmpty)
    // Not even time makes room.
    engine.turn.now = engine.turn.now + .seconds(3600)
    engine.desk.recheckDeferredExits(&engine.turn)
    #expect(engine.told().isEmpty)
    #expect(!engine.desk.resumePausedTaps(&engine.turn))
    #expect(!engine.desk.isSettled())
    engine.desk.settle(Int64(keeper.underway))
    #expect(engine.desk.resumePausedTaps(&engine.turn))
    #expect(engine.told() == [Self.end])
    #expect(worker.report.outputByteCount == 1004)
    #expect(!engine.desk.resumePausedTaps(&engine.turn))
    engine.desk.settle(Int64(keeper.underway))
    #expect(engine.desk.isSettled())
  }

  @Test func `only pipes of shells that live for a while are watched`() throws {
    let engine = try Engine()
    let short = try engine.start(engine.workers[0])
    let long = try engine.start(engine.workers[1])
    #expect(engine.loop.timers.isArmed(.watchTaps))
    for pipe in short + long { try Self.write("text", to: pipe) }
    try engine.collect()
    #expect(engine.workers.all.allSatisfy { $0.taps[0].snippet.byteCount == 0 })
    engine.workers[0].noteEnd()
    _ = engine.loop.timers.takeDue(at: Instant(nanoseconds: .max))
    while engine.workers[1].taps[0].snippet.byteCount == 0 {
      engine.desk.watchLongLived()
      try engine.collect()
    }
    #expect(engine.workers[0].taps[0].snippet.byteCount == 0)
  }
}
