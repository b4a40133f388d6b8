import TaskLang

/// What a document's lines come to: the state of the plan in front of each block, and the
/// statements that are more than a task.
///
/// An edit costs the blocks it touches and those behind it whose meaning it changes: where the state
/// at a block's start is what it was, apart from ids and places, the rest only moves.
struct Outline: Sendable {
  /// Statements of a block that are no tasks and not blank, as they were when it was read.
  private struct Landmarks: Sendable {
    var views: [StatementView] = []
    /// Lines and bytes before the block, and the id that was next there, at the time.
    var start: TextBuffer.Start
    var nextID: Int
  }

  /// The state in front of each block, and behind the last one.
  private(set) var entries: [Lowering]
  private var landmarks: [Landmarks] = []

  /// Ids above which a plan is read anew rather than moved, so that no sum can overflow.
  private static let largestMovedID = 1 << 40

  /// Reads a whole document.
  init(_ buffer: TextBuffer) {
    var state = Lowering()
    entries = [state]
    for index in buffer.blocks.indices {
      landmarks.append(Self.read(buffer, index, &state))
      entries.append(state)
    }
  }

  /// The state behind the last line.
  var exit: Lowering { entries[entries.count - 1] }

  /// Takes note of an edit.
  ///
  /// - Returns: The blocks that were read.
  mutating func update(_ buffer: TextBuffer, _ change: TextBuffer.Change) -> Range<Int> {
    let first = change.removed.lowerBound
    let displacement = Displacement(
      oldEnd: change.oldEnd,
      lines: change.lines,
      bytes: change.bytes
    )
    var state = entries[first]
    var freshMarks: [Landmarks] = []
    var freshEntries: [Lowering] = [state]
    for index in first..<first + change.added {
      freshMarks.append(Self.read(buffer, index, &state))
      freshEntries.append(state)
    }
    // `old` counts blocks as they were, `new` as they are.
    var old = change.removed.upperBound
    var new = first + change.added
    while old < landmarks.count {
      if let ids = shift(from: entries[old], to: state, displacement) {
        let ends = old..<entries.count
        for index in ends { entries[index].move(displacement, ids: ids) }
        break
      }
      freshMarks.append(Self.read(buffer, new, &state))
      freshEntries.append(state)
      old += 1
      new += 1
    }
    entries.replaceSubrange(first...old, with: freshEntries)
    landmarks.replaceSubrange(first..<old, with: freshMarks)
    return first..<new
  }

  /// By how much ids have moved where nothing but ids and places has changed; else `nil`.
  private func shift(
    from old: Lowering,
    to new: Lowering,
    _ displacement: Displacement
  ) -> Int? {
    let ids = new.nextID - old.nextID
    guard exit.end != .tooLarge, exit.nextID < Self.largestMovedID,
      new.nextID < Self.largestMovedID
    else { return nil }
    var moved = old
    moved.move(displacement, ids: ids)
    return moved == new ? ids : nil
  }

  private static func read(
    _ buffer: TextBuffer,
    _ index: Int,
    _ state: inout Lowering
  ) -> Landmarks {
    var landmarks = Landmarks(start: buffer.starts[index], nextID: state.nextID)
    buffer.forEachStatement(inBlock: index, &state) { view, _, _ in
      switch view.statement {
      case .task, .blank: break
      case .comment, .directive, .unknownDirective: landmarks.views.append(view)
      }
      return true
    }
    return landmarks
  }

  /// The statements of a block that are no tasks and not blank, in order.
  func landmarks(inBlock index: Int, of buffer: TextBuffer) -> [StatementView] {
    let marks = landmarks[index]
    let lines = buffer.starts[index].lineFeeds - marks.start.lineFeeds
    let bytes = buffer.starts[index].offset - marks.start.offset
    let ids = entries[index].nextID - marks.nextID
    if lines == 0, bytes == 0, ids == 0 { return marks.views }
    return marks.views.map { $0.moved(lines: lines, bytes: bytes).movingIDs(by: ids) }
  }
}
