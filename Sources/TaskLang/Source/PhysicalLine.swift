/// One line of the input as `\n` ends it, before lone carriage returns part it into pieces.
///
/// It holds no text: the bytes come beside it as a span that starts at `offset` and leaves out the
/// `\n`. A `\r` in front of the `\n` is part of those bytes.
package struct PhysicalLine: Sendable, Hashable {
  /// Number of the line, from 1; what tasks see as `DISBATCH_STREAM_INDEX`.
  package var number: Int
  /// Bytes of the input before this line.
  package var offset: Int
  /// What its bytes hold.
  package var traits: ByteTraits
  /// Whether a `\n` ended it; only an input's last line can be without.
  package var isTerminated: Bool

  /// A byte of the line to count columns from.
  ///
  /// A line of very many pieces would else be counted from its start for each of them.
  private var countedByte = 0
  /// Code points before that byte.
  private var countedCodePoints = 0

  package init(number: Int, offset: Int, traits: ByteTraits, isTerminated: Bool) {
    self.number = number
    self.offset = offset
    self.traits = traits
    self.isTerminated = isTerminated
  }

  /// The pieces into which carriage returns part the line, without the returns.
  ///
  /// `\r\n` is one end, so the `\r` that stands last in a terminated line makes no piece. An empty
  /// piece is a blank line to the language and is left in; a single empty piece stands for an empty
  /// line.
  package func forEachPiece(of bytes: Span<UInt8>, _ body: (Range<Int>) -> Bool) {
    guard traits.contains(.carriageReturn) else {
      _ = body(0..<bytes.count)
      return
    }
    var start = 0
    for index in bytes.indices where bytes[index] == ASCII.carriageReturn {
      if !body(start..<index) { return }
      start = index + 1
    }
    if start < bytes.count { _ = body(start..<bytes.count) }
  }

  /// The part of the line that a diagnostic shows, around `range`.
  ///
  /// - Complexity: O(start of `range` from where columns were counted to) where the line is not all
  ///   ASCII; O(1) where it is.
  package func excerpt(of bytes: Span<UInt8>, around range: Range<Int>) -> Excerpt {
    var end = bytes.count
    if isTerminated, end > 0, bytes[end - 1] == ASCII.carriageReturn { end -= 1 }
    end = max(end, min(range.upperBound, bytes.count))
    if end <= Excerpt.limitBytes {
      return Excerpt(
        line: number,
        bytes: bytes.copy(0..<end),
        firstByte: 0,
        firstColumn: 0,
        isCutBehind: false
      )
    }
    let room = Excerpt.limitBytes
    var first = max(0, min(range.lowerBound - room / 4, end - room))
    while first > 0, bytes[first] & 0xC0 == 0x80 { first -= 1 }
    let last = min(end, first + room)
    return Excerpt(
      line: number,
      bytes: bytes.copy(first..<last),
      firstByte: first,
      firstColumn: traits.contains(.nonASCII)
        ? codePoints(before: first, in: bytes) : first,
      isCutBehind: last < end
    )
  }

  /// A stretch of the line as a span of the input.
  ///
  /// - Complexity: as that of `excerpt`.
  package func span(of range: Range<Int>, in bytes: Span<UInt8>) -> SourceSpan {
    let start: Int
    let end: Int
    if traits.contains(.nonASCII) {
      start = codePoints(before: range.lowerBound, in: bytes)
      end = start + UTF8Text.codePoints(in: bytes, range)
    } else {
      (start, end) = (range.lowerBound, range.upperBound)
    }
    return SourceSpan(
      start: Position(line: number, column: start + 1, offset: offset + range.lowerBound),
      end: Position(line: number, column: end + 1, offset: offset + range.upperBound)
    )
  }

  /// Counts the columns before `byte`, the start of a piece, so that none behind it need look further
  /// back.
  package mutating func countColumns(to byte: Int, in bytes: Span<UInt8>) {
    guard traits.contains(.nonASCII) else { return }
    (countedByte, countedCodePoints) = (byte, codePoints(before: byte, in: bytes))
  }

  /// Code points before `byte`, which must not be within one.
  private func codePoints(before byte: Int, in bytes: Span<UInt8>) -> Int {
    byte >= countedByte
      ? countedCodePoints + UTF8Text.codePoints(in: bytes, countedByte..<byte)
      : countedCodePoints - UTF8Text.codePoints(in: bytes, byte..<countedByte)
  }
}
