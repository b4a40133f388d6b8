/// Why a command ended when it did.
package enum EndCause: UInt8, Hashable, Sendable {
  /// It came to its own end.
  case itself

  /// It was still running when its time was up, so the engine ended it.
  case timedOut

  /// The driver had it ended; what it answered to the signal says nothing about its work.
  case ordered

  /// Whether a command that ended for this cause with `outcome` has done its work.
  ///
  /// A task that answers SIGTERM with `exit 0` has not: it was cut short all the same.
  package func isSuccess(_ outcome: Outcome) -> Bool { self == .itself && outcome == .exited(0) }

  /// Whether a command that ended for this cause with `outcome` has failed.
  ///
  /// What the run itself cut short has neither succeeded nor failed.
  package func isFailure(_ outcome: Outcome) -> Bool { self != .ordered && !isSuccess(outcome) }
}
