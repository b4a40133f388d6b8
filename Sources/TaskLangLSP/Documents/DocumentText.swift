import TaskLang

/// The text of a document and what its lines come to.
struct DocumentText: Sendable {
  let buffer: TextBuffer
  let outline: Outline

  /// Where a block stands: what is counted before it.
  func start(ofBlock index: Int) -> ShellRecord.Start {
    let place = buffer.starts[index]
    return ShellRecord.Start(
      offset: place.offset,
      line: place.lineFeeds,
      id: outline.entries[index].nextID
    )
  }

  /// Hands on the statements that a stretch of bytes touches, in order.
  func forEachStatement(
    in range: Range<Int>,
    _ visit: (StatementView, Span<UInt8>, borrowing Lowering) -> Bool
  ) {
    var index = buffer.block(at: range.lowerBound)
    var goesOn = true
    while goesOn, index < buffer.blocks.count, buffer.starts[index].offset <= range.upperBound {
      var state = outline.entries[index]
      buffer.forEachStatement(inBlock: index, &state) { view, bytes, lowering in
        if view.range.upperBound < range.lowerBound { return true }
        goesOn = view.range.lowerBound <= range.upperBound && visit(view, bytes, lowering)
        return goesOn
      }
      index += 1
    }
  }
}
