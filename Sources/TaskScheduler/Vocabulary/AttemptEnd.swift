/// How a command ended and why it ended then: neither says enough without the other.
package protocol CommandEnd: Hashable, Sendable {
  /// How it ended.
  var outcome: Outcome { get }

  /// Why it ended when it did.
  var cause: EndCause { get }
}

extension CommandEnd {
  /// Whether the command has done its work.
  ///
  /// A task that answers SIGTERM with `exit 0` has not: it was cut short all the same.
  package var isSuccess: Bool { cause == .itself && outcome == .exited(0) }

  /// Whether the command has failed.
  ///
  /// What the run itself cut short has neither succeeded nor failed.
  package var isFailure: Bool { cause != .ordered && !isSuccess }

  /// The number for the status file.
  ///
  /// What was cut short has not succeeded, even if it answered the signal with an exit of 0.
  package var statusCode: Int32 {
    cause == .timedOut && outcome == .exited(0) ? 124 : outcome.statusCode
  }

  /// Whether the host had no room for the command, which is not the command's fault.
  var isRefusal: Bool { cause == .itself && outcome.isRefusal }
}

/// The end of one attempt of a task in a slot, as its engine reports it.
///
/// The engine itself stands beside it where several are spoken of.
package struct AttemptEnd: CommandEnd {
  package let task: TaskID
  package let attempt: Attempt
  package let slot: SlotIndex
  package let outcome: Outcome
  package internal(set) var cause: EndCause

  /// Makes the end of an attempt.
  package init(
    _ task: TaskID,
    _ attempt: Attempt,
    in slot: SlotIndex,
    _ outcome: Outcome,
    _ cause: EndCause
  ) {
    self.task = task
    self.attempt = attempt
    self.slot = slot
    self.outcome = outcome
    self.cause = cause
  }
}

/// The end of a PERENGINE command, as its engine reports it.
package struct PerEngineEnd: CommandEnd {
  package let moment: PerEngineMoment
  /// Its index among those of the same moment, from 0.
  package let index: Int32
  package let outcome: Outcome
  package let cause: EndCause

  /// Makes the end of a PERENGINE command.
  package init(_ moment: PerEngineMoment, _ index: Int32, _ outcome: Outcome, _ cause: EndCause) {
    self.moment = moment
    self.index = index
    self.outcome = outcome
    self.cause = cause
  }
}
