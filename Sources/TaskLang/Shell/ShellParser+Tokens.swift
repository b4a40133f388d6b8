extension ShellParser {
  /// Reads one token from the cursor on.
  mutating func readToken() throws(ShellStop) -> ShellToken {
    while cursor < text.count, text[cursor] == ASCII.space || text[cursor] == ASCII.tab {
      cursor += 1
    }
    guard cursor < text.count else { return endToken() }
    let byte = text[cursor]
    if byte == UInt8(ascii: "\\"), cursor + 1 == text.count {
      // Bash joins the next line, and there is none: for it the text ends without a newline.
      doubt = doubt ?? .trailingBackslash
      cursor = text.count
      return endToken()
    }
    if byte == ASCII.hash {
      if comment == nil { comment = cursor..<text.count }
      cursor = text.count
      return endToken()
    }
    if memory.readsRegularExpression { return try readWord() }
    if let simple = try readOperator(byte) { return simple }
    return try readWord()
  }

  private mutating func endToken() -> ShellToken {
    memory.allowsArrayArguments = false
    return ShellToken(kind: .end, start: text.count, end: text.count)
  }

  @inline(__always)
  private func peek(_ distance: Int) -> UInt8 {
    cursor + distance < text.count ? text[cursor + distance] : ASCII.lineFeed
  }

  private mutating func operatorToken(_ kind: ShellToken.Kind, _ length: Int) -> ShellToken {
    let token = ShellToken(kind: kind, start: cursor, end: cursor + length)
    cursor += length
    return token
  }

  /// Reads an operator; `nil` when a word stands here.
  private mutating func readOperator(_ byte: UInt8) throws(ShellStop) -> ShellToken? {
    if ASCII.isOrdinary(byte) {
      let closesNumber = memory.last == .lessAmpersand || memory.last == .greaterAmpersand
      guard byte == UInt8(ascii: "-"), closesNumber else { return nil }
      return operatorToken(.dash, 1)
    }
    let next = peek(1)
    switch byte {
    case UInt8(ascii: ";"):
      memory.allowsArrayArguments = false
      return readSemicolon(next)
    case UInt8(ascii: "&"):
      memory.allowsArrayArguments = false
      if next == UInt8(ascii: "&") { return operatorToken(.andAnd, 2) }
      guard next == UInt8(ascii: ">") else { return operatorToken(.ampersand, 1) }
      if peek(2) == UInt8(ascii: ">") { return operatorToken(.ampersandGreaterGreater, 3) }
      return operatorToken(.ampersandGreater, 2)
    case UInt8(ascii: "|"):
      memory.allowsArrayArguments = false
      if next == UInt8(ascii: "|") { return operatorToken(.orOr, 2) }
      if next == UInt8(ascii: "&") { return operatorToken(.pipeAmpersand, 2) }
      return operatorToken(.pipe, 1)
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      memory.allowsArrayArguments = false
      return readRedirectionOperator(byte, next)
    case UInt8(ascii: "("):
      memory.allowsArrayArguments = false
      if next == UInt8(ascii: "("), let token = try readDoubleParen() { return token }
      return operatorToken(.openParen, 1)
    case UInt8(ascii: ")"):
      memory.allowsArrayArguments = false
      memory.isInCasePattern = false
      return operatorToken(.closeParen, 1)
    default:
      return nil
    }
  }

  private mutating func readSemicolon(_ next: UInt8) -> ShellToken {
    if next == UInt8(ascii: ";") {
      memory.isInCasePattern = true
      if peek(2) == UInt8(ascii: "&") { return operatorToken(.semicolonSemicolonAmpersand, 3) }
      return operatorToken(.semicolonSemicolon, 2)
    }
    if next == UInt8(ascii: "&") {
      memory.isInCasePattern = true
      return operatorToken(.semicolonAmpersand, 2)
    }
    return operatorToken(.semicolon, 1)
  }

  /// An operator that `<` or `>` begins; `nil` for a process substitution.
  private mutating func readRedirectionOperator(_ byte: UInt8, _ next: UInt8) -> ShellToken? {
    if next == UInt8(ascii: "(") { return nil }
    if byte == UInt8(ascii: "<") {
      switch next {
      case UInt8(ascii: "<"):
        if peek(2) == UInt8(ascii: "-") { return operatorToken(.lessLessDash, 3) }
        if peek(2) == UInt8(ascii: "<") { return operatorToken(.lessLessLess, 3) }
        return operatorToken(.lessLess, 2)
      case UInt8(ascii: "&"): return operatorToken(.lessAmpersand, 2)
      case UInt8(ascii: ">"): return operatorToken(.lessGreater, 2)
      default: return operatorToken(.less, 1)
      }
    }
    switch next {
    case UInt8(ascii: ">"): return operatorToken(.greaterGreater, 2)
    case UInt8(ascii: "&"): return operatorToken(.greaterAmpersand, 2)
    case UInt8(ascii: "|"): return operatorToken(.greaterPipe, 2)
    default: return operatorToken(.greater, 1)
    }
  }

  /// `((` where a command or the head of a `for` may stand; `nil` for two parens.
  private mutating func readDoubleParen() throws(ShellStop) -> ShellToken? {
    let isLoopHead = memory.last == .forWord
    guard isLoopHead || memory.allowsReservedWord else { return nil }
    let start = cursor
    let node = makeNode(.arithmeticCommand, start)
    let end = try scanGroup(
      from: start + 2,
      opener: start..<start + 2,
      UInt8(ascii: "("),
      contents: .arithmetic,
      into: node
    )
    let closes = end < text.count && text[end] == UInt8(ascii: ")")
    if closes {
      cursor = end + 1
      close(node, at: cursor)
      return ShellToken(
        kind: isLoopHead ? .arithmeticFor : .arithmeticCommand,
        start: start,
        end: cursor,
        node: node
      )
    }
    // Bash 5.2 silently ends with status 0 here, having run nothing.
    if isLoopHead { throw .gaveUp(.silentError) }
    // What was scanned is parsed again; nested often, that would take time without end.
    rescanned += end - start
    if rescanned > 16 * text.count { throw .gaveUp(.nesting) }
    return nil
  }
}
