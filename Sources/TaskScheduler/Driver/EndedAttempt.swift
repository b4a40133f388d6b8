/// An attempt that has ended, with all it takes to judge and to record it.
struct EndedAttempt: Sendable {
  /// The slot as it was while the attempt ran.
  let slot: DriverSlot
  let engine: EngineID
  let index: SlotIndex
  let outcome: Outcome
  var cause: EndCause

  /// The signal from outside of which it may have died, if it ended by itself.
  var signal: EndSignal? { cause == .itself ? EndSignal(of: outcome) : nil }
}

/// An attempt whose verdict waits until it is known whether a signal ended its engine too.
struct HeldVerdict: Sendable {
  var ended: EndedAttempt
  /// When it is judged by itself.
  let until: Instant
}
