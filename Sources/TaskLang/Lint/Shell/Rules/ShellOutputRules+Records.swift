/// What tasks of records write.
extension ShellOutputRules {
  /// Notes a file that every task would write under the same name, if this is an observer.
  ///
  /// - Returns: Whether it is.
  mutating func observes(
    _ target: ShellTarget,
    _ name: UInt64?,
    at range: Range<Int>,
    of site: ShellSite
  ) -> Bool {
    guard observation != nil else { return false }
    guard let key = key(of: target, name) else { return true }
    let note = ShellNote(
      target.truncates ? .logCollision : .appendShared,
      at: range.lowerBound,
      of: site,
      detail: Int(truncatingIfNeeded: key),
      isAlone: site.isOfLine(range.lowerBound)
    )
    let folder = target.truncates && countsFolders ? target.folderHash : nil
    observation?.writes.append(ShellWrite(key: key, folder: folder, range: range, note: note))
    return true
  }

  /// Whether a file that a task writes can be remembered, or told of, without a look at the task.
  func canTake(
    _ write: ShellWrite,
    _ site: ShellSite,
    _ findings: ShellFindings
  ) -> Bool {
    // A file that others append to, or that is emptied by others, is a matter for the rules.
    if hasAppends || write.note.code == .appendShared, writers.line(of: ~write.key) != nil {
      return false
    }
    guard writers.line(of: write.key) != nil else {
      return write.folder.map { counts(1, inFolder: $0) } ?? true
    }
    return findings.canCount(write.note, of: site)
  }

  /// Whether tasks can be counted without a look at one of them.
  func canCount(uncaptured tasks: Int, inFolders files: [UInt64: Int]) -> Bool {
    (tasks == 0 || uncaptured != nil) && files.allSatisfy { counts($0.value, inFolder: $0.key) }
  }

  /// Whether more files of a folder can be counted without a look at one of them.
  func counts(_ files: Int, inFolder folder: UInt64) -> Bool { folders.canAdd(files, to: folder) }

  /// Takes up a file that a task of a record writes, after `canTake`.
  ///
  /// - Parameters:
  ///   - write: The file.
  ///   - writer: The task.
  ///   - place: Where it begins in the input.
  ///   - site: The affixes in force.
  ///   - findings: What was found so far.
  mutating func take(
    _ write: ShellWrite,
    of writer: ShellTaskPlace,
    at place: Int,
    _ site: ShellSite,
    _ findings: inout ShellFindings
  ) {
    switch writers.take(write.key, line: writer.line) {
    case .known(let first):
      if !isOwn(write.key, first, writer) { _ = findings.count(write.note, of: site) }
    case .full: return
    case .added:
      if write.note.code == .appendShared { hasAppends = true }
      if writer.sharesLine { noteOwn(write.key, writer) }
      if writers.count <= Self.drawnWriters { undrawn[write.key] = (place, write.range) }
      if let folder = write.folder { folders.add(1, to: folder) }
    }
  }

  /// Counts more tasks of what has been met before.
  mutating func count(uncaptured tasks: Int) { uncaptured?.count += tasks }

  /// Counts more files of a folder that has been met before.
  mutating func count(_ tasks: Int, inFolder folder: UInt64) {
    folders.add(tasks, to: folder)
  }

  /// Where the first writer of a file stands, if it is to be drawn and came from a record.
  func undrawnWriter(of write: ShellWrite) -> (task: Int, word: Range<Int>)? { undrawn[write.key] }

  /// Takes the label of such a writer.
  mutating func draw(_ label: Label, as write: ShellWrite) {
    undrawn[write.key] = nil
    drawn[write.key] = label
  }
}
