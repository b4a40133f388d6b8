/// A task that ran before and is to run again.
struct Retry: Hashable, Comparable, Sendable {
  let task: TaskID
  /// The attempt to come.
  let attempt: Attempt
  /// How many attempts failed.
  let failures: Int32
  /// How many attempts were lost with their engine.
  let losses: Int32
  /// How often its host had no room for it although nothing else ran there.
  let refusals: Int32
  /// When it may start.
  let due: Instant

  static func < (left: Retry, right: Retry) -> Bool {
    left.due != right.due ? left.due < right.due : left.task < right.task
  }
}

extension Retry {
  /// Another attempt of the task in a slot, which was lost so often.
  init(again slot: DriverSlot, losses: Int32, due: Instant) {
    self.init(
      task: slot.task,
      attempt: slot.attempt.next,
      failures: slot.failures,
      losses: losses,
      refusals: 0,
      due: due
    )
  }
}
