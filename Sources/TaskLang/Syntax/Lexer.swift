/// Cuts a directive line into blanks and words, one at a time.
///
/// The language decides word by word whether the rest of a line is text to pass on, so the parser
/// pulls: it copies the lexer to look ahead, and takes `rest` where words end. The lexer holds no
/// bytes; the line comes with each call.
package struct Lexer: Sendable {
  /// The next byte.
  package private(set) var position: Int
  /// Behind the last byte of the piece.
  package let end: Int

  package init(_ piece: Range<Int>) {
    position = piece.lowerBound
    end = piece.upperBound
  }

  /// Whether nothing is left.
  package var isAtEnd: Bool { position == end }

  /// What is left.
  package var rest: Range<Int> { position..<end }

  /// The byte `ahead` places on, or `nil` behind the end.
  package func peek(_ ahead: Int = 0, in line: Span<UInt8>) -> UInt8? {
    position + ahead < end ? line[position + ahead] : nil
  }

  /// Takes the run of blanks here, which may be empty.
  package mutating func blanks(in line: Span<UInt8>) -> Range<Int> {
    let start = position
    while position < end, ASCII.isBlank(line[position]) { position += 1 }
    return start..<position
  }

  /// Takes the run of non-blanks here, which may be empty.
  package mutating func word(in line: Span<UInt8>) -> Range<Int> {
    let start = position
    while position < end, !ASCII.isBlank(line[position]) { position += 1 }
    return start..<position
  }

  /// Takes the run of digits here, which may be empty.
  package mutating func digits(in line: Span<UInt8>) -> Range<Int> {
    let start = position
    while position < end, ASCII.isDigit(line[position]) { position += 1 }
    return start..<position
  }

  /// Takes exactly one space; says whether there was one.
  package mutating func oneSpace(in line: Span<UInt8>) -> Bool {
    guard peek(in: line) == ASCII.space else { return false }
    position += 1
    return true
  }

  /// Takes `word` if the bytes here begin with it, whatever follows.
  package mutating func accept(
    _ word: StaticString,
    in line: Span<UInt8>,
    foldingCase: Bool = false
  ) -> Range<Int>? {
    guard line.starts(with: word, at: position, end: end, foldingCase: foldingCase) else {
      return nil
    }
    let start = position
    position += word.utf8CodeUnitCount
    return start..<position
  }
}
