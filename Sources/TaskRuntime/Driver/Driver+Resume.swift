import TaskLang
import TaskScheduler

/// Tasks into the scheduler, past what earlier runs have done.
extension Driver {
  /// Offers a step's tasks, or begins to offer what is left of them.
  func offerTasks(_ step: Step) {
    guard resume != nil else { return offerToRun(step) }
    resume?.take(step)
    isPartingStep = true
  }

  /// Offers parts of the step at hand, as far as they are asked for.
  func offerParts() {
    do {
      var skipped = SkippedTasks()
      // What is skipped is offered when something else comes, so one step is kept back for it.
      while credit > 1 || (credit == 1 && skipped.count == 0) {
        guard let part = try resume?.next() else {
          isPartingStep = false
          break
        }
        switch part {
        case .run(let rest):
          offer(&skipped)
          offerToRun(rest)
        case .skip(let id, _, let row):
          // Its row is in the status file since before the run began.
          if skipped.count >= eventLimit { offer(&skipped) }
          skipped.take(id, hasFailed: !row.row.hasSucceeded)
        }
        if events.count >= eventLimit { break }
      }
      offer(&skipped)
    } catch {
      isPartingStep = false
      breakOff(error.runError("nothing behind it was started"))
    }
    if events.count >= eventLimit { handleEvents(at: Clock.now) }
  }

  private func offerToRun(_ step: Step) {
    if seats.isEmpty { launchEngines() }
    credit -= 1
    store.add(step)
    events.append(.tasks(first: TaskID(Int64(step.firstID)), count: Int64(step.taskCount)))
  }

  private func offer(_ skipped: inout SkippedTasks) {
    guard skipped.count > 0 else { return }
    credit -= 1
    events.append(
      .skipped(
        first: TaskID(Int64(skipped.first)),
        count: Int64(skipped.count),
        failures: Int64(skipped.failures)
      )
    )
    skipped = SkippedTasks()
  }
}

/// Tasks with ids that follow each other, all of them done before.
private struct SkippedTasks {
  var first = 0
  var count = 0
  var failures = 0
  var next: Int { first + count }

  mutating func take(_ id: Int, hasFailed: Bool) {
    if count == 0 { first = id }
    count += 1
    if hasFailed { failures += 1 }
  }
}
