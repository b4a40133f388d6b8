/// How a program came to its end.
package enum ProgramEnding: Hashable, Sendable {
  /// It ended by itself, with this status.
  case exited(Int32)
  /// This signal ended it.
  case signalled(Int32)
  /// It was still there at the deadline and was killed by us.
  case outOfTime

  /// Takes a wait status apart (wait(2)).
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .signalled(signal)
  }
}
