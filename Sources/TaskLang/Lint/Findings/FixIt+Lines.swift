extension FixIt {
  /// The fix that makes `text` of a stretch of a line, as an edit of what differs.
  static func replacing(
    _ range: Range<Int>,
    with text: [UInt8],
    _ message: String,
    _ applicability: Applicability,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> FixIt {
    var start = range.lowerBound
    var end = range.upperBound
    var (first, last) = (0, text.count)
    while start < end, first < last, bytes[start] == text[first] {
      (start, first) = (start + 1, first + 1)
    }
    while start < end, first < last, bytes[end - 1] == text[last - 1] {
      (end, last) = (end - 1, last - 1)
    }
    // An edit that began within a code point could not be told in columns.
    while start > range.lowerBound, start < bytes.count, bytes[start] & 0xC0 == 0x80 {
      (start, first) = (start - 1, first - 1)
    }
    while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { (end, last) = (end + 1, last + 1) }
    return FixIt(
      message: message,
      applicability: applicability,
      edits: [line.edit(start..<end, in: bytes, to: Array(text[first..<last]))]
    )
  }

  /// The fix that empties a statement and keeps its line, so that no line changes its number.
  static func emptying(
    _ piece: Range<Int>,
    _ message: String,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> FixIt {
    FixIt(
      message: message,
      applicability: .unsafe,
      edits: [line.edit(piece, in: bytes, to: [])]
    )
  }
}
