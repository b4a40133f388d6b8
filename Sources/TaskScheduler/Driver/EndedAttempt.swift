/// An attempt that has ended, with all it takes to judge and to record it.
struct EndedAttempt: CommandEnd {
  let engine: EngineID
  /// The end as the engine reported it; what is believed of it may differ.
  private(set) var end: AttemptEnd
  /// The slot as it was while the attempt ran.
  let slot: DriverSlot

  /// Takes together what the engine and what the driver know of an attempt.
  init(_ end: AttemptEnd, on engine: EngineID, in slot: DriverSlot) {
    self.engine = engine
    self.end = end
    self.slot = slot
  }

  var outcome: Outcome { end.outcome }

  var cause: EndCause { end.cause }

  /// The signal from outside of which it may have died, if it ended by itself.
  var signal: EndSignal? { cause == .itself ? EndSignal(of: outcome) : nil }

  /// The same attempt, taken for one that was ended on order.
  var asOrdered: EndedAttempt {
    var ended = self
    ended.end.cause = .ordered
    return ended
  }
}

/// An attempt whose verdict waits until it is known whether a signal ended its engine too.
struct HeldVerdict: Sendable {
  let ended: EndedAttempt
  /// When it is judged by itself.
  let until: Instant
}
