package import TaskScheduler

/// The process that runs in one slot, or for one PERENGINE command, with its pipes.
package final class Worker {
  /// How a worker's process tree is being ended.
  package enum Hunt: Hashable, Sendable {
    /// It is not.
    case none
    /// It was asked to end.
    case terminating
    /// Whatever of it is found is killed.
    case killing
  }

  /// What a process that left its session is still known by, since it stands in its environment.
  package struct Identity: Hashable, Sendable {
    package var id: Int64
    package var attempt: Int32
    package var slot: Int32

    package init(id: Int64, attempt: Int32, slot: Int32) {
      self.id = id
      self.attempt = attempt
      self.slot = slot
    }

    /// Reads the variables that such a process was started with; `nil` when they are not there.
    package init?(_ variables: Set<String>) {
      let number = { (name: String) in
        variables.first { $0.hasPrefix(name) }.flatMap { Int64($0.dropFirst(name.utf8.count)) }
      }
      guard let id = number("DISBATCH_TASKID="),
        let attempt = number("DISBATCH_ATTEMPT=").flatMap(Int32.init(exactly:)),
        let slot = number("DISBATCH_CYLINDER_RANK=").flatMap(Int32.init(exactly:))
      else { return nil }
      self.init(id: id, attempt: attempt, slot: slot)
    }
  }

  /// The end of a shell that is told when its last output is there and can be kept.
  package struct HeldEnd: Hashable, Sendable {
    /// What it waits for.
    package enum Cause: Hashable, Sendable {
      /// Processes in the background that go on with its output.
      case background
      /// Room for its output.
      case room
    }

    package var outcome: Outcome
    package var endedAt: Instant
    /// Until when it waits for processes in the background.
    package var patience: Instant
    package var cause: Cause
  }

  /// The shell's process; -1 while none runs.
  package var pid: Int32 = -1
  /// The shell's session, which is known for longer than its process lives.
  package var session: Int32 = -1
  /// When it started, by the monotonic clock.
  package var startedAt = Instant(nanoseconds: 0)
  /// What is known of it.
  package var report = TaskReport()
  /// How many kills for want of memory there had been when it started.
  package var killCount: Int64 = 0
  /// What it runs.
  package var identity = Identity(id: -1, attempt: 0, slot: -1)
  /// Whether and how the tree is being ended.
  package var hunt = Hunt.none
  /// Processes that were seen to belong to it.
  package var known: Set<Int32> = []
  /// Its end, while that is held back.
  package var held: HeldEnd?
  /// What the shell needs of us until it is bash.
  package let space = SpawnSpace()
  /// Its standard output and its standard error.
  package var taps = [OutputTap(), OutputTap()]

  /// Makes a worker that runs nothing.
  package init() {}

  /// Whether a shell runs.
  package var isRunning: Bool { pid > 0 }

  /// Puts what the taps kept into the report, and takes the time.
  package func conclude(at now: Instant) {
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
