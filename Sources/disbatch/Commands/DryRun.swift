import TaskLang
import TaskRuntime

/// What a run would do: its tasks past what is done already, where they would run, and its files
/// (`--dry-run`).
struct DryRun {
  /// The tasks between two barriers.
  private struct Stage {
    var tasks = 0
    /// Tasks that are skipped although they had failed.
    var failures = 0
    /// The line of the barrier that ends it, and whether it checks; `nil` at the file's end.
    var barrier: (line: Int, isCheck: Bool)?

    /// Whether the run would end at its barrier.
    var endsRun: Bool { failures > 0 && barrier?.isCheck == true }
  }

  private var stages = [Stage()]
  private var starts = 0
  private var stops = 0
  private var skipped = 0
  private var skippedFailures = 0
  private var retried = 0

  /// Takes a part of the plan.
  ///
  /// - Parameters:
  ///   - part: Tasks to run, a task to pass over, or an item that is no task.
  ///   - retried: How many of the tasks had failed before.
  mutating func take(_ part: ResumeFilter.Part, retried: Int) {
    let last = stages.count - 1
    switch part {
    case .skip(_, _, let row):
      skipped += 1
      if row.row.hasSucceeded { return }
      skippedFailures += 1
      stages[last].failures += 1
    case .run(let step):
      self.retried += retried
      switch step.kind {
      case .task, .repeated: stages[last].tasks += step.taskCount
      case .barrier(let isCheck):
        stages[last].barrier = (step.line, isCheck)
        stages.append(Stage())
      case .perEngine(.start, _): starts += 1
      case .perEngine(.stop, _): stops += 1
      }
    }
  }

  /// What would happen, in lines.
  func text(_ options: RunOptions, _ plan: LaunchPlan, _ files: RunFiles) -> String {
    let total = stages.reduce(0) { $0 + $1.tasks }
    var text = "\(counted(total, "task")), \(plan.slots) at a time"
    let cores = plan.coresPerTask
    text += ", \(cores == 0 ? "less than a core" : counted(cores, "core")) for each\n"
    text += resumed
    if starts + stops > 0 {
      text += "on the engine first \(counted(starts, "START command")), "
      text += "at last \(counted(stops, "STOP command"))\n"
    }
    text += stages.count > 1 ? stageLines(plan.slots) : "\(rounds(total, plan.slots))\n"
    text += "files\n"
    let own = options.names
    let names = [
      files.status, options.logPath ?? files.driverLog, files.contextLog(own.label),
      files.engineLog(own.label, node: own.node, rank: 0),
    ]
    for name in names { text += "  \(MessageText.drawn(name))\n" }
    if let kept = options.keptPath { text += "  \(MessageText.drawn(kept))\n" }
    return text + "nothing was run\n"
  }

  /// What an earlier run leaves to do; empty where there was none.
  private var resumed: String {
    var lines: [String] = []
    if skipped > 0 {
      let failures = skippedFailures > 0 ? " (\(skippedFailures) of them had failed)" : ""
      lines.append("\(counted(skipped, "task")) of earlier runs skipped\(failures)\n")
    }
    if retried > 0 { lines.append("\(counted(retried, "task")) that had failed run again\n") }
    return lines.joined()
  }

  private func stageLines(_ slots: Int) -> String {
    var text = "stages\n"
    for (number, stage) in stages.enumerated() where stage.tasks > 0 || stage.barrier != nil {
      text += "  \(number + 1): \(counted(stage.tasks, "task")), \(rounds(stage.tasks, slots))"
      if let barrier = stage.barrier {
        text += ", up to the BARRIER\(barrier.isCheck ? " CHECK" : "") in line \(barrier.line)"
      }
      if stage.endsRun {
        return text
          + ", where the run ends: \(counted(stage.failures, "skipped task")) had failed; "
          + "-R runs what failed again\n"
      }
      text += "\n"
    }
    return text
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
