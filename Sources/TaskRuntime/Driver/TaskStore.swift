package import TaskLang
package import TaskScheduler

/// The text of the steps that are queued or run: what the scheduler knows by number only.
///
/// It holds steps, not tasks, and lets go of a step when the last of its tasks has an outcome that
/// counts. So its size goes with what is in flight, however many tasks there are.
package struct TaskStore: Sendable {
  /// What is known of a task.
  package struct Text: Hashable, Sendable {
    package var line: Int64
    package var repeatIndex: Int64
    package var command: ContiguousArray<UInt8>
  }

  private struct Entry: Sendable {
    var first: Int64
    var count: Int64
    /// Tasks without an outcome that counts; 0 makes the entry a tombstone.
    var open: Int64
    var line: Int64
    /// The first index and the distance of a REPEAT; a distance of 0 for any other task.
    var start: Int64
    var step: Int64
    var command: ContiguousArray<UInt8>
  }

  /// By rising first id; tombstones are swept when they are many.
  private var entries: ContiguousArray<Entry> = []
  private var tombstones = 0

  /// Makes an empty store.
  package init() {}

  /// How many steps are held.
  package var count: Int { entries.count - tombstones }

  /// Takes a step that makes tasks; its id is behind those of all before.
  package mutating func add(_ step: Step) {
    var entry = Entry(
      first: Int64(step.firstID),
      count: Int64(step.taskCount),
      open: Int64(step.taskCount),
      line: Int64(step.line),
      start: -1,
      step: 0,
      command: ContiguousArray(step.command)
    )
    if case .repeated(let indexes) = step.kind {
      entry.start = Int64(indexes.start)
      entry.step = Int64(indexes.step)
    }
    guard entry.count > 0 else { return }
    entries.append(entry)
  }

  /// The text of a task that has no outcome yet.
  package func text(of task: TaskID) -> Text? {
    guard let place = place(of: task) else { return nil }
    let entry = entries[place]
    return Text(
      line: entry.line,
      repeatIndex: entry.start + (task.rawValue - entry.first) * entry.step,
      command: entry.command
    )
  }

  /// Forgets a task that has its outcome.
  ///
  /// - Complexity: O(log n), amortised.
  package mutating func close(_ task: TaskID) {
    guard let place = place(of: task) else { return }
    entries[place].open -= 1
    guard entries[place].open == 0 else { return }
    entries[place].command = []
    tombstones += 1
    if tombstones > 64, tombstones * 2 > entries.count {
      entries.removeAll { $0.open == 0 }
      tombstones = 0
    }
  }

  private func place(of task: TaskID) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].first <= task.rawValue { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let entry = entries[low - 1]
    guard task.rawValue < entry.first + entry.count, entry.open > 0 else { return nil }
    return low - 1
  }
}
