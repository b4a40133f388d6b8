import TaskLang
import TaskRuntime

/// What a run would do, from the task file and the options alone (`--dry-run`).
struct DryRun {
  /// The tasks between two barriers.
  private struct Stage {
    var tasks = 0
    /// The line of the barrier that ends it, and whether it checks; `nil` at the file's end.
    var barrier: (line: Int, isCheck: Bool)?
  }

  private var stages = [Stage()]
  private var starts = 0
  private var stops = 0

  /// Takes tasks of the plan.
  mutating func takeTasks(_ count: Int) { stages[stages.count - 1].tasks += count }

  /// Takes an item of the plan.
  mutating func take(_ item: LoweredItem, line: Int) {
    switch item {
    case .task: takeTasks(1)
    case .repeated(_, let indexes, _): takeTasks(indexes.count)
    case .barrier(_, let directive):
      stages[stages.count - 1].barrier = (line, directive.check != nil)
      stages.append(Stage())
    case .perEngine(_, let directive):
      if directive.moment == .start { starts += 1 } else { stops += 1 }
    case .nothing, .end: break
    }
  }

  /// What would happen, in lines.
  func text(_ options: RunOptions, _ place: Place, _ files: RunFiles) -> String {
    let total = stages.reduce(0) { $0 + $1.tasks }
    var text = "\(counted(total, "task")), \(place.slots) at a time"
    let cores = place.coresPerTask
    text += ", \(cores == 0 ? "less than a core" : counted(cores, "core")) for each\n"
    if starts + stops > 0 {
      text += "on the engine first \(counted(starts, "START command")), "
      text += "at last \(counted(stops, "STOP command"))\n"
    }
    if stages.count > 1 {
      text += "stages\n"
      for (number, stage) in stages.enumerated() where stage.tasks > 0 || stage.barrier != nil {
        text += "  \(number + 1): \(counted(stage.tasks, "task")), "
        text += rounds(stage.tasks, place.slots)
        if let barrier = stage.barrier {
          text += ", up to the BARRIER\(barrier.isCheck ? " CHECK" : "") in line \(barrier.line)"
        }
        text += "\n"
      }
    } else {
      text += "\(rounds(total, place.slots))\n"
    }
    text += "files\n"
    let label = options.label ?? "SSH0"
    let names = [
      files.status, options.logPath ?? files.driverLog, files.contextLog(label),
      files.engineLog(label, node: Host.shortName, rank: 0),
    ]
    for name in names { text += "  \(name)\n" }
    if let kept = options.keptPath { text += "  \(kept)\n" }
    return text + "nothing was run\n"
  }

  private func rounds(_ tasks: Int, _ slots: Int) -> String {
    let rounds = tasks / slots + (tasks % slots > 0 ? 1 : 0)
    let rest = tasks % slots
    let last = rest > 0 && rounds > 1 ? ", the last with \(rest) of \(slots) slots" : ""
    return "\(counted(rounds, "round")) of equal tasks\(last)"
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
