extension ShellParser {
  /// `( list )` behind `$`, `<` or `>`, or the parens of `$(( ))`.
  ///
  /// - Parameters:
  ///   - paren: The `(`.
  ///   - node: The node that the byte before it began.
  /// - Returns: Behind the `)`.
  /// - Throws: What ends the parsing.
  mutating func scanCommandSubstitution(
    paren: Int,
    _ node: Int32
  ) throws(ShellStop) -> Int {
    if paren + 1 < text.count, text[paren + 1] == UInt8(ascii: "(") {
      return try scanArithmetic(paren: paren, node)
    }
    try descend()
    let savedCursor = cursor
    let savedToken = token
    let savedMemory = memory
    if memory.isInCasePattern || memory.readsRegularExpression || memory.isInArray {
      // Bash takes its state along into the parens; that is not followed.
      doubt = doubt ?? .carriedState
    }
    substitutionDepth += 1
    memory = ShellLexerMemory()
    memory.last = .dollarParen
    memory.allowsArrayArguments = savedMemory.allowsArrayArguments
    let opener = paren - 1..<paren + 1
    openers.append(opener)
    cursor = paren + 1
    token = try readToken()
    if token.kind != .closeParen {
      let list = try parseList()
      guard token.kind == .closeParen else {
        throw token.kind == .end ? unclosed(opener) : unexpected()
      }
      attach(list, to: node)
    }
    let end = token.end
    openers.removeLast()
    cursor = savedCursor
    token = savedToken
    memory = savedMemory
    substitutionDepth -= 1
    close(node, at: end)
    depth -= 1
    return end
  }

  /// `$(( ))`, or `$( ( ) )` without the blank: bash finds the end by counting parens.
  private mutating func scanArithmetic(paren: Int, _ node: Int32) throws(ShellStop) -> Int {
    let end = try scanGroup(
      from: paren + 1,
      opener: paren - 1..<paren + 2,
      UInt8(ascii: "("),
      contents: .arithmetic,
      into: node
    )
    close(node, at: end)
    if nodes[Int(node)].kind == .commandSubstitution, text[end - 2] == UInt8(ascii: ")") {
      nodes[Int(node)].kind = .arithmetic
    }
    return end
  }
}
