import TaskLang
import TaskScheduler

/// The task file's way into the scheduler.
extension Driver {
  /// Offers steps as far as they are asked for and there.
  ///
  /// At most one chunk is read in a turn, so that a long file holds nobody up.
  func readTasks() {
    canReadOn = false
    var hasRead = false
    while !isFeedDone, !isWindowClosed || credit > 0 {
      if isPartingStep {
        offerParts()
        continue
      }
      if let step = nextStep() {
        pendingStep = nil
        offer(step)
        continue
      }
      if source.feed.isExhausted { return finishFeed() }
      if hasRead {
        canReadOn = true
        return
      }
      hasRead = true
      guard advance() else { return }
    }
  }

  /// Events that gather before they are decided about, so that a long file takes little room.
  var eventLimit: Int { 1024 }

  private func nextStep() -> Step? {
    if pendingStep == nil { pendingStep = source.take() }
    return pendingStep
  }

  /// Reads a chunk.
  ///
  /// - Returns: whether something came of it.
  private func advance() -> Bool {
    do {
      let place = Poller.Source(kind: SourceKind.tasks.rawValue)
      return try source.advance(through: &buffer, as: place, in: &poller) == .advanced
    } catch {
      breakOff(error)
      return false
    }
  }

  /// Ends the feed where it stands, because it makes no sense to go on.
  func breakOff(_ error: RunError) {
    feedError = error
    for line in [error.message] + error.details { log.write(.error, line) }
    observer?.runSaid(error.message, details: error.details)
    closeWindow()
    endFeed(with: .feedFailed)
  }

  private func offer(_ step: Step) {
    stepCount += 1
    if case .perEngine = step.kind {
      if seats.isEmpty { launchEngines() }
      perEngine.append(step)
      return
    }
    if !isWindowClosed {
      // The step itself comes round again when the scheduler has asked for steps.
      stepCount -= 1
      pendingStep = step
      return closeWindow()
    }
    switch step.kind {
    case .task, .repeated: offerTasks(step)
    case .barrier(let check):
      credit -= 1
      barriers.append((step, Clock.wallNanoseconds))
      events.append(.barrier(id: TaskID(Int64(step.firstID)), check: check))
    case .perEngine: preconditionFailure("PERENGINE stands before the first task")
    }
    if events.count >= eventLimit { handleEvents(at: Clock.now) }
  }

  /// Tells everybody the PERENGINE commands: the first step of another kind, or the end, has come.
  private func closeWindow() {
    guard !isWindowClosed else { return }
    isWindowClosed = true
    for seat in seats { seat.map(sendPerEngine) }
    let (start, stop) = perEngineCounts
    events.append(.perEngineDefined(startCount: start, stopCount: stop))
    handleEvents(at: Clock.now)
  }

  private var perEngineCounts: (start: Int32, stop: Int32) {
    let starts = perEngine.count { $0.kind.isPerEngineStart }
    return (Int32(starts), Int32(perEngine.count - starts))
  }

  /// Tells an engine the PERENGINE commands.
  func sendPerEngine(_ seat: EngineSeat) {
    for step in perEngine {
      guard case .perEngine(let moment, let index) = step.kind else { continue }
      seat.send(
        .perEngineCommand(
          moment == .start ? .start : .stop,
          index: Int32(index),
          line: Int64(step.line),
          ContiguousArray(step.command.prefix(TaskOrder.longestCommand))
        )
      )
    }
    let (start, stop) = perEngineCounts
    seat.send(.perEngineDefined(startCount: start, stopCount: stop))
  }

  private func finishFeed() {
    closeWindow()
    if source.feed.isMalformed {
      let line = source.feed.lineCount
      log.write(.error, "the task file is malformed in line \(line)")
      // Unchecked, there is one thing only that ends a file early, and no diagnostic says so.
      if !options.checks { observer?.runSaid("line \(line) has a number of 2^63 or more") }
      return endFeed(with: .feedFailed)
    }
    log.write(.info, "the task file has ended, \(source.feed.lineCount) lines")
    endFeed(with: .endOfSteps)
  }

  private func endFeed(with event: Event) {
    isFeedDone = true
    events.append(event)
  }
}

extension Step.Kind {
  fileprivate var isPerEngineStart: Bool {
    if case .perEngine(.start, _) = self { true } else { false }
  }
}
