import TaskScheduler

/// A fake machine with one engine process on it.
struct EngineHost {
  let plan: Scenario.PlannedEngine
  var core: EngineCore?
  var isAlive = false
  /// Whether the process will be told to the driver as dead, or was.
  var isDeathTold = false
  var children: [SlotIndex: Child] = [:]
  var command: Child?
  var isLinkOpen = true
  /// Until when messages are held, by a partition.
  var heldToDriver = Instant(nanoseconds: 0)
  var heldToEngine = Instant(nanoseconds: 0)
  /// Messages arrive in the order in which they were sent.
  var lastToDriver = Instant(nanoseconds: 0)
  var lastToEngine = Instant(nanoseconds: 0)
  var hangsUntil = Instant(nanoseconds: 0)

  /// What its clock shows when the driver's shows `now`.
  func local(_ now: Instant) -> Instant { now + plan.clockOffset }

  /// What the driver's clock shows when its own shows `instant`.
  func global(_ instant: Instant) -> Instant {
    instant + Interval(nanoseconds: -plan.clockOffset.nanoseconds)
  }
}
