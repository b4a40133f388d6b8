import TaskScheduler

/// What tasks let out, where the driver has to do with it.
extension Driver {
  /// Takes note of output that is not kept, and says so the first time.
  func take(_ loss: OutputLoss) {
    guard !loss.isEmpty, remarks.note(loss) else { return }
    let text = "\(loss.reason); tasks go on, but not all of their output is kept"
    log.write(.error, text)
    observer?.runSaid(text)
  }

  /// Gives what an engine sent to the thread that writes it.
  func handOnOutput(of seat: EngineSeat) {
    guard !seat.output.isEmpty else { return }
    outputWriter?.submit(seat.output, from: seat.id.rawValue)
    seat.output.removeAll()
  }

  /// Tells engines how much of their output is settled, so that they send more.
  func takeOutputProgress() {
    guard let progress = outputWriter?.takeProgress() else { return }
    for (engine, cost) in progress.settled {
      seats[Int(engine)]?.send(.outputSettled(cost: Int64(cost)))
    }
    take(progress.loss)
    for notice in progress.notices {
      log.write(.warning, notice)
      observer?.runSaid(notice)
    }
  }

  /// Waits until the output is where it is kept, now that nothing runs any more.
  ///
  /// Engines leave when theirs is, so this takes long only if one was ended and the disk hangs. A
  /// signal, or one that came before, ends the wait.
  func finishOutput() throws(Errno) {
    guard let outputWriter else { return }
    outputWriter.finish()
    let patience = stopSignal == nil ? nil : Optional(Clock.now + options.policy.grace)
    var ready: ContiguousArray<Poller.Readiness> = []
    while !outputWriter.isDone {
      if let patience, Clock.now >= patience { return remarks.isOutputCut = true }
      try poller.wait(until: patience, at: Clock.now, into: &ready)
      if !takeLate(ready).isDisjoint(with: SignalSet.stopping) {
        return remarks.isOutputCut = true
      }
    }
    takeOutputProgress()
    outputWriter.join()
  }

  /// The folder whose absence kept a task's command from running; it is noted for the end of the run.
  func missingFolder(
    _ end: AttemptEnd,
    on engine: EngineID,
    _ text: TaskStore.Text,
    _ report: TaskReport
  ) -> String? {
    guard report.errorByteCount > 0 else { return nil }
    var environment: (all: CStringArray, own: CStringArray)?
    let folder = folderFinder.folder(for: text.command, failingWith: report.error) { name in
      // The whole environment is made only for a command that names a variable there.
      if environment == nil {
        let first = seats[engine.index]?.firstSlot ?? 0
        let settings = settings(of: engine, first..<place.slots)
        var made = TaskEnvironment(base: Host.environment, settings: settings)
        let own = made.strings(
          id: end.task.rawValue,
          line: text.line,
          repeatIndex: text.repeatIndex,
          slot: Int32(first) + end.slot.rawValue,
          attempt: end.attempt.rawValue
        )
        environment = (made.constant, own)
      }
      return environment?.own.value(of: name) ?? environment?.all.value(of: name)
    }
    if let folder { remarks.noteMissingFolder(folder, of: end.task.rawValue) }
    return folder
  }
}
