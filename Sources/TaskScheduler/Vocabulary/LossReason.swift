/// What is known about an engine that no longer answers.
package enum LossReason: UInt8, Hashable, Sendable {
  /// Its process and everything it started are gone; nothing of it can still run.
  case died

  /// Its process is gone, and what it started is being ended; `died` follows.
  case dying

  /// The link to it is gone, and it may live until its lease has run out.
  case linkClosed
}
