import TaskScheduler

/// What engines told of attempts, from their start until they are recorded.
///
/// The scheduler knows how an attempt ended, and decides what that means; what else is known of it (its
/// process, its times, the ends of its output) waits here, by engine and slot.
struct AttemptReports {
  /// What runs in a slot, or has just ended there.
  private struct Slot {
    /// When the task was handed over, in nanoseconds since 1970.
    var startNanoseconds: Int64 = 0
    var startedAt = Instant(nanoseconds: 0)
    /// What the engine said of its end.
    var report = TaskReport()
  }

  private struct Key: Hashable {
    var task: TaskID
    var attempt: Attempt
  }

  private var slots: ContiguousArray<ContiguousArray<Slot>> = []
  /// Reports of attempts whose verdict waits while their slots run other tasks.
  private var held: [Key: TaskReport] = [:]
  /// Ends of PERENGINE commands that are still to be recorded.
  private var perEngine: [(engine: EngineID, end: PerEngineEnd, report: TaskReport)] = []

  /// Makes room for the next engine.
  mutating func addEngine(slots count: Int) {
    slots.append(ContiguousArray(repeating: Slot(), count: count))
  }

  /// Takes note that an attempt is handed over.
  mutating func start(in slot: SlotIndex, of engine: EngineID, at now: Instant) {
    slots[engine.index][slot.index].startNanoseconds = Clock.wallNanoseconds
    slots[engine.index][slot.index].startedAt = now
  }

  /// Keeps what an engine said of an attempt.
  ///
  /// - Returns: whether the engine has such a slot.
  mutating func keep(_ report: TaskReport, of end: AttemptEnd, on engine: EngineID) -> Bool {
    guard slots[engine.index].indices.contains(end.slot.index) else { return false }
    slots[engine.index][end.slot.index].report = report
    return true
  }

  /// Keeps the report in a slot until the attempt is recorded, since the slot is used again before that.
  mutating func hold(_ task: TaskID, _ attempt: Attempt, in slot: SlotIndex, of engine: EngineID) {
    held[Key(task: task, attempt: attempt)] = slots[engine.index][slot.index].report
  }

  /// Takes the report of an attempt that is recorded now; of one that is lost, what is known of it here.
  mutating func take(_ end: AttemptEnd, on engine: EngineID, at now: Instant) -> TaskReport {
    let key = Key(task: end.task, attempt: end.attempt)
    let kept = held.isEmpty ? nil : held.removeValue(forKey: key)
    let slot = slots[engine.index][end.slot.index]
    guard end.outcome == .lost else { return kept ?? slot.report }
    var report = TaskReport()
    report.startNanoseconds = slot.startNanoseconds
    report.elapsedNanoseconds = max(0, (now - slot.startedAt).nanoseconds)
    return report
  }

  /// Keeps what an engine said of a PERENGINE command.
  mutating func keep(_ report: TaskReport, of end: PerEngineEnd, on engine: EngineID) {
    perEngine.append((engine, end, report))
  }

  /// Takes the report of a PERENGINE command that is recorded now.
  mutating func take(_ end: PerEngineEnd, on engine: EngineID) -> TaskReport {
    guard let index = perEngine.firstIndex(where: { $0.engine == engine && $0.end == end }) else {
      return TaskReport()
    }
    return perEngine.remove(at: index).report
  }
}
