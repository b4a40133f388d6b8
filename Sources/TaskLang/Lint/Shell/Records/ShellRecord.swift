/// A file with the same name for every task, which a task writes.
struct ShellWrite: Sendable, Hashable {
  /// What tells files apart: a hash of the name and of how it is written.
  let key: UInt64
  /// The hash of its folder, if files are counted there.
  let folder: UInt64?
  private let start: Int32
  private let end: Int32
  /// The finding that it is if another task writes it as well.
  let note: ShellNote

  init(key: UInt64, folder: UInt64?, range: Range<Int>, note: ShellNote) {
    self.key = key
    self.folder = folder
    start = Int32(range.lowerBound)
    end = Int32(range.upperBound)
    self.note = note
  }

  /// The redirection's word in the joined text.
  var range: Range<Int> { Int(start)..<Int(end) }
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
    package let id: Int
    private let start: Int32
    private let number: Int32
    /// Behind its own in `notes`, `writes` and `files`.
    fileprivate let ends: (notes: Int32, writes: Int32, files: Int32)
    /// Whether it has to be looked at in any case.
    let isAlwaysVisited: Bool
    let isUncaptured: Bool

    fileprivate init(
      _ seen: ShellObservation,
      place: Int,
      line: Int,
      id: Int,
      ends: (notes: Int32, writes: Int32, files: Int32)
    ) {
      self.id = id
      start = Int32(place)
      number = Int32(line)
      self.ends = ends
      isAlwaysVisited = seen.isAlwaysVisited
      isUncaptured = seen.isUncaptured
    }

    /// Where it begins: bytes from the start of the stretch.
    package var place: Int { Int(start) }
    package var line: Int { Int(number) }
  }

  /// The tasks, in order.
  package private(set) var tasks: [Task] = []
  private(set) var notes: [ShellNote] = []
  private(set) var writes: [ShellWrite] = []
  /// Folders that tasks of `tasks` write a file into whose name is not the same for all.
  private(set) var files: [UInt64] = []
  /// What all other tasks add: how many discard their output, and files by folder.
  private(set) var uncaptured = 0
  private(set) var folders: [UInt64: Int] = [:]
  /// Whether something depends on how many digits ids and line numbers have.
  package private(set) var usesPadding = false

  /// Whether tasks may share a line.
  private(set) var sharesLines = false

  /// Ids and line numbers from which on a record that `usesPadding` does not hold.
  package static let paddedLimit = ShellFileNames.paddedLimit

  package init() {}

  /// Adds a task that was looked at.
  mutating func append(_ seen: ShellObservation, _ line: PhysicalLine, place: Int, id: Int) {
    if seen.usesPadding { usesPadding = true }
    if line.traits.contains(.carriageReturn) { sharesLines = true }
    if seen.notes.isEmpty, seen.writes.isEmpty, !seen.isAlwaysVisited {
      uncaptured += seen.isUncaptured ? 1 : 0
      for folder in seen.folders { folders[folder, default: 0] += 1 }
      return
    }
    notes += seen.notes
    writes += seen.writes
    files += seen.folders
    let ends = (Int32(notes.count), Int32(writes.count), Int32(files.count))
    tasks.append(Task(seen, place: place, line: line.number, id: id, ends: ends))
  }

  /// The places of what a task adds to the record's lists.
  func parts(of index: Int) -> (notes: Range<Int>, writes: Range<Int>, files: Range<Int>) {
    let ends = tasks[index].ends
    let starts = index > 0 ? tasks[index - 1].ends : (notes: 0, writes: 0, files: 0)
    return (
      Int(starts.notes)..<Int(ends.notes),
      Int(starts.writes)..<Int(ends.writes),
      Int(starts.files)..<Int(ends.files)
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

extension ShellRecord {
  /// Where a stretch stands: what is counted before it.
  package struct Start: Sendable, Hashable {
    /// Bytes of the input.
    package var offset: Int
    /// Lines.
    package var line: Int
    /// Ids.
    package var id: Int

    package init(offset: Int, line: Int, id: Int) {
      self.offset = offset
      self.line = line
      self.id = id
    }
  }
}
