package import TaskLang

/// Parts the steps of a plan into what an earlier run has done and what is left.
///
/// It goes step by step and never from task to task: a REPEAT of a billion of which ten are done
/// costs ten.
package struct ResumeFilter {
  /// What makes a task of now the same as one of then.
  package enum Identity: Sendable, Hashable {
    /// Id, repeat index and command.
    case command
    /// The id alone (`--force-resume`).
    case id
    /// The command wherever it stands now (`--resume-by text`).
    case text
  }

  /// A part of a step.
  package enum Part {
    /// Tasks to run, or an item that is no task.
    case run(Step)
    /// A task that is done: its id and line of now, and the row that says so.
    case skip(id: Int, line: Int, row: StatusArchive.Found)
  }

  /// A task that is not the one that the status file tells of.
  package struct Mismatch: Error, Sendable {
    package var id: Int
    /// Number of the line that makes the task now.
    package var line: Int
    package var repeatIndex: Int
    package var command: [UInt8]
    /// What the status file has.
    package var pastLine: Int
    package var pastRepeatIndex: Int
    package var pastCommand: [UInt8]
    package var path: String
  }

  /// What earlier runs have done.
  let archive: StatusArchive
  private let history: TaskHistory
  private let retriesFailed: Bool
  private let identity: Identity
  private var step: Step?
  /// The first task of `step` that is not handed on yet, counted from 0.
  private var place = 0

  /// Makes a filter.
  ///
  /// - Parameters:
  ///   - archive: The status files of the earlier runs.
  ///   - retriesFailed: Whether tasks that failed run again.
  ///   - identity: What makes tasks the same.
  ///   - history: How the tasks ended, under the ids of now; `nil` for under those of then.
  package init(
    _ archive: StatusArchive,
    retriesFailed: Bool,
    identity: Identity,
    history: TaskHistory? = nil
  ) {
    self.archive = archive
    self.history = history ?? archive.history
    self.retriesFailed = retriesFailed
    self.identity = identity
  }

  /// Takes a step; the one before must have been handed on whole.
  package mutating func take(_ step: Step) {
    precondition(self.step == nil, "a step is handed on whole before the next is taken")
    self.step = step
    place = 0
  }

  /// The next part of the current step.
  ///
  /// - Returns: `nil` when a step is to be taken.
  /// - Throws: `Mismatch` at the first task that is another than it was.
  package mutating func next() throws(Mismatch) -> Part? {
    guard let step else { return nil }
    guard step.taskCount > 0 else {
      self.step = nil
      return .run(step)
    }
    guard place < step.taskCount else {
      self.step = nil
      return nil
    }
    let id = step.firstID + place
    if let entry = doneEntry(id) {
      place += 1
      return try skip(id, entry, of: step)
    }
    let first = place
    let last = history.firstID(from: id + 1, to: step.firstID + step.taskCount) { entry in
      isDone(entry)
    }
    place = (last ?? step.firstID + step.taskCount) - step.firstID
    return .run(step.part(first..<place))
  }

  /// Hands on every task that may be skipped, by its id, with its row.
  func forEachDone<Failure: Error>(
    _ body: (Int, StatusArchive.Found) throws(Failure) -> Void
  ) throws(Failure) {
    try history.forEach { (id, entry) throws(Failure) in
      if isDone(entry), let found = archive.row(of: entry) { try body(id, found) }
    }
  }

  /// Whether a file is one of those that it goes by.
  func reads(_ file: FileSystem.Status?) -> Bool {
    guard let file else { return false }
    return archive.files.contains { $0.status?.isSameFile(as: file) ?? false }
  }

  /// How many of a step's tasks had failed.
  package func failures(in step: Step) -> Int {
    var count = 0
    let end = step.firstID + step.taskCount
    var next = step.firstID
    while let id = history.firstID(from: next, to: end, where: { $0.returnCode != 0 }) {
      count += 1
      next = id + 1
    }
    return count
  }

  private func doneEntry(_ id: Int) -> TaskHistory.Entry? {
    history[id].flatMap { isDone($0) ? $0 : nil }
  }

  private func isDone(_ entry: TaskHistory.Entry) -> Bool {
    entry.returnCode == 0 || !retriesFailed
  }

  private func skip(
    _ id: Int,
    _ entry: TaskHistory.Entry,
    of step: Step
  ) throws(Mismatch) -> Part {
    let index = step.repeatIndex(at: id - step.firstID)
    guard let found = archive.row(of: entry) else {
      // The file was changed under us: what it said no longer counts.
      return .run(step.part(id - step.firstID..<id - step.firstID + 1))
    }
    if identity != .id,
      found.row.repeatIndex != index || found.command != StatusRow.commandAsRead(step.command)
    {
      throw Mismatch(
        id: id,
        line: step.line,
        repeatIndex: index,
        command: step.command,
        pastLine: found.row.line,
        pastRepeatIndex: found.row.repeatIndex,
        pastCommand: found.command,
        path: archive.files[Int(entry.file)].path
      )
    }
    return .skip(id: id, line: step.line, row: found)
  }
}

extension StatusArchive.Found {
  /// The row as the new status file has it: as it was, marked as taken over, under its id of now.
  package func skippedRow(id: Int, line: Int) -> [UInt8] {
    var bytes = bytes
    bytes[3] = UInt8(ascii: "S")
    if row.id != id {
      // The two numbers stand behind the flags, up to the third tab.
      let tabs = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\t") }.prefix(3)
      var numbers: ContiguousArray<UInt8> = []
      numbers.appendDecimal(Int64(id))
      numbers.append(UInt8(ascii: "\t"))
      numbers.appendDecimal(Int64(line))
      if let first = tabs.first, let last = tabs.last {
        bytes.replaceSubrange(first + 1..<last, with: numbers)
      }
    }
    return bytes + [UInt8(ascii: "\n")]
  }
}

extension Step {
  /// The repeat index of one of its tasks, counted from 0; -1 where no REPEAT made it.
  package func repeatIndex(at place: Int) -> Int {
    if case .repeated(let indexes) = kind { indexes[place] } else { -1 }
  }

  /// Some of its tasks as a step of their own.
  func part(_ places: Range<Int>) -> Step {
    guard case .repeated(let indexes) = kind, places.count < indexes.count,
      let fewer = RepeatRange(
        count: places.count,
        start: indexes[places.lowerBound],
        step: indexes.step
      )
    else { return self }
    var part = self
    part.kind = .repeated(fewer)
    part.firstID += places.lowerBound
    return part
  }
}
