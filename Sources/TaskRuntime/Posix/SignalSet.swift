import CLinux
import Glibc

/// A set of signals.
package struct SignalSet: OptionSet, Hashable, Sendable {
  /// Bit n-1 stands for signal n.
  package let rawValue: UInt64

  package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Makes the set of one signal.
  package init(_ number: Int32) {
    rawValue = 1 << UInt64(number - 1)
  }

  package static let hangup = SignalSet(SIGHUP)
  package static let interrupt = SignalSet(SIGINT)
  package static let terminate = SignalSet(SIGTERM)
  package static let user1 = SignalSet(SIGUSR1)
  package static let user2 = SignalSet(SIGUSR2)
  package static let cpuTime = SignalSet(SIGXCPU)
  package static let child = SignalSet(SIGCHLD)
  /// What Ctrl-Z sends.
  package static let terminalStop = SignalSet(SIGTSTP)

  /// Those that end a run's tasks, with their numbers.
  package static let ending: [(signal: SignalSet, number: Int32)] = [
    (.interrupt, SIGINT), (.terminate, SIGTERM), (.hangup, SIGHUP),
  ]

  /// Those that stop a run.
  package static let stopping: SignalSet = [.interrupt, .terminate, .hangup, .user1]

  /// Those by which somebody outside may tell a run or an engine something.
  package static let outside: SignalSet = [
    .interrupt, .terminate, .hangup, .user1, .user2, .cpuTime,
  ]

  /// The number of the signal that drains a run.
  package static let user1Number: Int32 = SIGUSR1

  /// The number of the signal that a limit of processor time sends.
  package static let cpuTimeNumber: Int32 = SIGXCPU

  /// Has this process die of signals that faults send, also where SWIFT_BACKTRACE has installed handlers.
  ///
  /// Those stand still for a second and then go on, where somebody else has sent the signal.
  package static func dieOfFaults() {
    for number in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]
    where clinux_signal_is_ignored(number) == 0 {
      clinux_default_signal(number)
    }
  }

  /// Those signals that whoever started this process has not set to be ignored.
  ///
  /// A shell ignores SIGINT for what it runs in the background, and nohup ignores SIGHUP; both mean it.
  package var withoutIgnored: SignalSet {
    var result = self
    for number in Int32(1)...64 where clinux_signal_is_ignored(number) != 0 {
      result.remove(SignalSet(number))
    }
    return result
  }
}

/// Signals as readable data instead of interruptions.
///
/// Source: signalfd(2). The signals are blocked in the calling thread; other threads have all of them
/// blocked.
package struct SignalInbox: ~Copyable {
  package let descriptor: FileDescriptor

  /// Blocks the signals and collects them from now on.
  package init(_ signals: SignalSet) throws(Errno) {
    // Whose parent ignored SIGCHLD would never hear of a child, and could not wait for one.
    if signals.contains(.child) { clinux_default_signal(SIGCHLD) }
    let result = clinux_block_signals(signals.rawValue)
    guard result == 0 else { throw Errno(result) }
    descriptor = FileDescriptor(owning: try retrying { clinux_signalfd(signals.rawValue) })
  }

  /// Takes what has arrived.
  ///
  /// - Returns: the numbers; several equal signals may have become one.
  package borrowing func take() -> SignalSet {
    var result: SignalSet = []
    var numbers: [Int32] = Array(repeating: 0, count: 16)
    while true {
      let count = unsafe numbers.withUnsafeMutableBufferPointer {
        unsafe clinux_signalfd_read(descriptor.rawValue, $0.baseAddress, 16)
      }
      for number in numbers.prefix(Int(max(0, count))) { result.insert(SignalSet(number)) }
      if count < 16 { return result }
    }
  }
}
