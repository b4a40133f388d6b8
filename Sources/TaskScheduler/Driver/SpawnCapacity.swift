/// How many tasks an engine may run at a time since its host had no room for more.
///
/// It shrinks to what runs when the host refuses a process, and grows by one after a delay, which is
/// twice as long each time that was too early. So a shortage costs a refusal now and then, not one
/// for each task there is.
struct SpawnCapacity: Sendable {
  /// Nil for as many as it has slots.
  private var limit: Int32?
  /// When one more is tried.
  private(set) var growsAt: Instant?
  /// How often in a row one more was too many.
  private var shortages: Int32 = 0
  /// Whether one more is being tried.
  private var isTrying = false

  /// Whether one more may be started beside those that run.
  func allows(beside running: Int32) -> Bool { limit.map { running < $0 } ?? true }

  /// Notes that the host refused a task while `running` others ran.
  mutating func shrink(to running: Int32, at now: Instant, _ policy: Policy) {
    // Refusals of one moment are one shortage.
    if growsAt == nil || isTrying {
      shortages += 1
      growsAt = now + policy.capacityDelay(after: shortages)
      isTrying = false
    }
    let earliest = now + policy.capacityDelay
    growsAt = max(growsAt ?? earliest, earliest)
    limit = min(limit ?? running, running)
  }

  /// Tries one more if it is time to.
  mutating func growIfDue(slots: Int32, at now: Instant, _ policy: Policy) {
    guard let due = growsAt, due <= now, let limit else { return }
    guard limit < slots else {
      // All slots were tried, and there was room.
      self = SpawnCapacity()
      return
    }
    // The one tried before was not too many.
    if isTrying { shortages = max(1, shortages - 1) }
    isTrying = true
    self.limit = limit + 1
    growsAt = now + policy.capacityDelay(after: shortages)
  }
}
