/// A finding that a rule would make, before it is known whether it has been made elsewhere.
struct ShellNote: Sendable, Hashable {
  let code: DiagnosticCode
  /// The part of the command that it is in.
  let part: ShellSite.Part
  /// Where in an affix; 0 in the line.
  let offset: Int
  /// Parts causes of one code in one place.
  let detail: Int
  /// Whether it is a matter of its line, to be told by itself.
  let isAlone: Bool

  /// Makes a note of what is found at an offset of the joined text.
  init(_ code: DiagnosticCode, at offset: Int, of site: ShellSite, detail: Int, isAlone: Bool) {
    self.code = code
    part = site.part(at: offset)
    switch part {
    case .prefix: self.offset = offset
    case .body: self.offset = 0
    case .suffix: self.offset = offset - site.bodyEnd
    }
    self.detail = detail
    self.isAlone = isAlone
  }
}

/// A file with the same name for every task, which a task writes.
struct ShellWrite: Sendable, Hashable {
  /// What tells files apart: a hash of the name and of how it is written.
  let key: UInt64
  /// The hash of its folder, if files are counted there.
  let folder: UInt64?
  /// The redirection's word in the joined text.
  let range: Range<Int>
  /// The finding that it is if another task writes it as well.
  let note: ShellNote
}

/// What the shell text of a stretch of tasks does to the checks of a file, whatever stands before it.
///
/// An editor keeps one for each stretch of its buffer: after an edit elsewhere, `ShellChecker.take`
/// takes it up without a look at the text, in which most tasks leave nothing to be taken up. Places and
/// ids count from those at the stretch's start, so it outlives edits that only move it. It holds for the
/// PREFIX and SUFFIX in force at the start.
package struct ShellRecord: Sendable {
  /// A task that does more than add to the record's counts.
  package struct Task: Sendable {
    /// Where it begins: bytes from the start of the stretch.
    package let place: Int
    package let line: Int
    package let id: Int
    /// Whether it has to be looked at in any case.
    let isAlwaysVisited: Bool
    let isUncaptured: Bool
    /// Behind its own in `notes`, `writes` and `files`.
    let notesEnd: Int
    let writesEnd: Int
    let filesEnd: Int
  }

  /// The tasks, in order.
  package private(set) var tasks: [Task] = []
  private(set) var notes: [ShellNote] = []
  private(set) var writes: [ShellWrite] = []
  /// Folders that tasks of `tasks` write a file into whose name is not the same for all.
  private(set) var files: [UInt64] = []
  /// What all other tasks add: those whose output goes nowhere, and files by folder.
  private(set) var uncaptured = 0
  private(set) var folders: [UInt64: Int] = [:]
  /// Whether something depends on how many digits ids and line numbers have.
  package private(set) var usesPadding = false

  /// Ids and line numbers from which on a record that `usesPadding` does not hold.
  package static let paddedLimit = ShellOutputRules.paddedLimit

  package init() {}

  /// Adds a task that was looked at.
  mutating func append(_ seen: ShellObservation, place: Int, line: Int, id: Int) {
    if seen.usesPadding { usesPadding = true }
    if seen.notes.isEmpty, seen.writes.isEmpty, !seen.isAlwaysVisited {
      uncaptured += seen.isUncaptured ? 1 : 0
      for folder in seen.folders { folders[folder, default: 0] += 1 }
      return
    }
    notes += seen.notes
    writes += seen.writes
    files += seen.folders
    tasks.append(
      Task(
        place: place,
        line: line,
        id: id,
        isAlwaysVisited: seen.isAlwaysVisited,
        isUncaptured: seen.isUncaptured,
        notesEnd: notes.count,
        writesEnd: writes.count,
        filesEnd: files.count
      )
    )
  }

  /// The places of what a task adds to the record's lists.
  func parts(of index: Int) -> (notes: Range<Int>, writes: Range<Int>, files: Range<Int>) {
    let task = tasks[index]
    guard index > 0 else { return (0..<task.notesEnd, 0..<task.writesEnd, 0..<task.filesEnd) }
    let before = tasks[index - 1]
    return (
      before.notesEnd..<task.notesEnd,
      before.writesEnd..<task.writesEnd,
      before.filesEnd..<task.filesEnd
    )
  }
}

/// What was seen in one task.
struct ShellObservation: Sendable {
  var notes: [ShellNote] = []
  var writes: [ShellWrite] = []
  var folders: [UInt64] = []
  var isUncaptured = false
  var usesPadding = false
  var isAlwaysVisited = false
}
