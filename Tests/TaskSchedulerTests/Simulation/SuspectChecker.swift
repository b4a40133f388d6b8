import TaskScheduler

/// Tasks of an engine that died: each alone, none beside another in its slot, and only the one that
/// kills when it is alone is held to be the one.
struct SuspectChecker: Checker {
  /// A slot of a host, whichever engine has it at the moment.
  private struct Place: Hashable {
    let line: EngineID
    let slot: SlotIndex
  }

  private let policy: Policy
  private let stopCount: Int32
  private let killers: Set<TaskID>
  /// Whether engines die of nothing but their tasks.
  private let isCalm: Bool
  private var lines: [EngineID: EngineID] = [:]
  private var solos: [EngineID: (task: TaskID, place: Place)] = [:]
  private var hadTask: Set<EngineID> = []
  /// Engines for suspects that are being started.
  private var starting: Set<EngineID> = []
  private var running: [Place: TaskID] = [:]
  private var places: [AttemptKey: Place] = [:]
  /// Where tasks were when they were lost.
  private var lastPlaces: [TaskID: Place] = [:]
  private var losses: [TaskID: Int32] = [:]
  private var blamed: Set<TaskID> = []

  init(_ scenario: Scenario) {
    policy = scenario.policy
    stopCount = scenario.stopCount
    killers = scenario.killers
    isCalm = scenario.faults.isEmpty && scenario.engines.allSatisfy(\.isLocal)
  }

  mutating func complaint(about fact: Observation, at now: Instant) -> String? {
    switch fact {
    case .launched(let engine, let replaced):
      lines[engine] = replaced.flatMap { lines[$0] } ?? engine
    case .isolated(let engine, let task, let beside, let slot):
      if solos[beside] != nil { return "\(task) was alone on \(beside) and is to be again" }
      solos[engine] = (task, Place(line: lines[beside] ?? beside, slot: slot))
      starting.insert(engine)
      if starting.count > policy.isolationLimit { return "\(starting.count) engines start at once" }
    case .arrived(let engine), .missed(let engine), .abandoned(let engine):
      starting.remove(engine)
    case .started(let task, let attempt, let engine, let slot, _):
      return started(AttemptKey(task: task, attempt: attempt, engine: engine), slot)
    case .held(let task, let attempt, let engine, _):
      leave(AttemptKey(task: task, attempt: attempt, engine: engine))
    case .blamed(let task, let engine):
      if solos[engine]?.task != task { return "\(task) is blamed and was not alone on \(engine)" }
      if isCalm, !killers.contains(task) { return "\(task) is blamed for nothing" }
      blamed.insert(task)
    case .recorded(let engine, let end, let counts, _):
      let key = AttemptKey(end, on: engine)
      if end.outcome == .lost { lastPlaces[end.task] = places[key] }
      leave(key)
      return end.outcome == .lost ? lost(end.task, on: engine, counts) : nil
    default: break
    }
    return nil
  }

  private mutating func started(_ key: AttemptKey, _ slot: SlotIndex) -> String? {
    if let solo = solos[key.engine] {
      // One that is kept for its STOP commands may have another suspect of the same slot.
      if !hadTask.insert(key.engine).inserted {
        if stopCount == 0 { return "\(key.engine) has a second task" }
        if lastPlaces[key.task] != solo.place {
          return "\(key) starts on an engine of other suspects"
        }
        solos[key.engine]?.task = key.task
      } else if solo.task != key.task {
        return "\(key.task) starts on the engine of \(solo.task)"
      }
    }
    let line = lines[key.engine] ?? key.engine
    let place = solos[key.engine]?.place ?? Place(line: line, slot: slot)
    if let other = running[place] { return "\(key) starts in the \(place) of \(other)" }
    running[place] = key.task
    places[key] = place
    return nil
  }

  private mutating func leave(_ key: AttemptKey) {
    guard let place = places.removeValue(forKey: key) else { return }
    running[place] = nil
  }

  private mutating func lost(_ task: TaskID, on engine: EngineID, _ counts: Bool) -> String? {
    losses[task, default: 0] += 1
    guard counts else {
      return blamed.contains(task) ? "\(task) is blamed and does not count" : nil
    }
    let isDue = !policy.requeuesLost || losses[task, default: 0] >= policy.lossLimit
    return isDue || blamed.contains(task) ? nil : "\(task) is given up too early"
  }
}
