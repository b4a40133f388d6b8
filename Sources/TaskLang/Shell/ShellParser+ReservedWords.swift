extension ShellParser {
  /// Decides what a word that has been read is.
  mutating func finish(_ word: WordState) -> ShellToken {
    let end = cursor
    let next = end < text.count ? text[end] : ASCII.lineFeed
    let isBeforeRedirection = next == UInt8(ascii: "<") || next == UInt8(ascii: ">")
    var token = ShellToken(kind: .word, start: word.start, end: end, node: word.node)
    if word.isAllDigits, end - word.start <= 10,
      isBeforeRedirection || memory.last == .lessAmpersand || memory.last == .greaterAmpersand,
      fitsDescriptor(word.start..<end)
    {
      token.kind = .number
      return token
    }
    if end - word.start <= 8 {
      if let kind = specialWord(word.start..<end) ?? reservedWord(word) {
        token.kind = kind
        return token
      }
    }
    noteAssignmentBuiltin(word.start..<end)
    if isBeforeRedirection, isDescriptorVariable(word.start..<end) {
      token.kind = .redirectionWord
      return token
    }
    if word.valueStart > 0, memory.allowsAssignment {
      token.kind = .assignmentWord
      nodes[Int(word.node)].kind = .assignment
      nodes[Int(word.node)].detail = Int32(word.valueStart)
    }
    noteAwaitedIn()
    return token
  }

  private func fitsDescriptor(_ range: Range<Int>) -> Bool {
    var value = 0
    for index in range { value = value * 10 + Int(text[index] - ASCII.zero) }
    return value <= Int(Int32.max)
  }

  /// `{name}` in front of a redirection.
  private func isDescriptorVariable(_ range: Range<Int>) -> Bool {
    guard range.count > 2, text[range.lowerBound] == UInt8(ascii: "{"),
      text[range.upperBound - 1] == UInt8(ascii: "}")
    else { return false }
    let name = nameEnd(from: range.lowerBound + 1)
    guard name > range.lowerBound + 1 else { return false }
    return name == range.upperBound - 1
      || (text[name] == UInt8(ascii: "[") && text[range.upperBound - 2] == UInt8(ascii: "]"))
  }

  /// Whether the text of a range is `word`.
  package func equals(_ range: Range<Int>, _ word: StaticString) -> Bool {
    text.span.equals(word, range)
  }

  /// Words that are tokens in one place only.
  private mutating func specialWord(_ range: Range<Int>) -> ShellToken.Kind? {
    let isBehindHead = memory.last == .word && memory.awaitedIns > 0
    if isBehindHead, equals(range, "in") {
      memory.awaitedIns -= 1
      if memory.isInCaseHead || memory.beforeLast == .caseWord {
        memory.isInCaseHead = false
        memory.isInCasePattern = true
      }
      return .inWord
    }
    if memory.awaitedIns > 0, equals(range, "do"),
      memory.last == .semicolon
        || (memory.last == .word
          && (memory.beforeLast == .forWord || memory.beforeLast == .selectWord))
    {
      memory.awaitedIns -= 1
      return .doWord
    }
    if memory.last == .inWord, memory.isInCasePattern, equals(range, "esac") {
      memory.isInCasePattern = false
      return .esacWord
    }
    if memory.last == .arithmeticFor {
      if equals(range, "do") { return .doWord }
      if equals(range, "{") {
        memory.openBraces += 1
        return .openBrace
      }
    }
    return specialWordOfTime(range)
  }

  private func specialWordOfTime(_ range: Range<Int>) -> ShellToken.Kind? {
    if memory.isInCondition, equals(range, "]]") { return .conditionEnd }
    if memory.last == .time, equals(range, "-p") { return .timeOption }
    if memory.last == .time || memory.last == .timeOption, equals(range, "--") {
      return .timeIgnore
    }
    return nil
  }

  private mutating func reservedWord(_ word: WordState) -> ShellToken.Kind? {
    guard !word.isQuoted, !word.hasDollar, memory.allowsReservedWord,
      let kind = Self.reservedWord(text.span, word.start..<cursor)
    else { return nil }
    if memory.isInCasePattern {
      let isPattern = memory.last == .pipe || memory.last == .openParen
      guard kind == .esacWord, !isPattern else { return nil }
    }
    switch kind {
    case .time:
      guard memory.last.allowsTime, !(memory.last == .semicolon && memory.beforeLast == .pipe)
      else { return nil }
    case .esacWord: memory.isInCasePattern = false
    case .openBrace: memory.openBraces += 1
    case .closeBrace: if memory.openBraces > 0 { memory.openBraces -= 1 }
    default: break
    }
    return kind
  }

  private static func reservedWord(_ text: Span<UInt8>, _ range: Range<Int>) -> ShellToken.Kind? {
    switch text[range.lowerBound] {
    case UInt8(ascii: "i"):
      if text.equals("if", range) { return .ifWord }
      return text.equals("in", range) ? .inWord : nil
    case UInt8(ascii: "t"):
      if text.equals("then", range) { return .thenWord }
      return text.equals("time", range) ? .time : nil
    case UInt8(ascii: "e"):
      if text.equals("else", range) { return .elseWord }
      if text.equals("elif", range) { return .elifWord }
      return text.equals("esac", range) ? .esacWord : nil
    case UInt8(ascii: "f"):
      if text.equals("fi", range) { return .fiWord }
      if text.equals("for", range) { return .forWord }
      return text.equals("function", range) ? .functionWord : nil
    case UInt8(ascii: "c"):
      if text.equals("case", range) { return .caseWord }
      return text.equals("coproc", range) ? .coprocWord : nil
    case UInt8(ascii: "s"): return text.equals("select", range) ? .selectWord : nil
    case UInt8(ascii: "w"): return text.equals("while", range) ? .whileWord : nil
    case UInt8(ascii: "u"): return text.equals("until", range) ? .untilWord : nil
    case UInt8(ascii: "d"):
      if text.equals("do", range) { return .doWord }
      return text.equals("done", range) ? .doneWord : nil
    case UInt8(ascii: "!"): return range.count == 1 ? .bang : nil
    case UInt8(ascii: "{"): return range.count == 1 ? .openBrace : nil
    case UInt8(ascii: "}"): return range.count == 1 ? .closeBrace : nil
    case UInt8(ascii: "["): return text.equals("[[", range) ? .conditionStart : nil
    case UInt8(ascii: "]"): return text.equals("]]", range) ? .conditionEnd : nil
    default: return nil
    }
  }

  /// Builtins behind whose names `name=( )` may be an argument.
  private mutating func noteAssignmentBuiltin(_ range: Range<Int>) {
    guard range.count <= 8, range.count >= 3 else { return }
    let isCommandName: Bool
    switch memory.last {
    case .assignmentWord: isCommandName = true
    case .semicolonSemicolon, .semicolonAmpersand, .semicolonSemicolonAmpersand:
      isCommandName = false
    default:
      isCommandName =
        memory.allowsReservedWord
        || (memory.hasOnlyRedirections && !memory.last.isRedirectionOperator)
    }
    guard isCommandName else { return }
    let names: [StaticString] = [
      "export", "declare", "typeset", "readonly", "local", "alias", "eval", "let",
    ]
    for name in names where equals(range, name) { memory.allowsArrayArguments = true }
  }

  private mutating func noteAwaitedIn() {
    switch memory.last {
    case .forWord, .selectWord: memory.awaitedIns += 1
    case .caseWord:
      memory.awaitedIns += 1
      memory.isInCaseHead = true
    default: break
    }
  }
}
