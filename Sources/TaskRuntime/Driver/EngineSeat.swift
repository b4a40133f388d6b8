import TaskScheduler

/// One life of one engine, as the driver has it: process, link, and what runs in its slots.
final class EngineSeat {
  /// What runs in a slot, or has just ended there.
  struct Slot {
    /// When the task was handed over, in nanoseconds since 1970.
    var startNanoseconds: Int64 = 0
    var startedAt = Instant(nanoseconds: 0)
    /// What the engine said of its end.
    var report = TaskReport()
  }

  /// How far its process is.
  enum Life {
    case running
    /// The process has ended; what it left behind is being ended.
    case ending
    case gone
  }

  let id: EngineID
  let link: Link
  /// What stands between this process and the engine's.
  private(set) var warden: Warden
  var life = Life.running
  /// How its process ended, once it has and that is known.
  var death: Outcome?
  /// Whether the user knows that its tasks are suspected of that.
  var hasToldOfSuspects = false
  var hasJoined = false
  /// Whether it said that it leaves.
  var hasLeft = false
  /// Whether the run wants it no more, so that its end is no news.
  var isAbandoned = false
  var slots: ContiguousArray<Slot>
  /// The number of the first of its slots among those of this machine.
  let firstSlot: Int
  /// Ends of PERENGINE commands that are still to be recorded.
  var ownReports: [(end: PerEngineEnd, report: TaskReport)] = []
  /// Output that it sent and that is not handed on.
  var output: ContiguousArray<OutputChunk> = []

  init(id: EngineID, _ warden: Warden, link: Link, slots range: Range<Int>) {
    self.id = id
    self.warden = warden
    self.link = link
    slots = ContiguousArray(repeating: Slot(), count: range.count)
    firstSlot = range.lowerBound
  }

  /// The process that ends when all of the engine's has: the warden's.
  var pid: Int32 { warden.pid }

  /// Gives up the engine, whose process is gone.
  func bury() {
    life = .gone
    warden.lifeline = nil
  }

  func send(_ message: DriverMessage) {
    link.send { message.write(to: &$0) }
  }

  /// Takes the report of a PERENGINE command.
  func takeReport(of end: PerEngineEnd) -> TaskReport {
    guard let index = ownReports.firstIndex(where: { $0.end == end }) else { return TaskReport() }
    return ownReports.remove(at: index).report
  }
}
