/// A context, as the driver sees it.
struct DriverContext: Sendable {
  /// How many attempts its engines were given.
  var starts: Int64 = 0
  /// Whether it takes no more tasks and no more engines.
  var isStopped = false
}

/// An engine, as the driver sees it.
struct DriverEngine: Sendable {
  var phase = EnginePhase.absent
  var context = ContextID(0)
  /// The first of the engines that stood in this one's place, each started when the last was gone.
  var line: EngineID
  /// What it was started for, if that was one suspect alone.
  var solo: Solo?
  /// Whether the driver has made an end of it.
  var isCutOff = false
  var slots: ContiguousArray<DriverSlot> = []
  /// The first free slot; the others follow by `next`.
  var firstFree = DriverSlot.none
  /// How many slots run a task.
  var runningCount: Int32 = 0
  /// How many it may run, while its host has no room for all.
  var capacity = SpawnCapacity()
  /// Whether it stands in the ring of engines that have a free slot.
  var isInRing = false
  /// Whether its death can only be inferred from silence.
  var isLeased = false
  /// When there was last word from it.
  var lastHeard = Instant(nanoseconds: 0)
  /// When it is abandoned unless it has done what it was told.
  var answerBy: Instant?
  /// The time it was given to leave.
  var releaseLimit: Interval?
  /// The signals that it got from elsewhere.
  var told = ToldSignals()
  /// Whether it was told to leave, so that nothing is to take its place.
  var isRetiring = false
  /// Whether another is to be started in its place when it has left.
  var isReplaced = false
  /// Whether an engine was asked for in its place and not announced yet.
  var isRelaunchAsked = false
  /// How many engines before it, each started in place of the last, were lost before any of their
  /// tasks ended.
  var barrenRelaunches: Int32 = 0

  /// Whether it may be given a task.
  var canTakeTask: Bool {
    phase == .serving && solo == nil && firstFree != DriverSlot.none
      && capacity.allows(beside: runningCount)
  }

  /// An engine of which nothing is known yet, the first of its line.
  init(_ id: EngineID) { line = id }

  /// Sets up `count` slots, the lowest first in line; those that are lent are not free.
  mutating func makeSlots(_ count: Int32, lent: ContiguousArray<SlotIndex>) {
    slots = ContiguousArray(repeating: DriverSlot(), count: Int(count))
    for slot in lent where slot.index < slots.count { slots[slot.index].phase = .lent }
    for index in slots.indices.reversed() where slots[index].phase == .free {
      slots[index].next = firstFree
      firstFree = Int32(index)
    }
  }

  /// Puts a slot back in line.
  mutating func free(_ slot: SlotIndex) {
    slots[slot.index].phase = .free
    slots[slot.index].isEnding = false
    slots[slot.index].next = firstFree
    firstFree = slot.rawValue
  }

  /// Takes the slot that is first in line, for a task.
  mutating func take() -> SlotIndex? {
    guard firstFree != DriverSlot.none else { return nil }
    let slot = SlotIndex(firstFree)
    firstFree = slots[slot.index].next
    slots[slot.index].next = DriverSlot.none
    slots[slot.index].phase = .running
    return slot
  }

  /// Whether its death is yet to be told, or its lease to run out, which may bring a replacement.
  var isToBeBuried: Bool { phase == .unreachable }
}

/// One slot of an engine, as the driver sees it.
struct DriverSlot: Hashable, Sendable {
  /// Where a slot is on its way from one task to the next.
  enum Phase: UInt8, Sendable {
    /// It may be given a task; `next` leads to the engine's next free slot.
    case free
    /// It runs a task.
    case running
    /// Its task ended, and the status row is not yet in the hands of the kernel.
    case recording
    /// A task that ran there on an engine before this one runs on an engine of its own now.
    case lent
    /// Its task was given up with the engine; a report of it would be late.
    case givenUp
  }

  var phase = Phase.free
  /// Whether the driver asked for the end of the task.
  var isEnding = false
  var task = TaskID(-1)
  var attempt = Attempt(0)
  var failures: Int32 = 0
  var losses: Int32 = 0
  var refusals: Int32 = 0
  /// The next free slot of the engine, or `none`.
  var next = DriverSlot.none

  /// No slot.
  static let none: Int32 = -1
}
