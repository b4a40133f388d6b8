/// Positions of rising places in a block, each found from the one before.
struct Cursor {
  private let block: TextBlock
  private let encoding: PositionEncoding
  private var place = 0
  private var position: LSPPosition

  /// Makes a cursor at a block's start.
  ///
  /// - Parameters:
  ///   - block: The block.
  ///   - firstLine: Line ends in front of it.
  ///   - encoding: The units of positions.
  init(_ block: TextBlock, firstLine: Int, _ encoding: PositionEncoding) {
    self.block = block
    self.encoding = encoding
    position = LSPPosition(line: firstLine, character: 0)
  }

  /// The position of a place that is not in front of the last one asked for.
  mutating func position(of target: Int) -> LSPPosition {
    let text = block.bytes
    let bytes = text.span
    while place < target {
      let byte = bytes[place]
      let isReturn = byte == 0x0D && (place + 1 == bytes.count || bytes[place + 1] != 0x0A)
      if byte == 0x0A || isReturn {
        position = LSPPosition(line: position.line + 1, character: 0)
      } else {
        position.character += encoding.units(ofCharacterAt: byte)
      }
      place += 1
    }
    return position
  }
}
