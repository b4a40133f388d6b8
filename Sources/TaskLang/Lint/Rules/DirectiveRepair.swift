/// What was evidently meant by a line that is nearly a directive.
///
/// A repair is offered only when the parser takes the mended line for a directive, so a fix never
/// trades one mistake for another.
enum DirectiveRepair {
  static let keywords = ["PREFIX", "SUFFIX", "REPEAT", "BARRIER", "PERENGINE"]

  /// The keyword that a word is, or nearly is.
  ///
  /// PERNODE is what PERENGINE was called in earlier versions of disBatch.
  static func keyword(nearest word: Range<Int>, in bytes: Span<UInt8>) -> String? {
    if bytes.equals("PERNODE", word, foldingCase: true) { return "PERENGINE" }
    return Suggestion.nearest(to: bytes.copy(word), among: keywords)
  }

  /// The directive that a line comes to when its small faults are mended.
  ///
  /// - Parameters:
  ///   - start: Where the marker's letters end: behind `#DISBATCH`, or what stands for it.
  ///   - end: The end of the piece.
  ///   - bytes: The line.
  /// - Returns: The mended line from its marker on, or `nil` when it is still no directive.
  static func repaired(from start: Int, to end: Int, in bytes: Span<UInt8>) -> [UInt8]? {
    var line = Array("#DISBATCH ".utf8)
    var next = bytes.skippingBlanks(from: start, to: end)
    if next == start, next < end, bytes[next] == UInt8(ascii: ":") {
      next = bytes.skippingBlanks(from: next + 1, to: end)
    }
    let word = bytes.letters(from: next, to: end)
    guard !word.isEmpty, let keyword = keyword(nearest: word, in: bytes) else { return nil }
    line.append(contentsOf: keyword.utf8)
    let rest = word.upperBound..<end
    switch keyword {
    case "PERENGINE": appendPerEngine(rest, bytes, to: &line)
    case "REPEAT": appendRepeat(rest, bytes, to: &line)
    case "BARRIER": appendBarrier(rest, bytes, to: &line)
    default: appendText(rest, bytes, to: &line)
    }
    guard case .directive = Parser.parse(line.span, 0..<line.count) else { return nil }
    return line
  }

  /// One space and the text; blanks behind a first space belong to the text.
  private static func appendText(
    _ rest: Range<Int>,
    _ bytes: Span<UInt8>,
    to line: inout [UInt8]
  ) {
    line.append(ASCII.space)
    var start = rest.lowerBound
    if start < rest.upperBound {
      let byte = bytes[start]
      let isSeparator = byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=")
      if isSeparator || ASCII.isBlank(byte) { start += 1 }
      if isSeparator, start < rest.upperBound, bytes[start] == ASCII.space { start += 1 }
    }
    line.append(contentsOf: bytes.copy(start..<rest.upperBound))
  }

  private static func appendPerEngine(
    _ rest: Range<Int>,
    _ bytes: Span<UInt8>,
    to line: inout [UInt8]
  ) {
    let start = bytes.skippingBlanks(from: rest.lowerBound, to: rest.upperBound)
    let word = bytes.letters(from: start, to: rest.upperBound)
    guard let event = PerEngineEvents.nearest(to: word, in: bytes) else { return }
    line.append(contentsOf: " \(event)".utf8)
    appendText(word.upperBound..<rest.upperBound, bytes, to: &line)
  }

  private static func appendRepeat(
    _ rest: Range<Int>,
    _ bytes: Span<UInt8>,
    to line: inout [UInt8]
  ) {
    var next = bytes.skippingBlanks(from: rest.lowerBound, to: rest.upperBound)
    let digits = next
    while next < rest.upperBound, ASCII.isDigit(bytes[next]) { next += 1 }
    guard digits < next else { return }
    line.append(ASCII.space)
    line.append(contentsOf: bytes.copy(digits..<next))
    if next < rest.upperBound, ASCII.isBlank(bytes[next]) {
      line.append(ASCII.space)
      next += 1
    } else if next < rest.upperBound {
      // Digits that run on, as in `3x`, may be meant in more than one way.
      return line.removeAll()
    }
    line.append(contentsOf: bytes.copy(next..<rest.upperBound))
  }

  private static func appendBarrier(
    _ rest: Range<Int>,
    _ bytes: Span<UInt8>,
    to line: inout [UInt8]
  ) {
    var next = bytes.skippingBlanks(from: rest.lowerBound, to: rest.upperBound)
    let word = bytes.letters(from: next, to: rest.upperBound)
    if BarrierSpelling.isNearlyCheck(word, to: rest.upperBound, in: bytes) {
      line.append(contentsOf: " CHECK".utf8)
      next = bytes.skippingBlanks(from: word.upperBound, to: rest.upperBound)
    }
    guard next < rest.upperBound, next > rest.lowerBound else { return }
    line.append(ASCII.space)
    line.append(contentsOf: bytes.copy(next..<rest.upperBound))
  }
}
