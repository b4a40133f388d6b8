/// A task that ran when its engine died, and that runs again on an engine of its own.
struct Suspect: Sendable {
  let attempt: Retry
  /// The engine that died.
  let lost: EngineID
  /// Its slot there, which is its own until it has ended: nothing else runs in it meanwhile.
  let slot: SlotIndex
}

/// What is known of an engine that was started for one suspect alone.
struct Solo: Sendable {
  /// The task, until it is started.
  var waiting: Retry?
  /// The line of engines, by its first, whose slot this one uses.
  let line: EngineID
  let slot: SlotIndex
  /// Whether that slot is still used.
  var hasSlot = true
  /// Whether its task has ended, and it stays until the run closes, for the next suspect with its slot.
  var isKept = false
}
