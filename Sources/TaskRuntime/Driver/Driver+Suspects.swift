import TaskScheduler

/// Tasks that may have killed their engine.
extension Driver {
  /// Starts an engine with the one slot that a task had on an engine that has died.
  func isolate(_ task: TaskID, beside lost: EngineID, _ slot: SlotIndex) {
    let id = EngineID(Int32(seats.count))
    let place = (seats[lost.index]?.firstSlot ?? 0) + slot.index
    tellOfSuspects(on: lost)
    contextLog.write(
      .info,
      "task \(task.rawValue) ran on engine \(lost.rawValue) and runs again alone, on engine \(id.rawValue)"
    )
    events.append(.engineIsolated(id, ContextID(0), for: task))
    launch(id, place..<place + 1)
  }

  /// Says once of an engine that has died what becomes of its tasks.
  private func tellOfSuspects(on engine: EngineID) {
    guard let seat = seats[engine.index], !seat.hasToldOfSuspects else { return }
    seat.hasToldOfSuspects = true
    let text =
      "engine \(engine.rawValue) \(death(of: engine)); each task that ran there runs again on an engine of"
      + " its own, which shows whether one of them did it"
    log.write(.warning, text)
    observer?.runSaid(text)
  }

  /// Names a task that has killed the engine on which it was alone.
  func blame(_ task: TaskID, _ engine: EngineID) {
    let line = store.text(of: task).map { " (line \($0.line))" } ?? ""
    let text =
      "task \(task.rawValue)\(line) killed its engine: alone on engine \(engine.rawValue), which"
      + " \(death(of: engine)); it has failed, with -100"
    log.write(.error, text)
    observer?.runSaid(text)
  }

  /// How an engine's process ended, in words.
  private func death(of engine: EngineID) -> String {
    (seats[engine.index]?.death ?? .lost).inWords
  }
}
