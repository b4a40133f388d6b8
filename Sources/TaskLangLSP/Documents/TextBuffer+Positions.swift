/// The one place where bytes become positions of clients and the reverse.
extension TextBuffer {
  /// The byte at a position.
  ///
  /// What lies behind a line's end means the line's end, what lies behind the text its end, and what
  /// lies within a character the character's start.
  package func offset(of position: LSPPosition, in encoding: PositionEncoding) -> Int {
    guard position.line <= lineEnds, !blocks.isEmpty else { return count }
    let index = block(ofLine: position.line)
    let text = blocks[index].bytes
    let bytes = text.span
    var place = Int(blocks[index].lineStarts[position.line - starts[index].lineEnds])
    var left = position.character
    if blocks[index].isASCII || encoding == .utf8 {
      var end = place
      while end < bytes.count, end - place < left, !Self.isLineEnd(bytes[end]) { end += 1 }
      while end > place, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      return starts[index].offset + end
    }
    while place < bytes.count, !Self.isLineEnd(bytes[place]) {
      let units = encoding.units(ofCharacterAt: bytes[place])
      if units > left { break }
      left -= units
      place += 1
      while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
    }
    return starts[index].offset + place
  }

  /// The bytes of a range; a range whose end comes first is read from its end.
  package func byteRange(of range: LSPRange, in encoding: PositionEncoding) -> Range<Int> {
    let start = offset(of: range.start, in: encoding)
    let end = offset(of: range.end, in: encoding)
    return min(start, end)..<max(start, end)
  }

  /// The position of a byte.
  package func position(of offset: Int, in encoding: PositionEncoding) -> LSPPosition {
    guard !blocks.isEmpty else { return LSPPosition(line: 0, character: 0) }
    let index = block(at: offset)
    let text = blocks[index].bytes
    let bytes = text.span
    let target = min(max(offset - starts[index].offset, 0), bytes.count)
    let line = blocks[index].line(at: target)
    let lineStart = Int(blocks[index].lineStarts[line])
    var character = target - lineStart
    if !blocks[index].isASCII, encoding != .utf8 {
      character = 0
      for place in lineStart..<target {
        character += encoding.units(ofCharacterAt: bytes[place])
      }
    }
    return LSPPosition(line: starts[index].lineEnds + line, character: character)
  }

  /// The range of a stretch of bytes.
  package func range(of bytes: Range<Int>, in encoding: PositionEncoding) -> LSPRange {
    LSPRange(
      start: position(of: bytes.lowerBound, in: encoding),
      end: position(of: bytes.upperBound, in: encoding)
    )
  }

  /// The bytes of a line as clients count, without its end.
  func lineRange(_ line: Int) -> Range<Int> {
    let start = offset(of: LSPPosition(line: line, character: 0), in: .utf8)
    return start..<offset(of: LSPPosition(line: line, character: .max), in: .utf8)
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
