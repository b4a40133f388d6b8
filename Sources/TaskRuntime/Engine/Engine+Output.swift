import TaskScheduler

/// Output that is kept, and what tasks leave behind.
extension Engine {
  // MARK: Room for output

  /// Leaves a pipe alone until there is room for what is in it.
  func pause(_ tap: OutputTap, _ source: Poller.Source) {
    tap.unwatch(in: &poller)
    pausedTaps.append(source)
  }

  /// Takes a shell's last output, and holds its end back while that cannot be kept.
  ///
  /// Nothing is held back that is to end in any case.
  ///
  /// - Returns: whether it is held back.
  func holdsEnd(of index: Int, _ outcome: Outcome, at now: Instant) -> Bool {
    let worker = workers[index]
    guard keeper != nil, !isKillingEverything, worker.hunt == .none, isHeldBack(worker) else {
      return false
    }
    worker.held = Worker.HeldEnd(outcome: outcome, endedAt: now)
    worker.pid = -1
    heldWorkers.append(index)
    return true
  }

  private func isHeldBack(_ worker: Worker) -> Bool {
    var isHeld = false
    for tap in worker.taps where tap.isOpen {
      if tap.drain(through: &buffer, in: &poller) == .held { isHeld = true }
    }
    return isHeld
  }

  /// Tells of an end that was held back.
  func release(_ index: Int) {
    guard let held = workers[index].held else { return }
    workers[index].held = nil
    heldWorkers.removeAll { $0 == index }
    tellEnd(of: index, held.outcome, at: held.endedAt)
  }

  /// Goes on with what waited for room, if there is some.
  ///
  /// - Returns: whether it did.
  func goOnKeeping() -> Bool {
    guard let keeper, keeper.mayTake, !heldWorkers.isEmpty || !pausedTaps.isEmpty else {
      return false
    }
    for index in heldWorkers where !isHeldBack(workers[index]) { release(index) }
    let sources = pausedTaps
    pausedTaps.removeAll(keepingCapacity: true)
    for source in sources {
      if source.kind == SourceKind.tap.rawValue {
        let index = Int(source.index)
        workers[index / 2].taps[index % 2].watch(as: source, in: &poller)
      } else {
        strayTaps[source.index]?.watch(as: source, in: &poller)
      }
    }
    return true
  }

  /// Takes note of what the writer of files has done.
  func takeKept() {
    guard let keeper, let writer = keeper.writer else { return }
    let progress = writer.takeProgress()
    for cost in progress.settled.values { keeper.settle(cost) }
    if !progress.loss.isEmpty { send(.outputLost(progress.loss)) }
  }

  /// Whether all output is where it is kept, now that nothing runs any more.
  func isOutputOut() -> Bool {
    guard let keeper, link.condition == .open else { return true }
    for tap in workers.flatMap(\.taps) + strayTaps.values where tap.isOpen {
      // What cannot be ended, a process of another user, holds nobody up.
      var supply = OutputTap.Supply.more
      while supply == .more { supply = tap.drain(through: &buffer, in: &poller) }
      if supply == .waits { tap.close(in: &poller) }
    }
    strayTaps = strayTaps.filter { $0.value.isOpen }
    keeper.flush()
    guard strayTaps.isEmpty, keeper.isIdle, let writer = keeper.writer else {
      return strayTaps.isEmpty && keeper.isIdle
    }
    if !isFinishingOutput { writer.finish() }
    isFinishingOutput = true
    return writer.isDone
  }

  // MARK: What is left behind

  /// Tells the driver, once, what tasks that have ended left running.
  func reportLeftovers(_ table: ProcessTable) {
    guard !hasReportedLeftovers else { return }
    hasReportedLeftovers = true
    let running = Set(workers.filter(\.isRunning).map(\.identity.variables))
    let job = "DISBATCH_JOBID=\(settings.jobID)"
    var leftovers = Leftovers()
    var tasks: Set<Int64> = []
    for pid in table.descendants(of: Host.processID) {
      let variables = ProcessTable.variables(of: pid)
      let value = { (name: String) in
        variables.first { $0.hasPrefix(name) }.map { $0.dropFirst(name.utf8.count) }
      }
      // Commands of the engine itself may well leave something for all tasks.
      guard variables.contains(job), value("DISBATCH_CYLINDER_RANK=") != "-1",
        let task = value("DISBATCH_TASKID=").flatMap({ Int64($0) }),
        !running.contains(where: { $0.allSatisfy(variables.contains) }),
        tasks.insert(task).inserted
      else { continue }
      guard leftovers.examples.count < Leftovers.mostExamples else { continue }
      let words = ProcessTable.commandLine(of: pid)
      leftovers.examples.append(
        Leftovers.Example(
          task: TaskID(task),
          command: words.count > 40 ? words.prefix(37) + "..." : words
        )
      )
    }
    leftovers.taskCount = Int64(tasks.count)
    if !tasks.isEmpty { send(.leftovers(leftovers)) }
  }
}
