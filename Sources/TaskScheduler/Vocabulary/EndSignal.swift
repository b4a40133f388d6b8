/// A signal by which something outside a run ends programs: a user, a batch system, a service manager.
///
/// The numbers are those of Linux on all machines that Swift runs on.
package enum EndSignal: Int32, Hashable, Sendable, CaseIterable {
  case hangup = 1
  case interrupt = 2
  case kill = 9
  case user1 = 10
  case user2 = 12
  case terminate = 15
  case cpuTime = 24

  /// The signal of which a command with this outcome seems to have died: it did, or exited with
  /// 128 and the signal's number, as a shell does whose own command died of it.
  package init?(of outcome: Outcome) {
    switch outcome {
    case .signalled(let number): self.init(rawValue: number)
    case .exited(let code) where code > 128: self.init(rawValue: code - 128)
    case .exited, .notStarted, .refused, .lost: return nil
    }
  }

  /// Whether an engine that gets it is to end; the others are messages, which programs may well outlive.
  package var isOrderToEnd: Bool {
    switch self {
    case .hangup, .interrupt, .kill, .terminate, .cpuTime: true
    case .user1, .user2: false
    }
  }
}
