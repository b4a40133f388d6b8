extension ShellParser {
  /// The state of a word being read.
  struct WordState {
    var node: Int32
    var start: Int
    var isQuoted = false
    var hasDollar = false
    var isAllDigits = true
    /// Behind the `=` that makes the word an assignment; 0 for none.
    var valueStart = 0
    /// Behind a subscript that directly follows the name; 0 for none.
    var subscriptEnd = 0
  }

  /// Reads a word, a number, or a reserved word.
  mutating func readWord() throws(ShellStop) -> ShellToken {
    var word = WordState(node: makeNode(.word, cursor), start: cursor)
    var index = cursor
    while index < text.count {
      let byte = text[index]
      if ASCII.isOrdinary(byte) {
        if !ASCII.isDigit(byte) { word.isAllDigits = false }
        index += 1
        continue
      }
      guard let next = try readSpecial(byte, at: index, &word) else { break }
      index = next
    }
    cursor = index
    close(word.node, at: index)
    return finish(word)
  }

  /// Takes what a byte with a meaning begins within a word.
  ///
  /// - Returns: Behind it; `nil` where the word ends.
  private mutating func readSpecial(
    _ byte: UInt8,
    at index: Int,
    _ word: inout WordState
  ) throws(ShellStop) -> Int? {
    let next = index + 1 < text.count ? text[index + 1] : ASCII.lineFeed
    switch byte {
    case ASCII.space, ASCII.tab, ASCII.lineFeed, UInt8(ascii: ";"), UInt8(ascii: "&"),
      UInt8(ascii: ")"):
      return nil
    case UInt8(ascii: "|"):
      return memory.readsRegularExpression ? index + 1 : nil
    case UInt8(ascii: "("):
      return try readRegularExpressionGroup(at: index, word)
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      guard next == UInt8(ascii: "(") else { return nil }
      word.isAllDigits = false
      word.hasDollar = true
      let child = makeNode(.processSubstitution, index)
      attach(child, to: word.node)
      return try scanCommandSubstitution(paren: index + 1, child)
    default: break
    }
    word.isAllDigits = false
    switch byte {
    case UInt8(ascii: "\\"):
      word.isQuoted = true
      guard index + 1 < text.count else {
        doubt = doubt ?? .trailingBackslash
        return index + 1
      }
      // Bash 5.2 prints such an element without the backslash and parses it again.
      if memory.isInArray, substitutionDepth > 0 { doubt = doubt ?? .printedArray }
      attach(makeNode(.escape, index, index + 2), to: word.node)
      return index + 2
    case UInt8(ascii: "'"):
      word.isQuoted = true
      let end = try scanSingleQuoted(from: index + 1, opener: index..<index + 1)
      attach(makeNode(.singleQuoted, index, end), to: word.node)
      return end
    case UInt8(ascii: "\""):
      word.isQuoted = true
      return try scanQuoted(at: index, into: word.node)
    case UInt8(ascii: "`"):
      return try scanBackquoted(at: index, into: word.node)
    case UInt8(ascii: "$"):
      word.hasDollar = true
      word.isQuoted = word.isQuoted || next == UInt8(ascii: "'") || next == UInt8(ascii: "\"")
      return try scanDollar(at: index, quotes: true, into: word.node)
    case UInt8(ascii: "["):
      return try readSubscript(at: index, &word)
    case UInt8(ascii: "="):
      return try readEquals(at: index, next, &word)
    default:
      return try readPattern(at: index, next, word)
    }
  }

  private mutating func readRegularExpressionGroup(
    at index: Int,
    _ word: WordState
  ) throws(ShellStop) -> Int? {
    guard memory.readsRegularExpression else { return nil }
    return try scanParens(from: index + 1, opener: index..<index + 1, word)
  }

  /// `@( )` and its like, on the right side of `==` only.
  private mutating func readPattern(
    at index: Int,
    _ next: UInt8,
    _ word: WordState
  ) throws(ShellStop) -> Int {
    guard memory.readsPattern, next == UInt8(ascii: "(") else { return index + 1 }
    return try scanParens(from: index + 2, opener: index..<index + 2, word)
  }

  private mutating func scanParens(
    from start: Int,
    opener: Range<Int>,
    _ word: WordState
  ) throws(ShellStop) -> Int {
    try scanGroup(
      from: start,
      opener: opener,
      UInt8(ascii: "("),
      into: word.node
    )
  }

  /// `[`, which is the beginning of a subscript behind a name that may be assigned to.
  private mutating func readSubscript(
    at index: Int,
    _ word: inout WordState
  ) throws(ShellStop) -> Int {
    let isBehindName =
      index > word.start && memory.allowsAssignment && nameEnd(from: word.start) == index
    guard isBehindName || (index == word.start && memory.isInArray) else { return index + 1 }
    let node = makeNode(.subscriptGroup, index)
    attach(node, to: word.node)
    let end = try scanGroup(
      from: index + 1,
      opener: index..<index + 1,
      UInt8(ascii: "["),
      contents: .words,
      into: node
    )
    close(node, at: end)
    word.subscriptEnd = end
    return end
  }

  private mutating func readEquals(
    at index: Int,
    _ next: UInt8,
    _ word: inout WordState
  ) throws(ShellStop) -> Int {
    guard word.valueStart == 0, assigns(word, at: index) else { return index + 1 }
    word.valueStart = index + 1
    guard next == UInt8(ascii: "("),
      memory.allowsAssignment || memory.allowsArrayArguments
    else { return index + 1 }
    return try readArray(paren: index + 1, word.node)
  }

  /// Whether all before the `=` at `index` is something that can be assigned to.
  private func assigns(_ word: WordState, at index: Int) -> Bool {
    var end = index
    if end > word.start, text[end - 1] == UInt8(ascii: "+") { end -= 1 }
    if end == word.start { return false }
    if word.subscriptEnd == end { return true }
    let name = nameEnd(from: word.start)
    if name == end { return true }
    return name > word.start && text[name] == UInt8(ascii: "[")
      && text[end - 1] == UInt8(ascii: "]")
  }

  /// The elements of `name=( )`.
  private mutating func readArray(paren: Int, _ word: Int32) throws(ShellStop) -> Int {
    try descend()
    let node = makeNode(.arrayValue, paren)
    attach(node, to: word)
    let saved = memory
    memory.last = .word
    memory.beforeLast = .start
    memory.awaitedIns = 0
    memory.isInArray = true
    cursor = paren + 1
    while true {
      let element = try readToken()
      if element.kind == .closeParen { break }
      if element.kind == .end { throw unclosed(paren..<paren + 1) }
      guard element.kind == .word || element.kind == .assignmentWord else {
        throw .syntax(
          ShellSyntaxError(
            reason: .unexpected,
            range: element.range,
            opener: paren..<paren + 1
          )
        )
      }
      attach(element.node, to: node)
    }
    memory = saved
    depth -= 1
    close(node, at: cursor)
    return cursor
  }
}
