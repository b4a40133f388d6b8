import TaskScheduler

/// Processes that tasks left running when they ended: waited for where there is time for that, and reported.
final class LeftoverDesk {
  private let workers: Workers
  private let runID: String
  private let voice: EngineVoice
  /// Whether the core waits for them.
  private(set) var isAwaited = false
  private var hasToldWhatIsAwaited = false
  private var hasReported = false

  /// Makes a desk of an engine whose tasks have left nothing.
  init(_ workers: Workers, runID: String, voice: EngineVoice) {
    self.workers = workers
    self.runID = runID
    self.voice = voice
  }

  /// Begins to wait.
  func begin() { isAwaited = true }

  /// Waits no longer, since all is ended.
  func stop() { isAwaited = false }

  /// Tells that nothing is left to wait for.
  func conclude(_ turn: inout EngineTurn) {
    guard isAwaited else { return }
    isAwaited = false
    turn.events.append(.leftoversEnded)
  }

  /// Looks whether there is something left to wait for, and tells the driver once.
  func look(in table: ProcessTable, _ turn: inout EngineTurn) {
    guard isAwaited else { return }
    let leftovers = leftovers(in: table)
    guard leftovers.taskCount > 0 else { return conclude(&turn) }
    if !hasToldWhatIsAwaited { voice.send(.awaitsLeftovers(leftovers)) }
    hasToldWhatIsAwaited = true
  }

  /// Tells the driver, once, of the processes that are about to be ended.
  func report(_ table: ProcessTable) {
    guard !hasReported else { return }
    hasReported = true
    let leftovers = leftovers(in: table)
    if leftovers.taskCount > 0 { voice.send(.leftovers(leftovers)) }
  }

  /// Looks for processes of tasks that have ended.
  ///
  /// Commands of the engine itself may well leave something running for all tasks; that does not count.
  private func leftovers(in table: ProcessTable) -> Leftovers {
    let running = Set(workers.all.lazy.filter(\.isRunning).map(\.identity))
    var leftovers = Leftovers()
    var tasks: Set<Int64> = []
    for pid in table.descendants(of: Host.processID) {
      guard let identity = TaskIdentity(of: pid, inRun: runID), identity.isTask,
        !running.contains(identity), tasks.insert(identity.id).inserted
      else { continue }
      guard leftovers.examples.count < Leftovers.mostExamples else { continue }
      let words = ProcessTable.commandLine(of: pid)
      leftovers.examples.append(
        Leftovers.Example(
          task: TaskID(identity.id),
          command: words.count > 40 ? words.prefix(37) + "..." : words
        )
      )
    }
    leftovers.taskCount = Int64(tasks.count)
    return leftovers
  }
}
