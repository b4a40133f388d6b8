/// What the statements of a stretch of lines do to the checks of a file, whatever stands in front.
///
/// Places, lines and ids count from the stretch's start, so an edit in front of it leaves it as it is.
/// It holds as long as the stretch's bytes and the state in front of it do, ids and places apart.
package struct StretchRecord: Sendable {
  /// A statement that is looked at each time: all but blanks and tasks.
  package struct Mark: Sendable {
    /// Where its line begins: bytes from the stretch's start.
    package let place: Int
    /// Lines before its own in the stretch.
    package let lines: Int
    /// Tasks between the mark before and this one.
    package let tasks: Int
  }

  /// What the shell text of the tasks does.
  package private(set) var shell = ShellRecord()
  /// The marks, in order.
  package private(set) var marks: [Mark] = []
  /// Bytes in the longest task.
  package private(set) var longestTask = 0
  /// Whether each statement has to be looked at: there are carriage returns, bytes that are not ASCII,
  /// NULs, tasks with `#` in front, or the plan has ended.
  package private(set) var isUneven = false

  /// Tasks behind the last mark.
  private var tasks = 0

  /// Looks at a stretch.
  ///
  /// - Parameters:
  ///   - bytes: Its lines, the last one with or without its end.
  ///   - start: Where it stands.
  ///   - entry: The state in front of it.
  ///   - observer: Sees what tasks do.
  package init(
    _ bytes: Span<UInt8>,
    at start: ShellRecord.Start,
    entry: Lowering,
    _ observer: inout ShellChecker
  ) {
    var record = StretchRecord()
    var lowering = entry
    var reader = LineReader(lineCount: start.line, offset: start.offset)
    observer.passAffixes()
    _ = reader.read(bytes) { record.take($0, $1, start, &lowering, &observer) }
    reader.finish { record.take($0, $1, start, &lowering, &observer) }
    self = record
  }

  private init() {}

  @inline(__always)
  private mutating func take(
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ start: ShellRecord.Start,
    _ lowering: inout Lowering,
    _ observer: inout ShellChecker
  ) -> Bool {
    var own = line
    own.number -= start.line
    own.offset -= start.offset
    line.forEachPiece(of: bytes) { piece in
      let statement = Parser.parse(bytes, piece)
      isUneven = isUneven || lowering.end != nil || !line.traits.isEmpty
      let item: LoweredItem =
        lowering.end == nil ? lowering.lower(statement, piece, of: line, in: bytes) : .nothing
      isUneven = isUneven || lowering.end != nil
      switch statement {
      case .blank: break
      case .task:
        tasks += 1
        longestTask = max(longestTask, piece.count)
        isUneven = isUneven || bytes[piece.lowerBound] == ASCII.hash
        guard case .task(let id) = item else { break }
        observer.observe(id: id - start.id, piece, of: own, in: bytes, lowering, into: &shell)
      case .comment, .directive, .unknownDirective:
        observer.passAffixes()
        marks.append(Mark(place: own.offset, lines: own.number - 1, tasks: tasks))
        tasks = 0
      }
      return true
    }
    return true
  }
}
