import TaskLang

extension TextBuffer {
  /// Hands on the statements of a block in order.
  ///
  /// - Parameters:
  ///   - index: The block.
  ///   - place: Where to begin: bytes and lines from the block's start.
  ///   - lowering: The state there; becomes the state behind what was handed on.
  ///   - visit: Receives a statement, the bytes of its line and the state behind it; `false` ends.
  func forEachStatement(
    inBlock index: Int,
    from place: (bytes: Int, lines: Int) = (0, 0),
    _ lowering: inout Lowering,
    _ visit: (StatementView, Span<UInt8>, borrowing Lowering) -> Bool
  ) {
    let start = starts[index]
    var reader = LineReader(
      lineCount: start.lineFeeds + place.lines,
      offset: start.offset + place.bytes
    )
    var state = lowering
    func take(_ line: PhysicalLine, _ bytes: Span<UInt8>) -> Bool {
      var goesOn = true
      line.forEachPiece(of: bytes) { piece in
        let statement = Parser.parse(bytes, piece)
        let isUnreached = state.end != nil
        let view = StatementView(
          line: line,
          piece: piece,
          statement: statement,
          item: isUnreached ? .nothing : state.lower(statement, piece, of: line, in: bytes),
          isUnreached: isUnreached
        )
        goesOn = visit(view, bytes, state)
        return goesOn
      }
      return goesOn
    }
    let text = blocks[index].bytes
    let rest = text.span.extracting(droppingFirst: place.bytes)
    let goesOn = reader.read(rest) { take($0, $1) }
    if goesOn { reader.finish { take($0, $1) } }
    lowering = state
  }
}
