import TaskScheduler

/// What a simulation must have seen to be worth its name.
extension World {
  /// The kinds of things that happened in this world.
  var corners: Set<String> {
    var seen: Set<String> = []
    switch exitReason {
    case .checkFailed: seen.insert("check failed")
    case .stopped(let mode): seen.insert("stopped by \(mode)")
    case .some(let reason): seen.insert("\(reason)")
    case nil: seen.insert("driver died")
    }
    let tally = scheduler.tally
    let counts: [(String, Int64)] = [
      ("a task failed", tally.failed), ("a task was lost", tally.lost),
      ("a task was tried again", tally.retried), ("a task was requeued", tally.requeued),
      ("a task was refused", tally.refused), ("a task was ended", tally.endedByRun),
      ("a report came late", tally.late),
      ("a barrier was met", tally.barriersMet), ("a START failed", tally.startsFailed),
      ("a STOP failed", tally.stopsFailed), ("an engine was lost", tally.enginesLost),
      ("an engine did not start", tally.enginesFailedToStart),
    ]
    for (name, count) in counts where count > 0 { seen.insert(name) }
    for (_, fact) in history {
      if case .recorded(_, let end, let counts, _) = fact { note(end, counts, in: &seen) }
      if case .abandoned = fact { seen.insert("an engine was abandoned") }
      if case .held = fact { seen.insert("a verdict waited") }
      if case .isolated = fact { seen.insert("a suspect had an engine of its own") }
      if case .blamed = fact { seen.insert("a task was blamed") }
      if case .told(_, let signal) = fact {
        seen.insert(
          signal.isOrderToEnd ? "an engine was told to end" : "an engine was told something"
        )
      }
    }
    for host in hosts {
      if case .gone(let exit) = host.core?.life { seen.insert("an engine left: \(exit)") }
    }
    return seen
  }

  /// Notes what an attempt's row shows.
  private func note(_ end: AttemptEnd, _ counts: Bool, in seen: inout Set<String>) {
    switch (end.outcome, end.cause, counts) {
    case (_, .timedOut, _): seen.insert("a task timed out")
    case (.refused, _, true): seen.insert("a task found no room at all")
    case (.exited(0), .ordered, _): seen.insert("a success was not believed")
    case (.signalled(10), .ordered, _): seen.insert("a task ended by SIGUSR1 runs again")
    case (_, .itself, true) where EndSignal(of: end.outcome) != nil:
      seen.insert("a task failed by a signal")
    default: break
    }
  }

  static let allCorners: Set<String> = [
    "check failed", "stopped by drain", "stopped by interrupt", "stopped by killNow",
    "completed", "failFast", "halted", "feedFailed", "writerFailed", "tasksRemain", "noEngine",
    "driver died", "a task failed", "a task was lost", "a task was tried again",
    "a task was requeued", "a task was ended", "a report came late", "a barrier was met",
    "a START failed", "a STOP failed", "an engine was lost", "an engine did not start",
    "a task was refused", "a task found no room at all", "a task timed out",
    "an engine was abandoned", "an engine left: released", "a verdict waited",
    "a suspect had an engine of its own", "a task was blamed",
    "an engine was told to end", "an engine was told something", "a success was not believed",
    "a task ended by SIGUSR1 runs again", "a task failed by a signal",
    "an engine left: linkClosed", "an engine left: leaseExpired",
  ]
}
