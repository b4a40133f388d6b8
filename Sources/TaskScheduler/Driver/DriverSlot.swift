/// One slot of an engine, as the driver sees it.
struct DriverSlot: Sendable {
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
