import TaskScheduler

/// Which worker of an engine: a slot's, or the one for the engine's own commands.
enum WorkerID: Hashable, Sendable {
  case slot(SlotIndex)
  case own

  /// The event that the worker's shell has ended, or could not be started.
  func exited(_ outcome: Outcome) -> EngineEvent {
    switch self {
    case .slot(let slot): .childExited(slot, outcome)
    case .own: .perEngineExited(outcome)
    }
  }

  /// The event that nothing is left of the worker's processes, which were to end.
  var treeEnded: EngineEvent {
    switch self {
    case .slot(let slot): .treeEnded(slot)
    case .own: .perEngineTreeEnded
    }
  }
}

/// The process that runs in one slot, or for one PERENGINE command, with its pipes.
final class Worker {
  /// How a worker's processes are being ended.
  enum TreeEnding: Hashable, Sendable {
    /// They are not.
    case none
    /// They were asked to end.
    case terminating
    /// Each that is found is killed.
    case killing
  }

  /// The end of a shell that is told when its last output is there and can be kept.
  struct DeferredExit: Hashable, Sendable {
    /// Why it is deferred.
    enum Reason: Hashable, Sendable {
      /// Processes in the background that go on with its output.
      case background
      /// Room for its output.
      case room
    }

    var outcome: Outcome
    var endedAt: Instant
    /// Until when it waits for processes in the background.
    var patience: Instant
    var reason: Reason
  }

  let id: WorkerID
  /// Its number among the engine's workers.
  let number: Int
  /// The shell's process; -1 while none runs.
  private(set) var pid: Int32 = -1
  /// The shell's session, which is known for longer than its process lives.
  private(set) var session: Int32 = -1
  /// When it started, by the monotonic clock.
  private(set) var startedAt = Instant(nanoseconds: 0)
  /// Its times, its outcome and its output, as the driver gets them.
  var report = TaskReport()
  /// How many kills for want of memory there had been when it started.
  var killCount: Int64 = 0
  /// The attempt that it runs.
  private(set) var identity = TaskIdentity.none
  /// Whether and how its processes are being ended.
  var treeEnding = TreeEnding.none
  /// Processes that were seen to belong to it.
  var known: Set<Int32> = []
  /// Its end, while that is deferred.
  var deferredExit: DeferredExit?
  /// The memory that the shell borrows until it is bash.
  let space = SpawnSpace()
  /// Its standard output and its standard error.
  var taps = [OutputTap(), OutputTap()]

  /// Makes a worker that runs nothing.
  init(_ id: WorkerID, number: Int) {
    self.id = id
    self.number = number
  }

  /// Whether a shell runs.
  var isRunning: Bool { pid > 0 }

  /// Forgets the attempt that it ran, and takes on another.
  func begin(_ identity: TaskIdentity) {
    self.identity = identity
    treeEnding = .none
    known.removeAll(keepingCapacity: true)
    startedAt = Clock.now
    report = TaskReport()
    report.startNanoseconds = Clock.wallNanoseconds
  }

  /// Takes note of its shell's process.
  func noteStart(_ pid: Int32) {
    self.pid = pid
    session = pid
    report.pid = pid
  }

  /// Takes note that no shell runs for it any more.
  func noteEnd() { pid = -1 }

  /// Puts the ends of the output into the report, and takes the time.
  func conclude(at now: Instant) {
    report.elapsedNanoseconds = max(0, (now - startedAt).nanoseconds)
    report.outputByteCount = taps[0].snippet.byteCount
    report.output.removeAll(keepingCapacity: true)
    taps[0].snippet.write(to: &report.output)
    report.errorByteCount = taps[1].snippet.byteCount
    report.error.removeAll(keepingCapacity: true)
    taps[1].snippet.write(to: &report.error)
    pid = -1
  }
}
