import TaskLang
import TaskScheduler

/// The task file's way into the scheduler, past what earlier runs have done.
///
/// It offers steps as far as they are asked for, and keeps the text of those that are in flight.
final class TaskIntake: LoopClient {
  /// What has to happen before more can be offered.
  enum Demand {
    /// Engines are to be started: there is something for them to do.
    case engines
    /// Engines are to be told the PERENGINE commands: no more of them will come.
    case perEngine([Step])
  }

  private var source: TaskSource
  private let checks: Bool
  private let announcer: Announcer
  private let loop: Loop
  private var kind: UInt16 = 0
  private var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)

  private var store = TaskStore()
  /// The PERENGINE commands so far.
  private(set) var perEngine: [Step] = []
  /// Barriers that were offered, with the time; the first is the next to be met.
  private var barriers: ContiguousArray<Barrier> = []
  /// Passes over what earlier runs have done.
  private var resume: ResumeFilter?
  private var stage = Stage.reading
  private var pending: Step?

  /// Steps that the scheduler asked for and has not got.
  private var credit = 0
  private var hasEngines = false
  /// Whether no more PERENGINE commands will come.
  private var isWindowClosed = false
  /// Whether there may be something to offer without waiting.
  private(set) var canGoOn = true
  /// Whether steps were asked for since any were last offered.
  private var isAsked = false
  private var hasRead = false
  /// Whether nothing was offered that could be run.
  private(set) var isEmpty = true
  /// What ended the feed, if it was neither its end nor the language.
  private(set) var error: RunError?

  /// Where the steps of the moment come from.
  private enum Stage {
    case reading
    /// A step of which not all parts are offered.
    case splitting
    case done
  }

  /// A barrier that was offered.
  struct Barrier {
    var step: Step
    /// When it was offered, in nanoseconds since 1970.
    var offeredNanoseconds: Int64
  }

  /// Makes the intake of a task file.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - checks: Whether errors of the language are diagnosed.
  ///   - resume: What earlier runs have done.
  ///   - announcer: Tells why the file breaks off.
  ///   - loop: Watches the file, where it can be watched.
  init(
    _ source: consuming TaskSource,
    checks: Bool,
    resume: ResumeFilter?,
    _ announcer: Announcer,
    in loop: Loop
  ) {
    self.source = source
    self.checks = checks
    self.resume = resume
    self.announcer = announcer
    self.loop = loop
    kind = loop.attach(self)
  }

  func ready(_ readiness: Poller.Readiness, in turn: inout Turn) {
    source.noteReadable(in: &loop.poller)
    canGoOn = true
  }

  /// Takes note that the scheduler wants steps.
  func request(_ count: Int) {
    credit += count
    (canGoOn, isAsked) = (true, true)
  }

  // MARK: Steps

  /// Events that gather before they are decided about, so that a long file takes little room.
  private static let eventLimit = 1024

  /// Lets a chunk be read: at most one is in a turn, so that a long file holds nobody up.
  func beginTurn() { hasRead = false }

  /// Whether steps that were asked for may be there without another chunk.
  var hasMoreAtHand: Bool {
    guard isAsked, stage != .done else { return false }
    return !hasRead || pending != nil || stage == .splitting || source.feed.available > 0
  }

  /// Offers steps as far as they are asked for and there.
  ///
  /// - Returns: what has to be done before it is called again in this turn; `nil` for nothing.
  func supply(in turn: inout Turn) -> Demand? {
    (canGoOn, isAsked) = (false, false)
    while stage != .done, !isWindowClosed || credit > 0 {
      if turn.count >= Self.eventLimit {
        canGoOn = true
        return nil
      }
      if stage == .splitting {
        if let demand = offerParts(in: &turn) { return demand }
        continue
      }
      if let step = pending ?? source.take() {
        pending = nil
        if let demand = offer(step, in: &turn) { return demand }
        continue
      }
      if source.feed.isExhausted { return finishFeed(in: &turn) }
      if hasRead {
        canGoOn = true
        return nil
      }
      do {
        let place = Poller.Source(kind: kind)
        guard try source.advance(through: &buffer, as: place, in: &loop.poller) == .advanced else {
          return nil
        }
        hasRead = true
      } catch {
        return breakOff(error, in: &turn)
      }
    }
    return nil
  }

  /// Offers a step, or keeps it until what it needs is there.
  private func offer(_ step: Step, in turn: inout Turn) -> Demand? {
    if case .perEngine = step.kind {
      if let demand = demandEngines(for: step) { return demand }
      isEmpty = false
      perEngine.append(step)
      return nil
    }
    if !isWindowClosed {
      // The step itself comes round again when the scheduler has asked for steps.
      pending = step
      return closeWindow(in: &turn)
    }
    switch step.kind {
    case .barrier(let check):
      credit -= 1
      barriers.append(Barrier(step: step, offeredNanoseconds: Clock.wallNanoseconds))
      turn.add(.barrier(id: TaskID(Int64(step.firstID)), check: check))
    case .task, .repeated:
      guard resume == nil else {
        resume?.take(step)
        stage = .splitting
        break
      }
      if let demand = demandEngines(for: step) { return demand }
      offerToRun(step, in: &turn)
    case .perEngine: preconditionFailure("PERENGINE stands before the first task")
    }
    isEmpty = false
    return nil
  }

  /// Has engines started for a step, which comes round again then.
  private func demandEngines(for step: Step) -> Demand? {
    guard !hasEngines else { return nil }
    hasEngines = true
    pending = step
    return .engines
  }

  private func offerToRun(_ step: Step, in turn: inout Turn) {
    credit -= 1
    store.add(step)
    turn.add(.tasks(first: TaskID(Int64(step.firstID)), count: Int64(step.taskCount)))
  }

  // MARK: What earlier runs have done

  /// Offers parts of the step at hand, as far as they are asked for.
  private func offerParts(in turn: inout Turn) -> Demand? {
    var skipped = SkippedTasks()
    while turn.count < Self.eventLimit, hasCredit(beside: skipped) {
      let part: ResumeFilter.Part?
      do {
        part = try nextPart()
      } catch {
        stage = .reading
        return breakOff(error.runError("nothing behind it was started"), in: &turn)
      }
      switch part {
      case .run(let rest):
        offer(&skipped, in: &turn)
        if let demand = demandEngines(for: rest) { return demand }
        offerToRun(rest, in: &turn)
      case .skip(let id, _, let row):
        // Its row is in the status file since before the run began.
        if skipped.count >= Self.eventLimit { offer(&skipped, in: &turn) }
        skipped.add(id, hasFailed: !row.row.hasSucceeded)
      case nil:
        stage = .reading
        offer(&skipped, in: &turn)
        return nil
      }
    }
    offer(&skipped, in: &turn)
    return nil
  }

  /// The next part of the step at hand: the one that waited for engines, if one did.
  private func nextPart() throws(ResumeFilter.Mismatch) -> ResumeFilter.Part? {
    if let step = pending {
      pending = nil
      return .run(step)
    }
    return try resume?.next()
  }

  /// Whether one more part may be looked at: what is skipped is one step, offered when another comes, so
  /// there must be credit for both.
  private func hasCredit(beside skipped: SkippedTasks) -> Bool {
    credit > (skipped.count == 0 ? 0 : 1)
  }

  private func offer(_ skipped: inout SkippedTasks, in turn: inout Turn) {
    guard skipped.count > 0 else { return }
    credit -= 1
    turn.add(
      .skipped(
        first: TaskID(Int64(skipped.first)),
        count: Int64(skipped.count),
        failures: Int64(skipped.failures)
      )
    )
    skipped = SkippedTasks()
  }

  /// Tasks with ids that follow each other, all of them done before.
  private struct SkippedTasks {
    var first = 0
    var count = 0
    var failures = 0

    mutating func add(_ id: Int, hasFailed: Bool) {
      if count == 0 { first = id }
      count += 1
      if hasFailed { failures += 1 }
    }
  }

  // MARK: The end of the file

  /// Lets the scheduler know the PERENGINE commands: the first step of another kind, or the end, has come.
  private func closeWindow(in turn: inout Turn) -> Demand? {
    guard !isWindowClosed else { return nil }
    isWindowClosed = true
    let counts = PerEngineCounts(perEngine)
    turn.add(.perEngineDefined(startCount: counts.start, stopCount: counts.stop))
    return .perEngine(perEngine)
  }

  /// Ends the feed where it stands, because it makes no sense to go on.
  private func breakOff(_ error: RunError, in turn: inout Turn) -> Demand? {
    self.error = error
    announcer.say(.error, error.message, details: error.details)
    return endFeed(with: .feedFailed, in: &turn)
  }

  private func finishFeed(in turn: inout Turn) -> Demand? {
    guard source.feed.isMalformed else {
      announcer.log(.info, "the task file has ended, \(source.feed.lineCount) lines")
      return endFeed(with: .endOfSteps, in: &turn)
    }
    let line = source.feed.lineCount
    announcer.log(.error, "the task file is malformed in line \(line)")
    // Unchecked, there is one thing only that ends a file early, and no diagnostic says so.
    if !checks { announcer.publish(.said("line \(line) has a number of 2^63 or more")) }
    return endFeed(with: .feedFailed, in: &turn)
  }

  private func endFeed(with event: Event, in turn: inout Turn) -> Demand? {
    stage = .done
    let demand = closeWindow(in: &turn)
    turn.add(event)
    return demand
  }

  // MARK: What is known of tasks

  /// What the language had to say about the file.
  var diagnostics: [Diagnostic] { source.feed.diagnostics }

  /// The text of a task that has no outcome yet.
  func text(of task: TaskID) -> TaskStore.Text? { store.text(of: task) }

  /// Forgets a task that has its outcome.
  func close(_ task: TaskID) { store.close(task) }

  /// Takes the barrier that is met.
  func takeBarrier() -> Barrier { barriers.removeFirst() }

  /// The barrier to be met next, as far as the file is read.
  var nextBarrier: Step? { barriers.first?.step }
}

/// How many PERENGINE commands there are.
struct PerEngineCounts {
  var start: Int32
  var stop: Int32

  /// Counts those of some steps, which are all PERENGINE commands.
  init(_ steps: [Step]) {
    start = Int32(
      steps.count { if case .perEngine(.start, _) = $0.kind { true } else { false } }
    )
    stop = Int32(steps.count) - start
  }
}
