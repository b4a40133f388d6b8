package import TaskLang
package import TaskScheduler

/// What came of a run.
package struct RunReport: Sendable {
  /// Why it ended.
  package var reason: ExitReason
  /// How far it came.
  package var tally: Tally
  /// How long it took.
  package var wallTime: Interval
  /// How long attempts have run, added up.
  package var busyTime: Interval
  /// How many could run at a time.
  package var slots: Int
  /// Where its rows are.
  package var statusPath: String
  /// The name that an earlier run's status file was given.
  package var renamedStatus: String?
  /// What the language had to say about a stream.
  package var diagnostics: [Diagnostic]
  /// Rows that could not be written.
  package var unwrittenRows: Int
  /// Whether rows that were written are there no more.
  package var hasLostRows: Bool
  /// Whether tasks have ended of which no row tells.
  package var lacksRows: Bool { unwrittenRows > 0 || hasLostRows }
  /// The first signal that stopped it.
  package var stopSignal: Int32?
  /// What ended the feed, if it was neither its end nor the language.
  package var feedError: RunError?
  /// Whether the task file held nothing to run: no task, no barrier, no command for an engine.
  package var isEmpty: Bool
  /// Whether a failed task sets the exit status to 1.
  package var failuresSetExitStatus: Bool
  /// What else the user should know.
  package var remarks: RunRemarks
  /// Whether the status file has all that the files which were gone on from have.
  package var hasAllRows: Bool
  /// Whether the status file is not where it was to be.
  package var isStatusElsewhere: Bool
  /// Failed tasks, skipped or not, that the next barrier would count.
  package var openFailures: Int64
  /// Whether that barrier is a CHECK; `nil` when the feed did not come so far.
  package var isCheckAhead: Bool?
  /// What the scheduler kept to.
  package var policy: Policy
  /// The driver's log, for what the user is told of all this.
  package var log: LogFile

  /// The exit status that the contract gives this end.
  package var exitCode: Int32 {
    if lacksRows { return 1 }
    switch reason {
    case .completed:
      return failuresSetExitStatus && tally.hasFailures || remarks.hasLostOutput ? 1 : 0
    case .checkFailed, .failFast, .halted, .writerFailed, .tasksRemain, .noEngine: return 1
    case .feedFailed: return feedError?.exitCode ?? 2
    case .stopped(.drain): return 128 + SignalSet.user1Number
    case .stopped: return 128 + (stopSignal ?? 0)
    }
  }

  /// Why the run ended as it did, for standard error; none when there is nothing to explain.
  ///
  /// Scripts look for the reference's sentences, which are kept.
  package var explanation: String? {
    switch reason {
    case .completed where isEmpty: "No tasks to run."
    case .completed:
      failuresSetExitStatus && tally.hasFailures
        ? "Some tasks failed with non-zero exit codes -- please check the logs" : nil
    case .checkFailed(let id): "BARRIER CHECK \(id.rawValue) found failures; the run ends there"
    case .failFast:
      "Quitting early due to task failure with --fail-fast"
        + (tally.failed == 0 ? ": it was a PERENGINE START" : "")
    case .halted: "Quitting early: the limit of failures is reached" + share
    case .stopped(.drain): "stopped after the tasks that ran"
    case .stopped: "stopped by a signal"
    case .feedFailed:
      "the task file ended in an error; tasks that ran have ended, no others were started"
    case .writerFailed: "stopped, because the status file could not be written"
    case .tasksRemain:
      hasReachedTaskLimit
        ? "-C (--context-task-limit): \(tally.started) tasks were started, and no more are"
        : "tasks remain, and no engine is left to run them"
    case .noEngine: "Some engine processes failed -- please check the logs"
    }
  }

  /// Whether the only context may start no more tasks.
  private var hasReachedTaskLimit: Bool {
    policy.contextTaskLimit.map { tally.started >= $0 } ?? false
  }

  /// Of a limit that is a share: what it is a share of, and from when on it counts.
  private var share: String {
    guard case .percent(let percent)? = policy.halt?.limit else { return "" }
    return ": \(tally.failed) of \(tally.ended) tasks failed, and the limit is \(percent)%, which "
      + "counts from \(Halt.leastFailures) failures on"
  }

  /// How much of the slots' time was used, where it was long enough to tell.
  private var utilisation: String {
    let offered = Double(wallTime.nanoseconds) * Double(slots)
    guard wallTime >= .seconds(1), offered > 0, tally.started > 0 else { return "" }
    let percent = Int((Double(busyTime.nanoseconds) / offered * 100).rounded())
    return ", \(min(100, percent))% of \(slots) slots used"
  }

  /// Skipped tasks that had failed are named, since a CHECK and `-e` heed them.
  private var skipped: String {
    let failed = tally.skippedFailed > 0 ? " (\(tally.skippedFailed) of them had failed)" : ""
    return "\(tally.skipped) skipped" + failed
  }

  /// How it went, in lines for standard error.
  package var summary: [String] {
    var parts = ["\(tally.done) done", "\(tally.failed) failed", skipped]
    for (count, name) in [(tally.startsFailed, "START"), (tally.stopsFailed, "STOP")]
    where count > 0 {
      parts.append("\(count) PERENGINE \(name) failed")
    }
    if tally.lost > 0 { parts.append("\(tally.lost) lost") }
    if tally.endedByRun > 0 { parts.append("\(tally.endedByRun) ended by this run") }
    if tally.remaining > 0 { parts.append("\(tally.remaining) not done") }
    let tenths = wallTime.nanoseconds / 100_000_000
    var lines = [
      parts.joined(separator: ", ") + " in \(tenths / 10).\(tenths % 10) s" + utilisation,
      "status: \(statusPath)",
    ]
    if unwrittenRows > 0 {
      lines.append("\(unwrittenRows) rows could not be written; those tasks count as not run")
    }
    if hasLostRows {
      lines.append("rows that were written are lost; those tasks count as not run")
    }
    return lines + remarks.lines
  }
}
