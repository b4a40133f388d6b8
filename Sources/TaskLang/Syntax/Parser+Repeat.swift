extension Parser {
  /// Parses `REPEAT n [start s] [step t] [command]`.
  ///
  /// A clause counts only if what follows it can be read to the end; else its words belong to the
  /// command. So `REPEAT 2 start 5x` runs `start 5x`, twice.
  static func parseRepeat(_ start: Lexer, _ line: Span<UInt8>) -> RepeatDirective? {
    var lexer = start
    guard let keyword = lexer.accept("REPEAT", in: line, foldingCase: true),
      !lexer.blanks(in: line).isEmpty
    else { return nil }
    let digits = lexer.digits(in: line)
    guard !digits.isEmpty else { return nil }
    var directive = RepeatDirective(keyword: keyword, count: number(digits, line))
    if let (start, behind) = parseClause("start", lexer, line) {
      directive.start = start
      if parseStepAndTail(behind, line, &directive) { return directive }
      directive.start = nil
    }
    return parseStepAndTail(lexer, line, &directive) ? directive : nil
  }

  private static func parseStepAndTail(
    _ lexer: Lexer,
    _ line: Span<UInt8>,
    _ directive: inout RepeatDirective
  ) -> Bool {
    if let (step, behind) = parseClause("step", lexer, line) {
      directive.step = step
      if parseTail(behind, line, &directive) { return true }
      directive.step = nil
    }
    return parseTail(lexer, line, &directive)
  }

  private static func parseClause(
    _ word: StaticString,
    _ start: Lexer,
    _ line: Span<UInt8>
  ) -> (RepeatClause, Lexer)? {
    var lexer = start
    guard !lexer.blanks(in: line).isEmpty,
      let keyword = lexer.accept(word, in: line, foldingCase: true),
      !lexer.blanks(in: line).isEmpty
    else { return nil }
    let digits = lexer.digits(in: line)
    guard !digits.isEmpty else { return nil }
    return (RepeatClause(keyword: keyword, number: number(digits, line)), lexer)
  }

  /// A space and at least one byte make a command; else only blanks may be left.
  private static func parseTail(
    _ start: Lexer,
    _ line: Span<UInt8>,
    _ directive: inout RepeatDirective
  ) -> Bool {
    var lexer = start
    if lexer.peek(in: line) == ASCII.space, lexer.peek(1, in: line) != nil {
      _ = lexer.oneSpace(in: line)
      directive.command = lexer.rest
      return true
    }
    _ = lexer.blanks(in: line)
    return lexer.isAtEnd
  }

  private static func number(_ range: Range<Int>, _ line: Span<UInt8>) -> NumberLiteral {
    var value = 0
    for index in range {
      let (scaled, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, stillTooLarge) = scaled.addingReportingOverflow(Int(line[index] - ASCII.zero))
      if tooLarge || stillTooLarge { return NumberLiteral(range: range, value: nil) }
      value = sum
    }
    return NumberLiteral(range: range, value: value)
  }
}
