import TaskLang

/// What a block's statements do to the checks of a document, whatever stands in front of the block.
///
/// Places, lines and ids count from the block's start, so an edit in front of it leaves it as it is. It
/// holds as long as the block's bytes and the state in front of them do, ids and places apart.
struct BlockRecord: Sendable {
  /// A statement that is looked at each time: all but blanks and tasks.
  struct Mark: Sendable {
    /// Where its line begins: bytes from the block's start.
    let place: Int
    /// Lines before its own in the block.
    let lines: Int
    /// Tasks between the mark before and this one.
    let tasks: Int
  }

  /// What the shell text of the tasks does.
  private(set) var shell = ShellRecord()
  /// The marks, in order.
  private(set) var marks: [Mark] = []
  /// Bytes in the longest task.
  private(set) var longestTask = 0
  /// Whether each statement has to be looked at: there are carriage returns, bytes that are not ASCII,
  /// NULs, tasks with `#` in front, or the plan has ended.
  private(set) var isUneven = false

  /// Looks at a block.
  ///
  /// - Parameters:
  ///   - index: The block.
  ///   - buffer: The text.
  ///   - entry: The state in front of the block.
  ///   - observer: Sees what tasks do.
  init(
    _ index: Int,
    of buffer: TextBuffer,
    entry: Lowering,
    _ observer: inout ShellChecker
  ) {
    let start = buffer.starts[index]
    var state = entry
    var tasks = 0
    observer.passAffixes()
    buffer.forEachStatement(inBlock: index, &state) { view, bytes, lowering in
      var line = view.line
      line.number -= start.lineFeeds
      line.offset -= start.offset
      isUneven = isUneven || view.isUnreached || !line.traits.isEmpty || lowering.end != nil
      switch view.statement {
      case .blank: break
      case .task:
        tasks += 1
        longestTask = max(longestTask, view.piece.count)
        isUneven = isUneven || bytes[view.piece.lowerBound] == UInt8(ascii: "#")
        guard case .task(let id) = view.item else { break }
        let place = id - entry.nextID
        observer.observe(id: place, view.piece, of: line, in: bytes, lowering, into: &shell)
      case .comment, .directive, .unknownDirective:
        observer.passAffixes()
        marks.append(Mark(place: line.offset, lines: line.number - 1, tasks: tasks))
        tasks = 0
      }
      return true
    }
  }
}
