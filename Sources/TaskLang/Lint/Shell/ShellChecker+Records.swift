extension ShellChecker {
  /// Makes checks that find nothing themselves but see what tasks do, for records.
  ///
  /// - Parameters:
  ///   - options: What is reported.
  ///   - knowsFolders: Whether those that the records are for can be told of folders.
  /// - Returns: The observer, which is to be told of nothing but tasks and affixes.
  package static func observer(options: LintOptions, knowsFolders: Bool) -> ShellChecker {
    // To an observer no folder is there, so that no task is passed over for which that matters.
    let folderExists: (@Sendable ([UInt8]) -> Bool)? =
      if knowsFolders { { _ in false } } else { nil }
    var checker = ShellChecker(options: options, folderExists: folderExists)
    checker.findings.notes = []
    checker.outputs.observation = ShellObservation()
    return checker
  }

  /// Looks at a task, as an observer, and adds it to the record of its stretch.
  ///
  /// - Parameters:
  ///   - id: The task's id, counted from that at the start of the stretch.
  ///   - piece: Its bytes in its line.
  ///   - line: The line, counted in the same way.
  ///   - bytes: The line's bytes.
  ///   - lowering: The state behind it.
  ///   - record: The record.
  package mutating func observe(
    id: Int,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    into record: inout ShellRecord
  ) {
    visit(Statement.task, .task(id: id), piece, of: line, in: bytes, lowering)
    var seen = outputs.observation ?? ShellObservation()
    seen.notes = findings.notes ?? []
    outputs.observation = ShellObservation()
    findings.notes?.removeAll(keepingCapacity: true)
    record.append(seen, line, place: line.offset + piece.lowerBound, id: id)
  }

  /// Adds what the most tasks of a record do, those that are not among its `tasks`.
  ///
  /// - Returns: Whether that was possible; otherwise nothing has been done, and each task of the stretch
  ///   has to be visited.
  package mutating func takeCounts(of record: ShellRecord) -> Bool {
    guard outputs.canCount(uncaptured: record.uncaptured, inFolders: record.folders) else {
      return false
    }
    outputs.count(uncaptured: record.uncaptured)
    for (folder, count) in record.folders { outputs.count(count, inFolder: folder) }
    return true
  }

  /// Takes up a task of a record.
  ///
  /// - Parameters:
  ///   - index: Which of the record's tasks.
  ///   - record: The record.
  ///   - start: Where its stretch stands now.
  ///   - lowering: The state behind the task, as far as its affixes go.
  ///   - label: Draws a word in the command of the task that begins at an offset of the input.
  /// - Returns: Whether that was possible; otherwise the task has to be visited now.
  package mutating func take(
    _ index: Int,
    of record: ShellRecord,
    at start: ShellRecord.Start,
    _ lowering: borrowing Lowering,
    drawing label: (_ task: Int, _ word: Range<Int>) -> Label?
  ) -> Bool {
    enterTask(lowering)
    let task = record.tasks[index]
    let id = start.id + task.id
    guard canTake(index, of: record) else {
      // What is told of a file speaks of the task that wrote it first.
      for place in record.parts(of: index).writes {
        let write = record.writes[place]
        guard let first = outputs.undrawnWriter(of: write),
          let drawn = label(first.task, first.word)
        else { continue }
        outputs.draw(drawn, as: write)
      }
      return false
    }
    let parts = record.parts(of: index)
    let line = start.line + task.line
    let writer = ShellTaskPlace(task: id, line: line, sharesLine: record.sharesLines)
    if task.isUncaptured { outputs.count(uncaptured: 1) }
    for place in parts.files { outputs.count(1, inFolder: record.files[place]) }
    for place in parts.notes { _ = findings.count(record.notes[place], of: site) }
    for place in parts.writes {
      outputs.take(record.writes[place], of: writer, at: start.offset + task.place, site, &findings)
    }
    return true
  }

  /// Whether all that a task does can be taken up without a look at it.
  private func canTake(_ index: Int, of record: ShellRecord) -> Bool {
    let task = record.tasks[index]
    let parts = record.parts(of: index)
    if task.isAlwaysVisited { return false }
    if task.isUncaptured, outputs.uncaptured == nil { return false }
    for place in parts.files where !outputs.counts(1, inFolder: record.files[place]) {
      return false
    }
    for place in parts.notes where !findings.canCount(record.notes[place], of: site) {
      return false
    }
    for place in parts.writes
    where !outputs.canTake(record.writes[place], site, findings) { return false }
    return true
  }

  /// A label for a word in the command of a task, as of the first writer of a file.
  package static func writerLabel(
    _ word: Range<Int>,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering
  ) -> Label {
    var site = ShellSite()
    site.prefix = lowering.prefix
    site.suffix = lowering.suffix
    site.line = line
    site.body = piece
    return site.label(word, in: bytes, ShellOutputRules.writtenFirst)
  }
}
