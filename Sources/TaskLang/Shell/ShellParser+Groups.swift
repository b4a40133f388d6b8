/// Stretches with a partner at their end: quotes, braces, parens and brackets.
///
/// The rules are those by which bash finds the end of such a stretch, which are not those by which it
/// expands it later: in `$(( ))` it only counts parens, in backticks it looks for nothing but the other
/// backtick, and single quotes count within `"${ }"`.
extension ShellParser {
  /// What is looked for between two different bytes, besides quotes.
  enum GroupContents {
    /// Nothing: parens of `$( )` count as parens, as in patterns.
    case text
    /// `$( )`, but not `${ }` and `$[ ]`, whose parens count.
    case arithmetic
    /// All that `$` may begin, and `<( )` and `>( )`: in `${ }` and subscripts.
    case words
  }

  /// Finds the end of a single-quoted stretch, from behind its quote on.
  mutating func scanSingleQuoted(
    from start: Int,
    opener: Range<Int>,
    allowsEscapes: Bool = false
  ) throws(ShellStop) -> Int {
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "'") { return index + 1 }
      index += allowsEscapes && byte == UInt8(ascii: "\\") ? 2 : 1
    }
    throw unclosed(opener)
  }

  /// Finds the end of a stretch in double quotes and notes the expansions in it.
  mutating func scanDoubleQuoted(
    from start: Int,
    opener: Range<Int>,
    into node: Int32
  ) throws(ShellStop) -> Int {
    try descend()
    var index = start
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\""):
        depth -= 1
        return index + 1
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "`"): index = try scanBackquoted(at: index, into: node)
      case UInt8(ascii: "$"): index = try scanDollar(at: index, quotes: false, into: node)
      default: index += 1
      }
    }
    throw unclosed(opener)
  }

  /// Finds the end of a stretch in backticks.
  mutating func scanBackquoted(at start: Int, into parent: Int32) throws(ShellStop) -> Int {
    let node = makeNode(.backquoted, start)
    attach(node, to: parent)
    var index = start + 1
    // Quotes do not keep it from ending, but what is between single quotes is not expanded later.
    var isSingleQuoted = false
    var isDoubleQuoted = false
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "`"):
        close(node, at: index + 1)
        return index + 1
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "'") where !isDoubleQuoted:
        isSingleQuoted.toggle()
        index += 1
      case UInt8(ascii: "\"") where !isSingleQuoted:
        isDoubleQuoted.toggle()
        index += 1
      case UInt8(ascii: "$") where !isSingleQuoted: index = noteParameter(at: index, into: node)
      default: index += 1
      }
    }
    throw unclosed(start..<start + 1)
  }

  /// Takes a `$` and what it begins.
  ///
  /// - Parameters:
  ///   - start: The `$`.
  ///   - quotes: Whether `$'` and `$"` begin quotes here.
  ///   - parent: Where the node goes.
  /// - Returns: Behind what it took.
  /// - Throws: What ends the parsing.
  mutating func scanDollar(
    at start: Int,
    quotes: Bool,
    into parent: Int32
  ) throws(ShellStop) -> Int {
    guard start + 1 < text.count else { return start + 1 }
    switch text[start + 1] {
    case UInt8(ascii: "("):
      let node = makeNode(.commandSubstitution, start)
      attach(node, to: parent)
      return try scanCommandSubstitution(paren: start + 1, node)
    case UInt8(ascii: "{"):
      return try scanBraced(at: start, into: parent)
    case UInt8(ascii: "["):
      let node = makeNode(.arithmetic, start)
      attach(node, to: parent)
      let end = try scanGroup(
        from: start + 2,
        opener: start..<start + 2,
        UInt8(ascii: "["),
        contents: .arithmetic,
        into: node
      )
      close(node, at: end)
      return end
    case UInt8(ascii: "'") where quotes:
      let end = try scanSingleQuoted(
        from: start + 2,
        opener: start..<start + 2,
        allowsEscapes: true
      )
      attach(makeNode(.ansiQuoted, start, end), to: parent)
      return end
    case UInt8(ascii: "\"") where quotes:
      let node = makeNode(.doubleQuoted, start)
      attach(node, to: parent)
      let end = try scanDoubleQuoted(from: start + 2, opener: start..<start + 2, into: node)
      close(node, at: end)
      return end
    default:
      return noteParameter(at: start, into: parent)
    }
  }

  /// `${...}`.
  private mutating func scanBraced(at start: Int, into parent: Int32) throws(ShellStop) -> Int {
    let node = makeNode(.parameter, start)
    nodes[Int(node)].mark = .braced
    attach(node, to: parent)
    var name = start + 2
    if name + 1 < text.count, text[name] == ASCII.hash || text[name] == UInt8(ascii: "!"),
      ASCII.startsName(text[name + 1])
    {
      name += 1
    }
    nodes[Int(node)].detail = Int32(name)
    let end = try scanGroup(
      from: start + 2,
      opener: start..<start + 2,
      UInt8(ascii: "{"),
      contents: .words,
      into: node
    )
    close(node, at: end)
    return end
  }

  /// Finds the end of a stretch between two different bytes.
  ///
  /// - Parameters:
  ///   - start: Behind the opening byte.
  ///   - opener: What to call the beginning.
  ///   - open: The opening byte: of `( )`, `[ ]`, or `${ }`, where a plain `{` opens nothing.
  ///   - contents: What is looked for.
  ///   - node: Where what is found goes.
  /// - Returns: Behind the closing byte.
  /// - Throws: What ends the parsing.
  mutating func scanGroup(
    from start: Int,
    opener: Range<Int>,
    _ open: UInt8,
    contents: GroupContents = .text,
    into node: Int32
  ) throws(ShellStop) -> Int {
    try descend()
    let isBrace = open == UInt8(ascii: "{")
    let end: UInt8 =
      switch open {
      case UInt8(ascii: "("): UInt8(ascii: ")")
      case UInt8(ascii: "["): UInt8(ascii: "]")
      default: UInt8(ascii: "}")
      }
    var level = 1
    var index = start
    var isBehindAngle = false
    while index < text.count {
      let byte = text[index]
      let wasBehindAngle = isBehindAngle
      isBehindAngle = false
      if byte == end {
        level -= 1
        index += 1
        if level == 0 {
          depth -= 1
          return index
        }
        continue
      }
      if byte == open, !isBrace { level += 1 }
      switch byte {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "'"):
        let quote = index
        index = try scanSingleQuoted(from: index + 1, opener: index..<index + 1)
        attach(makeNode(.singleQuoted, quote, index), to: node)
      case UInt8(ascii: "\""): index = try scanQuoted(at: index, into: node)
      case UInt8(ascii: "`"): index = try scanBackquoted(at: index, into: node)
      case UInt8(ascii: "$"):
        index = try scanDollarInGroup(
          at: index,
          contents: contents,
          into: node
        )
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        // The second of two angles begins nothing, the third may: so bash counts.
        let next = try scanAngleInGroup(
          at: index,
          expands: contents == .words && !wasBehindAngle,
          into: node
        )
        isBehindAngle = !wasBehindAngle && next == index + 1
        index = next
      default: index += 1
      }
    }
    throw unclosed(opener)
  }

  /// `"..."` as a child of `parent`.
  mutating func scanQuoted(at start: Int, into parent: Int32) throws(ShellStop) -> Int {
    let node = makeNode(.doubleQuoted, start)
    attach(node, to: parent)
    let end = try scanDoubleQuoted(from: start + 1, opener: start..<start + 1, into: node)
    close(node, at: end)
    return end
  }

  private mutating func scanDollarInGroup(
    at start: Int,
    contents: GroupContents,
    into node: Int32
  ) throws(ShellStop) -> Int {
    guard start + 1 < text.count else { return start + 1 }
    switch text[start + 1] {
    case UInt8(ascii: "'"):
      return try scanDollar(at: start, quotes: true, into: node)
    case UInt8(ascii: "(") where contents != .text:
      return try scanDollar(at: start, quotes: true, into: node)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if contents == .words { return try scanDollar(at: start, quotes: true, into: node) }
      return noteParameter(at: start, into: node)
    default:
      return noteParameter(at: start, into: node)
    }
  }

  private mutating func scanAngleInGroup(
    at start: Int,
    expands: Bool,
    into node: Int32
  ) throws(ShellStop) -> Int {
    guard expands, start + 1 < text.count, text[start + 1] == UInt8(ascii: "(") else {
      return start + 1
    }
    let child = makeNode(.processSubstitution, start)
    attach(child, to: node)
    return try scanCommandSubstitution(paren: start + 1, child)
  }

  /// Takes a `$` that begins a parameter or nothing, without looking into braces.
  mutating func noteParameter(at start: Int, into parent: Int32) -> Int {
    guard start + 1 < text.count else { return start + 1 }
    let byte = text[start + 1]
    if byte == UInt8(ascii: "{") {
      let end = nameEnd(from: start + 2)
      guard end > start + 2 else { return start + 1 }
      let node = makeNode(.parameter, start, end)
      nodes[Int(node)].mark = .braced
      nodes[Int(node)].detail = Int32(start + 2)
      attach(node, to: parent)
      return start + 1
    }
    let end: Int
    if ASCII.startsName(byte) {
      end = nameEnd(from: start + 1)
    } else if ASCII.isDigit(byte) || Self.isSpecialParameter(byte) {
      end = start + 2
    } else {
      return start + 1
    }
    let node = makeNode(.parameter, start, end)
    nodes[Int(node)].detail = Int32(start + 1)
    attach(node, to: parent)
    return end
  }

  private static func isSpecialParameter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "$"), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "@"),
      UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Behind the name that starts at `start`; `start` where none does.
  package func nameEnd(from start: Int) -> Int {
    guard start < text.count, ASCII.startsName(text[start]) else { return start }
    var end = start + 1
    while end < text.count, ASCII.continuesName(text[end]) { end += 1 }
    return end
  }
}
