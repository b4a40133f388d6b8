extension Span<UInt8> {
  /// A stretch as a message quotes it: in backticks, and cut where it is long.
  ///
  /// What holds a backtick itself is put between other quotes.
  func quoted(_ range: Range<Int>, limitBytes: Int = 40) -> String {
    var end = range.upperBound
    if range.count > limitBytes {
      end = range.lowerBound + limitBytes
      while end > range.lowerBound, self[end] & 0xC0 == 0x80 { end -= 1 }
    }
    let shown = range.lowerBound..<end
    let marks: [StaticString] = ["`", "'", "\""]
    let mark = marks.first { !contains($0, in: shown) } ?? "`"
    return "\(mark)\(text(shown))\(end < range.upperBound ? "..." : "")\(mark)"
  }

  /// A stretch as text, mended where it is not UTF-8.
  func text(_ range: Range<Int>) -> String { String(decoding: copy(range), as: UTF8.self) }

  /// The letters that stand from `start` on.
  func letters(from start: Int, to end: Int) -> Range<Int> {
    var next = start
    while next < end, (0x41...0x5A).contains(ASCII.upper(self[next])) { next += 1 }
    return start..<next
  }

  /// The first place behind the blanks that stand from `start` on.
  func skippingBlanks(from start: Int, to end: Int) -> Int {
    var next = start
    while next < end, ASCII.isBlank(self[next]) { next += 1 }
    return next
  }

  /// Whether a stretch is nothing but blanks.
  func isBlank(_ range: Range<Int>) -> Bool {
    skippingBlanks(from: range.lowerBound, to: range.upperBound) == range.upperBound
  }

  /// Whether `word` stands anywhere in a stretch.
  func contains(_ word: StaticString, in range: Range<Int>) -> Bool {
    guard let last = Optional(range.upperBound - word.utf8CodeUnitCount), last >= range.lowerBound
    else { return false }
    // Safe: a static string's code units live for ever, and it is not empty.
    let first = unsafe word.utf8Start[0]
    for index in range.lowerBound...last
    where self[index] == first && starts(with: word, at: index, end: range.upperBound) {
      return true
    }
    return false
  }
}
