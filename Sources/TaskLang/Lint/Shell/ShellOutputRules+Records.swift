/// What tasks of records write.
extension ShellOutputRules {
  /// Notes a file that every task would write under the same name, if this is an observer.
  ///
  /// - Returns: Whether it is.
  mutating func observes(
    _ target: ShellTarget,
    _ key: UInt64,
    as code: DiagnosticCode,
    at range: Range<Int>,
    of site: ShellSite
  ) -> Bool {
    guard observation != nil else { return false }
    let note = ShellNote(
      code,
      at: range.lowerBound,
      of: site,
      detail: Int(truncatingIfNeeded: key),
      isAlone: false
    )
    let folder = target.truncates ? target.folderHash : nil
    observation?.writes.append(ShellWrite(key: key, folder: folder, range: range, note: note))
    return true
  }

  /// Whether a file that a task writes can be remembered, or told of, without a look at the task.
  func canTake(
    _ write: ShellWrite,
    of task: Int,
    _ site: ShellSite,
    _ findings: ShellFindings
  ) -> Bool {
    guard let first = writers[write.key] else {
      return write.folder.map(counts) ?? true
    }
    return first.task == task || findings.canCount(write.note, of: site)
  }

  /// Whether tasks can be counted without a look at one of them.
  func canCount(uncaptured tasks: Int, inFolders files: some Sequence<UInt64>) -> Bool {
    (tasks == 0 || uncaptured != nil) && files.allSatisfy(counts)
  }

  /// Whether files of a folder have been counted.
  func counts(_ folder: UInt64) -> Bool { folders[folder] != nil }

  /// Takes up a file that a task of a record writes, after `canTake`.
  ///
  /// - Parameters:
  ///   - write: The file.
  ///   - task: The task's id.
  ///   - line: Its line.
  ///   - place: Where it begins in the input.
  ///   - site: The affixes in force.
  ///   - findings: What was found so far.
  mutating func take(
    _ write: ShellWrite,
    of task: Int,
    line: Int,
    place: Int,
    _ site: ShellSite,
    _ findings: inout ShellFindings
  ) {
    if let first = writers[write.key] {
      if first.task != task { _ = findings.count(write.note, of: site) }
      return
    }
    guard writers.count < Self.knownWriters else { return }
    if writers.count < Self.drawnWriters { undrawn[write.key] = (place, write.range) }
    writers[write.key] = Writer(line: line, task: task)
    if let folder = write.folder { count(1, inFolder: folder) }
  }

  /// Counts more tasks of what has been met before.
  mutating func count(uncaptured tasks: Int) { uncaptured?.count += tasks }

  /// Counts more files of a folder that has been met before.
  mutating func count(_ tasks: Int, inFolder folder: UInt64) { folders[folder]?.count += tasks }

  /// Where the first writer of a file stands, if it is to be drawn and came from a record.
  func undrawnWriter(of write: ShellWrite) -> (task: Int, word: Range<Int>)? { undrawn[write.key] }

  /// Takes the label of such a writer.
  mutating func draw(_ label: Label, as write: ShellWrite) {
    undrawn[write.key] = nil
    drawn[write.key] = label
  }
}
