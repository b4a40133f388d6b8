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

  /// The number for the status file of a command that ended for this cause with `outcome`.
  ///
  /// What was cut short has not succeeded, even if it answered the signal with an exit of 0.
  package func statusCode(of outcome: Outcome) -> Int32 {
    self == .timedOut && outcome == .exited(0) ? 124 : outcome.statusCode
  }

  /// Whether a command that ended for this cause with `outcome` has failed.
  ///
  /// What the run itself cut short has neither succeeded nor failed.
  package func isFailure(_ outcome: Outcome) -> Bool { self != .ordered && !isSuccess(outcome) }
}
