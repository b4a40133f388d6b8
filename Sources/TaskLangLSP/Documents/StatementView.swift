import TaskLang

/// A statement of a document, in its place, and what it came to.
struct StatementView: Sendable, Hashable {
  /// Its line.
  let line: PhysicalLine
  /// Its bytes in the line.
  let piece: Range<Int>
  /// What it means.
  let statement: Statement
  /// What it adds to the plan; nothing behind the plan's end.
  let item: LoweredItem
  /// Whether the plan had ended before it.
  let isUnreached: Bool

  /// Its bytes in the document.
  var range: Range<Int> { document(piece) }

  /// A stretch of its line as one of the document.
  func document(_ range: Range<Int>) -> Range<Int> {
    line.offset + range.lowerBound..<line.offset + range.upperBound
  }

  /// The part of the line that stands between PREFIX and SUFFIX in a command; `nil` where the
  /// statement makes no command.
  var body: Range<Int>? {
    switch statement {
    case .task: piece
    case .directive(.repeatTasks(let directive)):
      directive.command ?? directive.headEnd..<directive.headEnd
    case .directive(.perEngine(let directive)): directive.command
    case .blank, .comment, .unknownDirective, .directive(.prefix), .directive(.suffix),
      .directive(.barrier):
      nil
    }
  }

  /// The ids that it takes.
  var ids: Range<Int> {
    switch item {
    case .task(let id), .barrier(let id, _): id..<id + 1
    case .repeated(let first, let indexes, _): first..<first + indexes.count
    case .nothing, .perEngine, .end: 0..<0
    }
  }

  /// The same statement where `count` more ids were taken before it.
  func movingIDs(by count: Int) -> StatementView {
    let moved: LoweredItem =
      switch item {
      case .task(let id): .task(id: id + count)
      case .barrier(let id, let directive): .barrier(id: id + count, directive)
      case .repeated(let first, let indexes, let body):
        .repeated(firstID: first + count, indexes: indexes, body: body)
      case .nothing, .perEngine, .end: item
      }
    return StatementView(
      line: line,
      piece: piece,
      statement: statement,
      item: moved,
      isUnreached: isUnreached
    )
  }

  /// The same statement, moved by a number of lines and bytes.
  func moved(lines: Int, bytes: Int) -> StatementView {
    var line = line
    line.number += lines
    line.offset += bytes
    return StatementView(
      line: line,
      piece: piece,
      statement: statement,
      item: item,
      isUnreached: isUnreached
    )
  }
}
