import TaskScheduler

/// Signals to this process, made into what the run is to do.
final class SignalDesk: LoopClient {
  private let inbox: SignalInbox
  private let announcer: Announcer
  /// Signals that came in another way and are not taken.
  private var others: SignalSet = []
  /// The first signal that told the run to stop.
  private(set) var stopSignal: Int32?
  private var stopCount = 0
  private var isSuspensionWanted = false

  /// Makes the desk.
  ///
  /// - Parameters:
  ///   - inbox: Where signals come in.
  ///   - announcer: Tells what becomes of them.
  ///   - loop: Watches the inbox.
  /// - Throws: when the process may have no more descriptors.
  init(_ inbox: consuming SignalInbox, _ announcer: Announcer, in loop: Loop) throws(Errno) {
    self.inbox = inbox
    self.announcer = announcer
    try loop.attach(self, reading: self.inbox.descriptor.rawValue)
  }

  /// What has come is taken at the end of a turn, whether it was seen to be there or not.
  func ready(_ readiness: Poller.Readiness, in turn: inout Turn) {}

  /// Adds signals that came in another way.
  func add(_ signals: SignalSet) { others.formUnion(signals) }

  /// Takes what has arrived.
  func take() -> SignalSet {
    defer { others = [] }
    let arrived = inbox.take().union(others)
    if arrived.contains(.terminalStop) { isSuspensionWanted = true }
    return arrived
  }

  /// Whether the user has asked for the end so often, and again with these signals, that rows are not to be
  /// waited for.
  func isAbandonment(_ arrived: SignalSet) -> Bool {
    stopCount > 2 && SignalSet.ending.contains { arrived.contains($0.signal) }
  }

  /// Takes the signals that stop the run or let it come to its end.
  func accept(_ arrived: SignalSet, in turn: inout Turn) {
    for (signal, number) in SignalSet.ending where arrived.contains(signal) {
      stop(by: number, in: &turn)
    }
    // The kernel sends it again for each second beyond the limit.
    if arrived.contains(.cpuTime), stopCount == 0 {
      stop(by: SignalSet.cpuTimeNumber, in: &turn)
    }
    if arrived.contains(.user2) {
      let text = "SIGUSR2 changes nothing; SIGUSR1 lets running tasks end, SIGTERM ends them"
      announcer.log(.warning, text)
      announcer.publish(.noted(text))
    }
    if arrived.contains(.user1) {
      stopSignal = stopSignal ?? SignalSet.user1Number
      announcer.log(.warning, "told to drain: running tasks end, no others start")
      announcer.publish(.noted("no more tasks are started; waiting for those that run"))
      turn.add(.stop(.drain))
    }
  }

  private func stop(by number: Int32, in turn: inout Turn) {
    let isFirst = stopSignal == nil || stopSignal == SignalSet.user1Number
    if isFirst { stopSignal = number }
    stopCount += 1
    announcer.log(.warning, "signal \(number): the run is stopped")
    announcer.publish(
      .noted(
        isFirst
          ? "stopping: running tasks are ended; once more to kill them at once"
          : "killing all tasks"
      )
    )
    turn.add(.stop(isFirst ? .interrupt : .killNow))
  }

  // MARK: Ctrl-Z

  /// Stops this process if it was asked to, and comes back when somebody has continued it.
  ///
  /// Engines have sessions of their own, so the terminal stops this process alone, and nobody would take
  /// its tasks for running. What happens meanwhile waits on the links and in the kernel; the loop finds
  /// it before it looks at its timers.
  func suspendIfWanted() {
    guard isSuspensionWanted else { return }
    isSuspensionWanted = false
    guard !Host.hasNobodyToContinueIt else {
      return announcer.say(.warning, "not stopped: no shell could continue this run from here")
    }
    announcer.say(
      .warning,
      "stopped, but its tasks go on; no others start before it is continued "
        + "('fg' in its shell, or 'kill -CONT \(Host.processID)')"
    )
    announcer.flush()
    announcer.publish(.pauses)
    Host.stopThisProcess()
    announcer.say(.warning, "continued")
  }
}
