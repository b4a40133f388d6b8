import TaskScheduler

/// One world, as planned: what is to run, on what, and what goes wrong.
struct Scenario {
  enum PlannedStep {
    case tasks(Int64)
    case skipped(Int64, failures: Int64)
    case barrier(check: Bool)
  }

  struct PlannedEngine {
    var context = ContextID(0)
    var slots: Int32 = 1
    var isLocal = true
    var failsToStart = false
    /// How long it is on its way.
    var arrival = Interval.milliseconds(10)
    /// How far its clock is from the driver's.
    var clockOffset = Interval.zero
    /// How many children its machine has room for during a shortage; nil for any number.
    var room: Int?
    /// Whether it is added by hand while the run goes on.
    var isAddedLater = false
  }

  /// Chances in a hundred, for each attempt or report.
  struct Chances {
    var failure = 0
    var signal = 0
    /// An end as if by a signal from outside.
    var endSignal = 0
    var spawnFailure = 0
    /// The machine has no room for a child, whatever its room is said to be.
    var refusal = 0
    /// SIGTERM has no effect.
    var stubborn = 0
    /// SIGTERM is answered with `exit 0`.
    var polite = 0
    var perEngineFailure = 0
    /// A report comes twice.
    var duplicate = 0
    /// A relaunched engine cannot be started.
    var relaunchFailure = 0
  }

  /// The longest that things take, in milliseconds.
  struct Delays {
    var task: Int64 = 100
    var network: Int64 = 5
    var writer: Int64 = 5
    var feed: Int64 = 5
    var signal: Int64 = 20
    /// Whether everything takes just that long.
    var isFixed = false
  }

  struct Fault {
    enum Moment: Hashable {
      case at(Instant)
      case occurrence(Int)
    }
    enum Kind: Hashable {
      case engineDies(Int)
      case linkCloses(Int)
      /// Messages are held for so long, in either or both directions.
      case partition(Int, toDriver: Bool, toEngine: Bool, Interval)
      /// An engine does nothing for so long.
      case engineHangs(Int, Interval)
      case stop(StopMode)
      case retire(Int, RetireMode)
      case stopContext(ContextID, RetireMode)
      /// A signal to driver, engines and tasks, in any order, each within so long.
      case signal(EndSignal, within: Interval, sparesDriver: Bool)
      case writerFails
      case driverDies
    }
    var moment: Moment
    var kind: Kind
  }

  var seed: UInt64 = 1
  var steps: [PlannedStep] = []
  var startCount: Int32 = 0
  var stopCount: Int32 = 0
  var feedFails = false
  var policy = Policy()
  var timeout: Interval?
  var engines: [PlannedEngine] = []
  var chances = Chances()
  /// Tasks that kill their engine instead of coming to an end.
  var killers: Set<TaskID> = []
  /// A task that fails for certain.
  var failingTask: TaskID?
  var delays = Delays()
  /// Until when machines have only the room that was planned.
  var shortageEnd = Instant(nanoseconds: 0)
  var faults: [Fault] = []

  /// The ids of the tasks to run.
  var taskIDs: [TaskID] {
    var ids: [TaskID] = []
    var next: Int64 = 0
    for step in steps {
      switch step {
      case .tasks(let count):
        ids += (next..<next + count).map { TaskID($0) }
        next += count
      case .skipped(let count, failures: _): next += count
      case .barrier: next += 1
      }
    }
    return ids
  }

  /// A run of the same plan, without faults, that skips the tasks in `done`.
  func resumed(skipping done: Set<TaskID>) -> Scenario {
    var resumed = Scenario(seed: seed)
    var next: Int64 = 0
    for step in steps {
      switch step {
      case .tasks(let count):
        for id in next..<next + count {
          let isDone = done.contains(TaskID(id))
          resumed.steps.append(isDone ? .skipped(1, failures: 0) : .tasks(1))
        }
        next += count
      case .skipped(let count, failures: _):
        resumed.steps.append(.skipped(count, failures: 0))
        next += count
      case .barrier:
        resumed.steps.append(.barrier(check: true))
        next += 1
      }
    }
    resumed.engines = [PlannedEngine(slots: 2)]
    return resumed
  }
}
