import TaskLang

/// Pairs the tasks of now with those of then by their text, for files that were edited in between.
///
/// What it pairs is what cannot be taken for something else: a command (with its repeat index) that
/// is there once now and was there once then. Equal commands are paired only where the id is the
/// same too; so are those that name their own id or line, because the same text does something else
/// in another place.
struct TextPairing {
  /// How the tasks of now compare with those of then.
  struct Counts: Hashable, Sendable {
    /// Done in the earlier run, and skipped now.
    var kept = 0
    /// Failed then, and to be run again.
    var again = 0
    /// Not paired, under an id that was not there or has moved.
    var new = 0
    /// Not paired, under an id that was another command.
    var changed = 0
  }

  /// One step of now.
  private struct Place {
    var firstID: Int
    var kind: Step.Kind

    /// Where in the step an index stands; `nil` when it does not, or not just once.
    func place(of repeatIndex: Int) -> Int? {
      guard case .repeated(let indexes) = kind else { return repeatIndex == -1 ? 0 : nil }
      guard repeatIndex >= indexes.start else { return nil }
      if indexes.step == 0 {
        return indexes.count == 1 && repeatIndex == indexes.start ? 0 : nil
      }
      let (place, rest) = (repeatIndex - indexes.start).quotientAndRemainder(
        dividingBy: indexes.step
      )
      return rest == 0 && place < indexes.count ? place : nil
    }
  }

  private struct PastTask: Hashable {
    var command: [UInt8]
    var repeatIndex: Int
  }

  /// The steps of now by their command, as a row of it is read.
  private var now: [[UInt8]: [Place]] = [:]
  private var taskCount = 0

  /// Takes a step of the task file.
  mutating func take(_ step: Step) {
    guard step.taskCount > 0 else { return }
    taskCount += step.taskCount
    let command = StatusRow.commandAsRead(step.command)
    now[command, default: []].append(Place(firstID: step.firstID, kind: step.kind))
  }

  /// The history under the ids of now.
  ///
  /// - Parameters:
  ///   - archive: What the status files say.
  ///   - isDone: Whether a task need not run again.
  /// - Returns: The history, and how the two compare.
  func paired(
    _ archive: StatusArchive,
    isDone: (TaskHistory.Entry) -> Bool
  ) -> (history: TaskHistory, counts: Counts) {
    var seen: [PastTask: Int] = [:]
    for id in archive.history.ids {
      if let task = Self.pastTask(id, archive) { seen[task, default: 0] += 1 }
    }
    var history = TaskHistory()
    var counts = Counts()
    var paired = Set<Int>()
    var unpaired: [Int] = []
    for id in archive.history.ids {
      guard let entry = archive.history[id], let task = Self.pastTask(id, archive),
        let newID = newID(of: task, id, isUnique: seen[task] == 1)
      else {
        unpaired.append(id)
        continue
      }
      paired.insert(newID)
      guard isDone(entry) else {
        counts.again += 1
        continue
      }
      history.put(entry, at: newID)
      counts.kept += 1
    }
    let limit = idLimit
    counts.changed = unpaired.count { $0 < limit && !paired.contains($0) }
    counts.new = max(0, taskCount - counts.kept - counts.again - counts.changed)
    return (history, counts)
  }

  private var idLimit: Int {
    now.values.joined().reduce(0) { limit, place in
      if case .repeated(let indexes) = place.kind {
        return max(limit, place.firstID + indexes.count)
      }
      return max(limit, place.firstID + 1)
    }
  }

  private func newID(of task: PastTask, _ id: Int, isUnique: Bool) -> Int? {
    let places = now[task.command] ?? []
    let ids = places.compactMap { place in
      place.place(of: task.repeatIndex).map { place.firstID + $0 }
    }
    if ids.contains(id) { return id }
    guard ids.count == 1, isUnique, !Self.namesItsPlace(task.command) else { return nil }
    return ids[0]
  }

  private static func pastTask(_ id: Int, _ archive: StatusArchive) -> PastTask? {
    guard let found = archive.history[id].flatMap({ archive.row(of: $0) }) else { return nil }
    return PastTask(command: found.command, repeatIndex: found.row.repeatIndex)
  }

  /// Whether a command depends on its id or its line.
  private static func namesItsPlace(_ command: [UInt8]) -> Bool {
    ["DISBATCH_TASKID", "DISBATCH_STREAM_INDEX"].contains { command.contains(Array($0.utf8)) }
  }
}
