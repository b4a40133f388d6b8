/// How a command ended, as the kernel told it.
package enum Outcome: Hashable, Sendable {
  /// It exited with this code.
  case exited(Int32)

  /// This signal ended it.
  case signalled(Int32)

  /// It could not be started, for the reason that this `errno` names.
  case notStarted(errno: Int32)

  /// Its host had no room for another process or descriptor at the moment, as this `errno` says;
  /// that is not the command's fault.
  case refused(errno: Int32)

  /// Nobody can say: its engine is gone.
  case lost

  /// Whether the host refused it for want of room.
  package var isRefusal: Bool { if case .refused = self { true } else { false } }

  /// The number for the status file: exit code, negative signal, errno, or -100.
  package var statusCode: Int32 {
    switch self {
    case .exited(let code): code
    case .signalled(let signal): -signal
    case .notStarted(let errno), .refused(let errno): errno
    case .lost: -100
    }
  }
}
