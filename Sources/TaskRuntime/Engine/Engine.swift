import TaskScheduler

/// One engine: the loop that lets `EngineCore` decide and does what it asks for.
///
/// It knows its driver only by a link, and is the same behind a socket pair, ssh or TCP.
final class Engine {
  /// Whose readiness it is.
  enum SourceKind: UInt16 {
    case signals, link, tap, strayTap, writer, output
  }

  /// What a deadline is for.
  enum Deadline: Hashable, Sendable {
    case core, watchTaps, heartbeat, lookAtProcesses, lookAtHeld
  }

  /// A command of a PERENGINE directive.
  struct EngineCommand {
    var line: Int64
    var text: ContiguousArray<UInt8>
  }

  /// So long a task waits for the output of processes that it left in the background; as with the
  /// reference.
  static let backgroundPatience = Interval.seconds(5)
  /// Pipes of processes that live at least so long are watched.
  static let watchDelay = Interval.milliseconds(20)

  let settings: EngineSettings
  let spawner: Spawner
  let nullInput: FileDescriptor.Shared
  let link: Link
  let signals: SignalInbox
  var poller: Poller
  var timers = TimerQueue<Deadline>()
  var log: LogFile
  let writer: FileWriter

  let roster = ChildRoster()
  /// Children that have ended, while they are seen to.
  var endings: ContiguousArray<ChildRoster.Ending> = []

  var core: EngineCore
  /// Knows of kills for want of memory; `nil` where the kernel does not tell of them.
  var memory = MemoryWatch()
  var events: ContiguousArray<EngineEvent> = []
  var actions: ContiguousArray<EngineAction> = []
  var exit: EngineExit?

