import TaskScheduler

@testable import TaskRuntime

/// The process that stands for a fake engine: there is none, and what is done to it is noted.
final class FakeProcess: LaunchedProcess {
  /// No process has such a number, so nothing real is ever hit.
  let pid: Int32
  let title = "warden"
  /// Whether it ends when it is told to, as a warden does.
  var obeys = true
  private(set) var hasToldToEnd = false
  private(set) var isKilled = false
  /// How it ended, once it has.
  private(set) var outcome: Outcome?
  /// Whether somebody has reaped it.
  var isReaped = false

  init(of engine: EngineID) { pid = -1000 - engine.rawValue }

  func end() {
    hasToldToEnd = true
    if obeys { finish(.exited(137)) }
  }

  func wake() {}

  func kill() {
    isKilled = true
    finish(.signalled(9))
  }

  func engineOutcome(_ outcome: Outcome) -> Outcome? {
    guard case .exited(let code) = outcome else { return nil }
    return code > 128 ? .signalled(code - 128) : outcome
  }

  /// Ends.
  func finish(_ outcome: Outcome) { self.outcome = self.outcome ?? outcome }
}

/// An engine without a process: an `EngineCore` behind the other end of a driver's link.
///
/// Its tasks do what their commands say, in no time: `exit N`; `die`, which takes the engine with it;
/// `hang`, until it is ended. Anything else succeeds.
final class FakeEngine {
  /// How it behaves.
  enum Manner {
    case serves
    /// It never says a word.
    case silent
    case refuses(String)
    /// It sends what is no message.
    case babbles
  }

  let request: LaunchRequest
  let process: FakeProcess?
  private let manner: Manner
  private var poller: Poller
  /// Closes when the engine is gone.
  private var link: Link?
  private var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
  private var core: EngineCore?
  private var running: [SlotIndex: TaskOrder] = [:]
  private(set) var isAlive = true
  /// Whether its process goes on when it has left.
  var outlivesItself = false

  /// What its driver has told it.
  private(set) var messages: [DriverMessage] = []

  init(
    _ request: LaunchRequest,
    _ process: FakeProcess?,
    _ stream: consuming FileDescriptor,
    _ manner: Manner
  ) throws(Errno) {
    self.request = request
    self.process = process
    self.manner = manner
    poller = try Poller()
    link = try Link(stream, as: Poller.Source(kind: 0), in: &poller)
  }

  /// What it was told before anything else.
  var settings: EngineSettings? {
    for case .configure(let settings) in messages { return settings }
    return nil
  }

  /// The tasks that it was given.
  var orders: [TaskOrder] {
    messages.compactMap { if case .start(let order) = $0 { order } else { nil } }
  }

  /// Says something of its own accord.
  func say(_ message: EngineMessage) {
    link?.send { message.write(to: &$0) }
    link?.flush(in: &poller)
  }

  /// Does what has come in the meantime.
  func pump() throws {
    guard isAlive, let link else { return }
    if let process, process.outcome != nil { return vanish() }
    link.receive(through: &buffer)
    while let frame = try link.next() {
      let message = try DriverMessage(from: frame)
      messages.append(message)
      accept(message)
      guard isAlive else { return }
    }
    if link.condition == .ended { handle(.linkClosed) }
    link.flush(in: &poller)
  }

  private func accept(_ message: DriverMessage) {
    switch message {
    case .configure(let settings): join(settings)
    case .perEngineCommand, .outputSettled: break
    case .perEngineDefined(let start, let stop):
      handle(.configure(startCount: start, stopCount: stop))
    case .runPerEngine(let moment): handle(.runPerEngine(moment))
    case .start(let order):
      running[order.slot] = order
      handle(.start(order.task, order.attempt, order.slot, timeout: order.timeout))
    case .endTask(let task, let slot, let mode): handle(.endTask(task, slot, mode))
    case .release(let limit): handle(.release(limit: limit))
    case .leaseAnswer(let sentAt): handle(.leaseRenewed(sentAt: sentAt))
    }
  }

  private func join(_ settings: EngineSettings) {
    switch manner {
    case .silent: break
    case .refuses(let reason):
      say(.refused(reason))
      process?.finish(.exited(1))
      vanish()
    case .babbles:
      link?.send { $0.put(UInt8(255)) }
      link?.flush(in: &poller)
    case .serves:
      let policy = EnginePolicy(grace: settings.grace, silenceLimit: settings.silenceLimit)
      core = EngineCore(slots: settings.slots, policy: policy, joiningAt: Clock.now)
      say(.joined(pid: 4711))
    }
  }

  private func handle(_ event: EngineEvent) {
    var actions: ContiguousArray<EngineAction> = []
    core?.handle(event, at: Clock.now, into: &actions)
    for action in actions where isAlive { perform(action) }
  }

  private func perform(_ action: EngineAction) {
    switch action {
    case .spawnTask(_, _, let slot): spawn(in: slot)
    case .spawnPerEngine: handle(.perEngineExited(.exited(0)))
    case .signalTree(let slot, let mode):
      handle(.childExited(slot, .signalled(mode == .kill ? 9 : 15)))
      handle(.treeEnded(slot))
    case .signalPerEngine: handle(.perEngineTreeEnded)
    case .awaitLeftovers: handle(.leftoversEnded)
    case .killEverything:
      for slot in running.keys { handle(.childExited(slot, .signalled(9))) }
      handle(.everythingEnded)
    case .reportTaskEnded(let end):
      running[end.slot] = nil
      var report = TaskReport()
      report.pid = Int32(end.task.rawValue) + 100
      say(.taskEnded(end, report))
    case .reportPerEngineEnded(let end): say(.perEngineEnded(end, TaskReport()))
    case .reportPerEngineDone(let moment): say(.perEngineDone(moment))
    case .reportTold(let signal): say(.told(signal))
    case .reportLeft: say(.left)
    case .wake: break
    case .exit:
      if !outlivesItself { process?.finish(.exited(0)) }
      vanish()
    }
  }

  private func spawn(in slot: SlotIndex) {
    guard let order = running[slot] else { return }
    let words = String(decoding: order.command, as: UTF8.self).split(separator: " ")
    switch words.first {
    case "die": die(.signalled(9))
    case "hang": break
    case "exit": handle(.childExited(slot, .exited(words.last.flatMap { Int32($0) } ?? 0)))
    default: handle(.childExited(slot, .exited(0)))
    }
  }

  /// Dies, with all that runs there.
  func die(_ outcome: Outcome) {
    if case .signalled(let number) = outcome { process?.finish(.exited(128 + number)) }
    vanish()
  }

  /// Closes the link, as the kernel does when a process ends.
  private func vanish() {
    isAlive = false
    link?.flush(in: &poller)
    link?.close(in: &poller)
    link = nil
  }
}
