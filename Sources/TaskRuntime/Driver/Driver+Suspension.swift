import Glibc

/// Ctrl-Z: the driver stops, and what it has started does not.
extension Driver {
  /// Stops this process if it was asked to, and comes back when somebody has continued it.
  ///
  /// Engines have sessions of their own, so the terminal stops this process alone, and nobody would take
  /// its tasks for running. What happens meanwhile waits on the links and in the kernel; the loop finds
  /// it before it looks at its timers.
  func suspendIfWanted() {
    guard isSuspensionWanted else { return }
    isSuspensionWanted = false
    guard !Host.hasNobodyToContinueIt else {
      return tell("not stopped: no shell could continue this run from here")
    }
    tell(
      "stopped, but its tasks go on; no others start before it is continued "
        + "('fg' in its shell, or 'kill -CONT \(ownProcess)')"
    )
    log.flush()
    contextLog.flush()
    observer?.runPauses()
    Host.stopThisProcess()
    tell("continued")
  }

  private func tell(_ text: String) {
    log.write(.warning, text)
    observer?.runSaid(text)
  }
}