  var environment: TaskEnvironment
  /// What of it all tasks have.
  let sharedEnvironment: CStringBlock
  /// One for each slot, and a last one for the engine's own commands.
  let workers: [Worker]
  var orders: ContiguousArray<TaskOrder?>
  var commands: [PerEngineMoment: [EngineCommand]] = [.start: [], .stop: []]
  /// Pipes that something still holds although the shell has ended.
  var strayTaps: [UInt32: OutputTap] = [:]
  var nextStrayTap: UInt32 = 0
  var unwatched: ContiguousArray<Int> = []
  var isKillingEverything = false
  /// Whether it waits for what tasks left running.
  var isAwaitingLeftovers = false
  var hasToldWhatItAwaits = false
  /// The processes of this turn, once they have been looked at.
  var view: View?
  /// When they are looked at again at the earliest, for trees that are to end.
  var nextLook = Instant(nanoseconds: 0)
  /// Keeps what tasks let out; `nil` when nothing is kept.
  let keeper: OutputKeeper?
  /// Pipes that are left alone until there is room for what is in them.
  var pausedTaps: ContiguousArray<Poller.Source> = []
  /// Workers whose shells have ended, and whose last output is awaited.
  var heldWorkers: ContiguousArray<Int> = []
  var isFinishingOutput = false
  var hasReportedLeftovers = false
  var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)

  /// What tasks are run by.
  static let shell = "/bin/bash"

  /// What an engine needs of its host besides its link, and may not get.
  struct Room {
    let nullInput: FileDescriptor.Shared
    let writer: FileWriter
    let keeper: OutputKeeper?

    /// - Throws: when the process may have no more descriptors or threads, or cannot keep output.
    init(_ settings: EngineSettings, _ link: Link, in poller: inout Poller) throws(Errno) {
      nullInput = FileDescriptor.Shared(try FileDescriptor(opening: "/dev/null", for: .reading))
      writer = try FileWriter()
      keeper = try OutputKeeper(settings.keeping, limit: settings.outputLimit, link: link)
      if let kept = keeper?.writer {
        _ = try poller.add(
          kept.answer.descriptor.rawValue,
          for: .reading,
          as: Poller.Source(kind: SourceKind.output.rawValue)
        )
      }
    }
  }

  /// Makes an engine that its driver has configured.
  init(
    settings: EngineSettings,
    link: Link,
    poller: consuming Poller,
    signals: consuming SignalInbox,
    room: Room,
    openFiles: UInt64?
  ) {
    self.settings = settings
    self.link = link
    self.poller = poller
    self.signals = signals
    spawner = Spawner(
      Spawner.Manner(
        path: Self.shell,
        directory: settings.directory.isEmpty ? nil : settings.directory,
        openFiles: openFiles
      )
    )
    nullInput = room.nullInput
    writer = room.writer
    keeper = room.keeper
    log = LogFile(LogSink(path: settings.logPath), speaker: "DisBatch Engine", writer: writer)
    Host.addNiceness(settings.niceness)
    environment = TaskEnvironment(base: Host.environment, settings: settings)
    sharedEnvironment = CStringBlock(environment.constant)
    workers = (0...Int(settings.slots)).map { _ in Worker() }
    orders = ContiguousArray(repeating: nil, count: Int(settings.slots))
    core = EngineCore(
      slots: settings.slots,
      policy: EnginePolicy(grace: settings.grace, silenceLimit: settings.silenceLimit),
      joiningAt: Clock.now
    )
  }

  /// The worker for the engine's own commands.
  var ownWorker: Worker { workers[workers.count - 1] }

  /// Serves until the driver lets it go or is gone; leaves no process behind.
  func run() throws(Errno) -> EngineExit {
    log.write(
      .info,
      "engine \(settings.rank) (\(Host.processID)) on \(Host.name), \(settings.slots) slots,"
        + " in \(FileSystem.workingDirectory)"
    )
    send(.joined(pid: Host.processID))
    if settings.silenceLimit != nil { beat(at: Clock.now) }
    var ready: ContiguousArray<Poller.Readiness> = []
    // What came with the first frame is worked off before anything is waited for.
    takeMessages()
    handleEvents(at: Clock.now)
    while true {
      keeper?.flush()
      link.flush(in: &poller)
      log.flush()
      if goOnKeeping() {
        handleEvents(at: Clock.now)
        continue
      }
      if let exit, exit != .released || isOutputOut() { return leave(exit) }
      try poller.wait(until: timers.nextDeadline, at: Clock.now, into: &ready)
      let now = Clock.now
      collect(ready, at: now)
      handleEvents(at: now)
    }
  }

  /// Turns readiness into events; exits of children come before orders of the driver.
  private func collect(_ ready: ContiguousArray<Poller.Readiness>, at now: Instant) {
    var hasMessages = false
    for readiness in ready where poller.isCurrent(readiness.registration) {
      switch SourceKind(rawValue: readiness.source.kind) {
      case .signals: takeSignals(at: now)
      case .link: hasMessages = true
      case .tap: drainTap(readiness.source, at: now)
      case .strayTap: drainStray(readiness.source.index)
      case .writer: writer.answer.answer()
      case .output: takeKept()
      case nil: preconditionFailure("readiness of no known kind")
      }
    }
    if hasMessages {
      link.receive(through: &buffer)
      takeMessages()
    }
    while let deadline = timers.takeDue(at: now) {
      switch deadline {
      case .core:
        // What ended by itself is not to be taken for something that ran for too long.
        for index in heldWorkers { release(index) }
        events.append(.time)
      case .watchTaps: watchTaps()
      case .heartbeat: beat(at: now)
      case .lookAtProcesses: lookAtProcesses(at: now)
      case .lookAtHeld: lookAtHeld(at: now)
      }
    }
  }

  private func takeMessages() {
    do {
      while let frame = try link.next() { take(try DriverMessage(from: frame)) }
    } catch {
      log.write(.error, "the driver makes no sense: \(error)")
      events.append(.linkClosed)
    }
    if link.condition == .ended { events.append(.linkClosed) }
  }

  private func take(_ message: DriverMessage) {
    switch message {
    case .configure: log.write(.warning, "configured twice")
    case .perEngineCommand(let when, _, let line, let text):
      commands[when, default: []].append(EngineCommand(line: line, text: text))
    case .perEngineDefined(let startCount, let stopCount):
      events.append(.configure(startCount: startCount, stopCount: stopCount))
    case .runPerEngine(let when): events.append(.runPerEngine(when))
    case .start(let order):
      guard order.slot.index < orders.count else { return }
      orders[order.slot.index] = order
      events.append(.start(order.task, order.attempt, order.slot, timeout: order.timeout))
    case .endTask(let task, let slot, let mode):
      guard slot.index < orders.count else { return }
      release(slot.index)
      events.append(.endTask(task, slot, mode))
    case .release(let limit): events.append(.release(limit: limit))
    case .leaseAnswer(let sentAt): events.append(.leaseRenewed(sentAt: sentAt))
    case .outputSettled(let cost): keeper?.settle(Int(clamping: cost))
    }
  }

  func send(_ message: EngineMessage) {
    link.send { message.write(to: &$0) }
  }

  private func beat(at now: Instant) {
    guard let limit = settings.silenceLimit else { return }
    send(.heartbeat(sentAt: now))
    timers.arm(.heartbeat, at: now + Interval(nanoseconds: max(1, limit.nanoseconds / 8)))
  }

  private func leave(_ exit: EngineExit) -> EngineExit {
    log.write(.info, "leaving: \(exit)")
    keeper?.flush()
    keeper?.writer?.finish()
    keeper?.writer?.join()
    takeKept()
    if exit == .released { send(.left) }
    link.flush(in: &poller)
    log.flush()
    writer.finish(within: .seconds(2))
    return exit
  }
}
