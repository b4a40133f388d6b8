import CLinux
package import TaskScheduler

/// The process's own children, as wait4 gives them back.
package enum Children {
  /// What asking for an ended child came to.
  package enum Reaped: Hashable, Sendable {
    /// This child has ended and is gone.
    case ended(pid: Int32, Outcome)
    /// There are children, none of which has ended.
    case allRunning
    /// There is no child.
    case none
  }

  /// Reaps one child that has ended, adopted ones included.
  package static func reapNext() -> Reaped {
    var status: Int32 = 0
    let pid = unsafe clinux_reap(-1, &status)
    if pid > 0 { return .ended(pid: pid, Outcome(waitStatus: status)) }
    return pid == 0 ? .allRunning : .none
  }

  /// Children that have ended, and whether there are others.
  package struct Reaping: Sendable {
    package var ended: ContiguousArray<(pid: Int32, outcome: Outcome)> = []
    package var hasOthers = true

    /// Nothing yet.
    package init() {}

    /// Reaps every child that has ended, adopted ones included.
    package mutating func goOn() {
      while true {
        switch Children.reapNext() {
        case .ended(let pid, let outcome): ended.append((pid, outcome))
        case .allRunning:
          hasOthers = true
          return
        case .none:
          hasOthers = false
          return
        }
      }
    }
  }

  /// Waits for one known child to end.
  ///
  /// - Returns: `nil` when there is no such child.
  package static func wait(for pid: Int32) -> Outcome? {
    var status: Int32 = 0
    return unsafe clinux_wait(pid, &status) == pid ? Outcome(waitStatus: status) : nil
  }

  /// Makes orphaned descendants children of this process instead of init's.
  package static func adoptOrphans() throws(Errno) {
    _ = try retrying { clinux_become_subreaper() }
  }
}

extension Outcome {
  /// Reads what wait4 wrote of a process that has ended.
  fileprivate init(waitStatus: Int32) {
    self =
      clinux_exited(waitStatus) != 0
      ? .exited(clinux_exit_code(waitStatus)) : .signalled(clinux_term_signal(waitStatus))
  }
}
