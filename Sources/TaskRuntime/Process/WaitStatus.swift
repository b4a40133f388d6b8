import CLinux

/// How a process ended.
///
/// Source: wait(2).
package enum WaitStatus: Hashable, Sendable {
  case exited(code: Int32)
  case signalled(number: Int32)

  /// Reads what wait4 wrote.
  package init(waitStatus: Int32) {
    if clinux_exited(waitStatus) != 0 {
      self = .exited(code: clinux_exit_code(waitStatus))
    } else {
      self = .signalled(number: clinux_term_signal(waitStatus))
    }
  }
}

/// The process's own children, as wait4 gives them back.
package enum Children {
  /// What asking for an ended child came to.
  package enum Reaped: Hashable, Sendable {
    /// This child has ended and is gone.
    case ended(pid: Int32, WaitStatus)
    /// There are children, none of which has ended.
    case allRunning
    /// There is no child.
    case none
  }

  /// Reaps one child that has ended, adopted ones included.
  package static func reapNext() -> Reaped {
    var status: Int32 = 0
    let pid = unsafe clinux_reap(-1, &status)
    if pid > 0 { return .ended(pid: pid, WaitStatus(waitStatus: status)) }
    return pid == 0 ? .allRunning : .none
  }

  /// Waits for one known child to end.
  ///
  /// - Returns: `nil` when there is no such child.
  package static func wait(for pid: Int32) -> WaitStatus? {
    var status: Int32 = 0
    return unsafe clinux_wait(pid, &status) == pid ? WaitStatus(waitStatus: status) : nil
  }

  /// Makes orphaned descendants children of this process instead of init's.
  package static func adoptOrphans() throws(Errno) {
    _ = try retrying { clinux_become_subreaper() }
  }
}
