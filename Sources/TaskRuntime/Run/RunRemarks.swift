package import TaskScheduler

/// What a run has to say at its end beside how its tasks ended.
package struct RunRemarks: Sendable {
  /// PERENGINE commands that failed.
  package var perEngineFailures = PerEngineFailures()
  /// What tasks left running.
  package var leftovers = Leftovers()
  /// Whether the run did not wait for output that a disk would not take.
  package var isOutputCut = false
  /// Tasks whose output was not kept whole, up to `mostTasks` of them.
  private var lostTasks: Set<TaskID> = []
  private var lossReason: String?
  /// What made output go that was kept before.
  private var earlierLossReason: String?

  /// Attempts of which not all output was kept since it was too long: how many, the first one's task,
  /// and the bytes that were not.
  private var cuts: (attempts: Int64, first: TaskID, bytes: Int64) = (0, TaskID(0), 0)

  /// Folders whose absence kept commands from running: how many, and the first task's id.
  private var missingFolders: [(name: String, tasks: Int64, first: Int64)] = []
  /// Tasks with folders beyond those that are listed.
  private var otherMissing: Int64 = 0

  /// At most this many folders are listed by name.
  private static let mostFolders = 5
  /// At most this many tasks are distinguished; beyond this only "at least N" is reported.
  private static let mostLost = 1_000_000

  /// Makes the remarks on a run without anything remarkable.
  package init() {}

  /// Notes output that is not kept.
  ///
  /// - Returns: whether it is the first.
  package mutating func note(_ loss: OutputLoss) -> Bool {
    let isFirst = lossReason == nil
    if isFirst { lossReason = loss.reason }
    if loss.hasLostEarlier { earlierLossReason = earlierLossReason ?? loss.reason }
    for task in loss.tasks where lostTasks.count < Self.mostLost { lostTasks.insert(task) }
    return isFirst
  }

  /// Whether output is not kept, though it was to be.
  package var hasLostOutput: Bool { lossReason != nil || isOutputCut }

  /// Notes how many bytes of an attempt's output were beyond the limit.
  package mutating func noteCut(of task: TaskID, _ bytes: Int64) {
    if cuts.attempts == 0 { cuts.first = task }
    cuts.attempts += 1
    cuts.bytes &+= bytes
  }

  private var cutLine: String? {
    let bytes = "\(cuts.bytes) byte\(cuts.bytes == 1 ? " was" : "s were") not kept"
    switch cuts.attempts {
    case 0: return nil
    case 1: return "task \(cuts.first.rawValue) printed more than --output-limit has: \(bytes)"
    default:
      return "\(cuts.attempts) attempts printed more than --output-limit has, the first of them of "
        + "task \(cuts.first.rawValue): \(bytes)"
    }
  }

  /// Notes that a folder is missing that a task writes into.
  package mutating func noteMissingFolder(_ name: String, of task: Int64) {
    if let place = missingFolders.firstIndex(where: { $0.name == name }) {
      missingFolders[place].tasks += 1
    } else if missingFolders.count < Self.mostFolders {
      missingFolders.append((name, 1, task))
    } else {
      otherMissing += 1
    }
  }

  /// The remark about a task whose command did not run.
  package static func absence(of folder: String) -> String {
    "the folder \(folder) does not exist"
  }

  private var folderLines: [String] {
    var lines = missingFolders.map { folder in
      let text = Self.absence(of: folder.name) + ": "
      return folder.tasks == 1
        ? text + "task \(folder.first)'s command was not run"
        : text + "the commands of \(folder.tasks) tasks, from task \(folder.first) on, were not run"
    }
    if otherMissing > 0 { lines.append("other folders do not exist: \(otherMissing) tasks") }
    return lines
  }

  /// Lines for standard error.
  package var lines: [String] {
    var lines = perEngineFailures.lines + folderLines
    if let earlierLossReason {
      lines.append("output that was kept is lost: \(earlierLossReason)")
    }
    if let lossReason, !lostTasks.isEmpty {
      let count = lostTasks.count
      let more = count == Self.mostLost ? "at least " : ""
      lines.append(
        "the output of \(more)\(count) task\(count == 1 ? "" : "s") was not kept whole: "
          + lossReason
      )
    }
    if let cutLine { lines.append(cutLine) }
    if isOutputCut { lines.append("the disk did not take the last output in time; it is not kept") }
    if let line = leftovers.line { lines.append(line) }
    return lines
  }
}
