import TaskScheduler

/// Watches a world and complains as soon as something is that must not be.
protocol Checker {
  /// Takes in a fact; says what is wrong with it, if anything is.
  mutating func complaint(about fact: Observation, at now: Instant) -> String?
}

/// A task in one of its attempts.
struct AttemptKey: Hashable {
  let task: TaskID
  let attempt: Attempt
  let engine: EngineID
}

extension AttemptKey {
  /// The attempt whose end this is.
  init(_ end: AttemptEnd, on engine: EngineID) {
    self.init(task: end.task, attempt: end.attempt, engine: engine)
  }
}

/// A slot of an engine.
struct SlotKey: Hashable {
  let engine: EngineID
  let slot: SlotIndex
}

/// A slot has one task at a time, and the next only when the row of the last is written.
struct SlotChecker: Checker {
  private var running: [SlotKey: TaskID] = [:]
  private var awaited: [SlotKey: RowNumber] = [:]
  private var held: Set<AttemptKey> = []
  private var written = RowNumber.none

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .started(let task, _, let engine, let slot, _):
      let key = SlotKey(engine: engine, slot: slot)
      if let other = running[key] { return "\(key) runs \(other) and was given \(task)" }
      if let row = awaited[key], row > written { return "\(key) was used again before \(row)" }
      running[key] = task
    case .held(let task, let attempt, let engine, let slot):
      held.insert(AttemptKey(task: task, attempt: attempt, engine: engine))
      running[SlotKey(engine: engine, slot: slot)] = nil
    case .recorded(let engine, let end, _, let row):
      // Its slot was free long before, and may run another task.
      if held.remove(AttemptKey(end, on: engine)) != nil { break }
      let key = SlotKey(engine: engine, slot: end.slot)
      if running[key] == end.task { running[key] = nil }
      awaited[key] = row
    case .written(let row):
      if row < written { return "\(row) was written after \(written)" }
      written = row
    case .closed where !held.isEmpty: return "the run closed without a verdict on \(held)"
    case .closed where !running.isEmpty: return "the run closed with \(running) running"
    default: break
    }
    return nil
  }
}

/// Every start is recorded once, and once more only when its report came after it was given up.
struct StartChecker: Checker {
  private var open: Set<AttemptKey> = []
  private var lost: Set<AttemptKey> = []
  private var attempts: [TaskID: Attempt] = [:]

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .started(let task, let attempt, let engine, _, _):
      let next = attempts[task]?.next ?? .first
      if attempt != next { return "\(task) starts \(attempt), not \(next)" }
      attempts[task] = attempt
      open.insert(AttemptKey(task: task, attempt: attempt, engine: engine))
    case .recorded(let engine, let end, let counts, _):
      let key = AttemptKey(end, on: engine)
      if open.remove(key) != nil {
        if end.outcome == .lost { lost.insert(key) }
      } else if lost.remove(key) == nil {
        return "\(key) was recorded without a start, or twice"
      } else if counts {
        return "\(key) was given up and counts"
      }
    case .closed where !open.isEmpty: return "the run closed without a row for \(open)"
    default: break
    }
    return nil
  }
}

/// No two attempts of a task overlap, by the processes themselves.
struct OverlapChecker: Checker {
  private var living: [TaskID: AttemptKey] = [:]

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .spawned(let task, let attempt, let engine):
      let key = AttemptKey(task: task, attempt: attempt, engine: engine)
      if let other = living[task] { return "\(key) runs while \(other) does" }
      living[task] = key
    case .vanished(let task, let attempt, let engine):
      if living[task] == AttemptKey(task: task, attempt: attempt, engine: engine) {
        living[task] = nil
      }
    default: break
    }
    return nil
  }
}

/// Each task has at most one row that counts, after it nothing starts; a completed run has them all.
struct CountingChecker: Checker {
  private var counted: Set<TaskID> = []
  private var offered: Set<TaskID> = []
  private var lost: Set<AttemptKey> = []
  private var lastStarted = TaskID(-1)

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .offered(let first, let count):
      for id in first.rawValue..<first.rawValue + count { offered.insert(TaskID(id)) }
    case .started(let task, let attempt, _, _, _):
      if counted.contains(task) { return "\(task) starts again after it ended" }
      if !offered.contains(task) { return "\(task) starts and was never offered" }
      if attempt == .first {
        if task < lastStarted { return "\(task) starts after \(lastStarted)" }
        lastStarted = task
      }
    case .recorded(let engine, let end, let counts, _):
      if counts, !counted.insert(end.task).inserted { return "\(end.task) counts twice" }
      if counts, end.cause == .ordered { return "\(end.task) was ended by the run and counts" }
      let key = AttemptKey(end, on: engine)
      if !counts, end.isSuccess, !lost.contains(key) {
        return "\(key) succeeded and does not count"
      }
      if end.outcome == .lost { lost.insert(key) }
    case .closed(.completed) where counted != offered:
      return "completed without \(offered.subtracting(counted))"
    default: break
    }
    return nil
  }
}

