/// What one event leads to: the time at which it is handled, and what is to be done about it so far.
struct Decision<Act: Sendable>: Sendable {
  /// The time of the caller's turn.
  let now: Instant

  /// What is to be done, in order.
  private var actions: ContiguousArray<Act> = []

  /// Decides at `now` by `decide`, which adds to what is in `actions`.
  static func make(
    at now: Instant,
    into actions: inout ContiguousArray<Act>,
    _ decide: (inout Decision) -> Void
  ) {
    // The buffer is lent, not copied.
    var decision = Decision(now: now)
    swap(&decision.actions, &actions)
    decide(&decision)
    swap(&decision.actions, &actions)
  }

  private init(now: Instant) { self.now = now }

  /// Adds an action behind those so far.
  mutating func append(_ action: Act) { actions.append(action) }
}
