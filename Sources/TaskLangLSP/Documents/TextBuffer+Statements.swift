import TaskLang

extension TextBuffer {
  /// Hands on the statements of a block in order.
  ///
  /// - Parameters:
  ///   - index: The block.
  ///   - lowering: The state in front of it; becomes the state behind what was handed on.
  ///   - visit: Receives a statement, the bytes of its line and the state behind it; `false` ends.
  func forEachStatement(
    inBlock index: Int,
    _ lowering: inout Lowering,
    _ visit: (StatementView, Span<UInt8>, borrowing Lowering) -> Bool
  ) {
    var reader = LineReader(lineCount: starts[index].lineFeeds, offset: starts[index].offset)
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
    let goesOn = reader.read(text.span) { take($0, $1) }
    if goesOn { reader.finish { take($0, $1) } }
    lowering = state
  }
}