/// Barriers keep their order; a CHECK goes by what failed since the barrier before.
struct BarrierChecker: Checker {
  private var unmet: [TaskID] = []
  private var unfinished: Set<TaskID> = []
  private var row: RowNumber?
  private var written = RowNumber.none
  private var failures: Int64 = 0
  private var skippedFailures: [(TaskID, Int64)] = []
  private var failedCheck: TaskID?

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .offered(let first, let count):
      for id in first.rawValue..<first.rawValue + count { unfinished.insert(TaskID(id)) }
    case .skipped(let first, _, let failures): skippedFailures.append((first, failures))
    case .barrierOffered(let id): unmet.append(id)
    case .started(let task, _, _, _, _):
      if let failedCheck { return "\(task) starts after the CHECK \(failedCheck) failed" }
      if let first = unmet.first, first < task { return "\(task) starts before \(first) is met" }
      if let row, row > written { return "\(task) starts before a barrier's \(row) is written" }
    case .recorded(_, let end, let counts, _):
      if counts {
        unfinished.remove(end.task)
        if !end.isSuccess { failures += 1 }
      }
    case .perEngineRecorded(_, .start, _, let failed, _): failures += failed ? 1 : 0
    case .barrierRecorded(let id, let check, let told, let row):
      return meet(id, check, told, row)
    case .written(let row): written = row
    case .closed(.checkFailed(let id)) where id != failedCheck: return "\(id) did not fail"
    case .closed(.completed) where failedCheck != nil: return "completed in spite of a CHECK"
    default: break
    }
    return nil
  }

  private mutating func meet(
    _ id: TaskID,
    _ check: Bool,
    _ told: Int64,
    _ row: RowNumber
  ) -> String? {
    if unmet.first != id { return "\(id) is met before \(String(describing: unmet.first))" }
    unmet.removeFirst()
    if let task = unfinished.first(where: { $0 < id }) {
      return "\(id) is met before \(task) ended"
    }
    for (first, count) in skippedFailures where first < id { failures += count }
    skippedFailures.removeAll { $0.0 < id }
    if told != failures { return "\(id) saw \(told) failures, there were \(failures)" }
    if check, failures > 0 { failedCheck = id }
    failures = 0
    self.row = row
    return nil
  }
}

/// START commands before an engine's first task, STOP commands after its last, each in file order.
struct PerEngineChecker: Checker {
  let startCount: Int32
  let stopCount: Int32
  private var nextIndex: [EngineID: (start: Int32, stop: Int32)] = [:]
  private var running: [EngineID: Int32] = [:]
  private var tasks: [EngineID: Int] = [:]

  init(startCount: Int32, stopCount: Int32) {
    self.startCount = startCount
    self.stopCount = stopCount
  }

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .perEngineSpawned(let engine, let when, let index):
      if running[engine] != nil { return "\(engine) runs two commands of its own" }
      running[engine] = index
      var next = nextIndex[engine] ?? (0, 0)
      let expected = when == .start ? next.start : next.stop
      if index != expected { return "\(engine) runs \(when) \(index), not \(expected)" }
      if when == .start, next.stop > 0 { return "\(engine) starts after it stopped" }
      if when == .stop, tasks[engine] ?? 0 > 0 { return "\(engine) stops while tasks run" }
      if when == .start { next.start += 1 } else { next.stop += 1 }
      nextIndex[engine] = next
    case .perEngineVanished(let engine, _, _): running[engine] = nil
    case .spawned(let task, _, let engine):
      let next = nextIndex[engine] ?? (0, 0)
      if next.start < startCount { return "\(task) runs before \(engine) is ready" }
      if running[engine] != nil { return "\(task) runs beside a command of \(engine)" }
      if next.stop > 0 { return "\(task) runs after \(engine) stopped" }
      tasks[engine, default: 0] += 1
    case .vanished(_, _, let engine): tasks[engine, default: 0] -= 1
    default: break
    }
    return nil
  }
}
