/// How a command ended, as the kernel told it.
package enum Outcome: Hashable, Sendable {
  /// It exited with this code.
  case exited(Int32)

  /// This signal ended it.
  case signalled(Int32)

  /// It could not be started, for the reason that this `errno` names.
  case notStarted(errno: Int32)

  /// Nobody can say: its engine is gone.
  case lost

  /// The number for the status file: exit code, negative signal, errno, or -100.
  package var statusCode: Int32 {
    switch self {
    case .exited(let code): code
    case .signalled(let signal): -signal
    case .notStarted(let errno): errno
    case .lost: -100
    }
  }
}
