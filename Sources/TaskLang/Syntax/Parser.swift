/// One piece of a line to its meaning; it cannot fail and needs no other line.
///
/// The order of the questions, and the odd answers to some of them, are those of the reference's
/// regular expressions (version 3.0): they are what decides which files mean what.
package enum Parser {
  /// The bytes that make a line more than a comment.
  static let marker: StaticString = "#DISBATCH"

  /// Parses one piece.
  ///
  /// - Parameters:
  ///   - line: The bytes of the physical line.
  ///   - piece: The part of it between carriage returns.
  /// - Returns: What the piece means.
  /// - Complexity: O(length); O(1) for most tasks.
  @inline(__always)
  package static func parse(_ line: Span<UInt8>, _ piece: Range<Int>) -> Statement {
    guard let first = piece.first else { return .blank }
    let byte = line[first]
    if byte != ASCII.hash && !ASCII.isBlank(byte) { return .task }
    return parseUncommon(line, piece)
  }

  private static func parseUncommon(_ line: Span<UInt8>, _ piece: Range<Int>) -> Statement {
    var lexer = Lexer(piece)
    guard lexer.accept(marker, in: line) != nil else {
      _ = lexer.blanks(in: line)
      switch lexer.peek(in: line) {
      case nil: return .blank
      case ASCII.hash: return .comment
      default: return .task
      }
    }
    guard lexer.oneSpace(in: line) else { return .task }
    if let directive = parseDirective(lexer, line) { return .directive(directive) }
    return .unknownDirective
  }

  private static func parseDirective(_ lexer: Lexer, _ line: Span<UInt8>) -> Directive? {
    switch lexer.peek(in: line).map(ASCII.upper) {
    case UInt8(ascii: "P"):
      parsePerEngine(lexer, line).map(Directive.perEngine)
        ?? parseAffix("PREFIX", lexer, line).map(Directive.prefix)
    case UInt8(ascii: "S"): parseAffix("SUFFIX", lexer, line).map(Directive.suffix)
    case UInt8(ascii: "R"): parseRepeat(lexer, line).map(Directive.repeatTasks)
    case UInt8(ascii: "B"): parseBarrier(lexer, line).map(Directive.barrier)
    default: nil
    }
  }

  private static func parseAffix(
    _ word: StaticString,
    _ start: Lexer,
    _ line: Span<UInt8>
  ) -> AffixDirective? {
    var lexer = start
    guard let keyword = lexer.accept(word, in: line, foldingCase: true),
      lexer.oneSpace(in: line)
    else { return nil }
    return AffixDirective(keyword: keyword, text: lexer.rest)
  }

  private static func parsePerEngine(_ start: Lexer, _ line: Span<UInt8>) -> PerEngineDirective? {
    var lexer = start
    guard let keyword = lexer.accept("PERENGINE", in: line, foldingCase: true),
      lexer.oneSpace(in: line)
    else { return nil }
    let moment: PerEngineMoment
    let event: Range<Int>
    if let range = lexer.accept("START", in: line, foldingCase: true) {
      (moment, event) = (.start, range)
    } else if let range = lexer.accept("STOP", in: line, foldingCase: true) {
      (moment, event) = (.stop, range)
    } else {
      return nil
    }
    guard lexer.oneSpace(in: line) else { return nil }
    return PerEngineDirective(
      keyword: keyword,
      event: event,
      moment: moment,
      isSpelledRight: line.equals(moment == .start ? "START" : "STOP", event),
      command: lexer.rest
    )
  }

  private static func parseBarrier(_ start: Lexer, _ line: Span<UInt8>) -> BarrierDirective? {
    var lexer = start
    guard let keyword = lexer.accept("BARRIER", in: line) else { return nil }
    var check: Range<Int>?
    var ahead = lexer
    if ahead.oneSpace(in: line), let word = ahead.accept("CHECK", in: line) {
      check = word
      lexer = ahead
    }
    let key = lexer.oneSpace(in: line) ? lexer.rest : nil
    return BarrierDirective(keyword: keyword, check: check, key: key)
  }
}
