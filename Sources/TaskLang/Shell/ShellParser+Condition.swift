extension ShellParser {
  /// `[[ expression ]]`.
  mutating func parseCondition() throws(ShellStop) -> Int32 {
    let node = makeNode(.condition, token.start)
    let opener = token.range
    openers.append(opener)
    // Within the brackets bash reads tokens without noting them as the last ones.
    memory.beforeLast = memory.last
    memory.last = .conditionStart
    memory.isInCondition = true
    token = try readToken()
    try parseConditionExpression(into: node)
    guard token.kind == .conditionEnd else { throw conditionError() }
    memory.isInCondition = false
    close(node, at: token.end)
    openers.removeLast()
    try advance()
    return node
  }

  private func conditionError() -> ShellStop {
    guard token.kind != .end else { return unexpected() }
    return .syntax(
      ShellSyntaxError(reason: .condition, range: token.range, opener: openers.last)
    )
  }

  /// Terms with `&&` and `||` between them; which binds closer is of no interest here.
  private mutating func parseConditionExpression(into node: Int32) throws(ShellStop) {
    try descend()
    while true {
      try parseConditionTerm(into: node)
      guard token.kind == .andAnd || token.kind == .orOr else { break }
      token = try readToken()
    }
    depth -= 1
  }

  private mutating func parseConditionTerm(into node: Int32) throws(ShellStop) {
    while token.kind == .word, equals(token.range, "!") { token = try readToken() }
    if token.kind == .openParen {
      token = try readToken()
      try parseConditionExpression(into: node)
      guard token.kind == .closeParen else { throw conditionError() }
      token = try readToken()
      return
    }
    // Bash 5.2 says nothing of `[[ ]]` or `[[ a && ]]`, runs nothing, and ends with status 0.
    if token.kind == .conditionEnd { throw .gaveUp(.silentError) }
    guard token.kind == .word else { throw conditionError() }
    let first = token
    attach(first.node, to: node)
    if isUnaryOperator(first.range) {
      token = try readToken()
      guard token.kind == .word else { throw conditionError() }
      attach(token.node, to: node)
      token = try readToken()
      return
    }
    token = try readToken()
    switch token.kind {
    case .conditionEnd, .andAnd, .orOr, .closeParen: return
    case .less, .greater: break
    case .word where equals(token.range, "=~"): memory.readsRegularExpression = true
    case .word where isBinaryOperator(token.range):
      memory.readsPattern = text[token.start] != UInt8(ascii: "-")
    default: throw conditionError()
    }
    token = try readToken()
    memory.readsPattern = false
    memory.readsRegularExpression = false
    guard token.kind == .word else { throw conditionError() }
    attach(token.node, to: node)
    token = try readToken()
  }

  private func isUnaryOperator(_ range: Range<Int>) -> Bool {
    guard range.count == 2, text[range.lowerBound] == UInt8(ascii: "-") else { return false }
    let letters: StaticString = "abcdefghknoprstuvwxzGLNORS"
    let letter = text[range.lowerBound + 1]
    // Safe: the letters live for ever and the index stays below their count.
    return unsafe UnsafeBufferPointer(
      start: letters.utf8Start,
      count: letters.utf8CodeUnitCount
    ).contains(letter)
  }

  private func isBinaryOperator(_ range: Range<Int>) -> Bool {
    let words: [StaticString] = [
      "=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef",
    ]
    return words.contains { equals(range, $0) }
  }
}
