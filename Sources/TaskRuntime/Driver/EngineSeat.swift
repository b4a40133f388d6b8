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

  /// The end of a PERENGINE command that is still to be recorded.
  struct OwnReport {
    var when: PerEngineWhen
    var index: Int32
    var report: TaskReport
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
  var ownReports: [OwnReport] = []
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
  func takeOwnReport(_ when: PerEngineWhen, _ index: Int32) -> TaskReport {
    guard let place = ownReports.firstIndex(where: { $0.when == when && $0.index == index }) else {
      return TaskReport()
    }
    return ownReports.remove(at: place).report
  }
}
