extension ShellParser {
  /// A compound command with the redirections behind it.
  mutating func parseShellCommand() throws(ShellStop) -> Int32 {
    try descend()
    let command: Int32
    switch token.kind {
    case .openParen: command = try parseEnclosed(.subshell, .closeParen)
    case .openBrace: command = try parseEnclosed(.group, .closeBrace)
    case .ifWord: command = try parseIf()
    case .whileWord, .untilWord: command = try parseWhile()
    case .forWord: command = try parseFor(.forClause)
    case .selectWord: command = try parseFor(.selectClause)
    case .caseWord: command = try parseCase()
    case .conditionStart: command = try parseCondition()
    case .arithmeticCommand:
      command = token.node
      try advance()
    default: throw unexpected()
    }
    try parseTrailingRedirections(of: command)
    depth -= 1
    return command
  }

  /// Takes a token that must be there.
  private mutating func expect(_ kind: ShellToken.Kind) throws(ShellStop) {
    guard token.kind == kind else { throw unexpected() }
    try advance()
  }

  /// `( list )` or `{ list }`.
  private mutating func parseEnclosed(
    _ kind: ShellNodeKind,
    _ end: ShellToken.Kind
  ) throws(ShellStop) -> Int32 {
    let node = makeNode(kind, token.start)
    openers.append(token.range)
    try advance()
    let list = try parseList()
    attach(list, to: node)
    close(node, at: token.end)
    try expect(end)
    openers.removeLast()
    return node
  }

  private mutating func parseIf() throws(ShellStop) -> Int32 {
    let node = makeNode(.ifClause, token.start)
    openers.append(token.range)
    try advance()
    attach(try parseList(), to: node)
    try expect(.thenWord)
    attach(try parseList(), to: node)
    while token.kind == .elifWord {
      try advance()
      attach(try parseList(), to: node)
      try expect(.thenWord)
      attach(try parseList(), to: node)
    }
    if token.kind == .elseWord {
      try advance()
      attach(try parseList(), to: node)
    }
    close(node, at: token.end)
    try expect(.fiWord)
    openers.removeLast()
    return node
  }

  private mutating func parseWhile() throws(ShellStop) -> Int32 {
    let node = makeNode(.whileClause, token.start)
    openers.append(token.range)
    try advance()
    attach(try parseList(), to: node)
    try parseDoGroup(into: node, allowsBraces: false)
    openers.removeLast()
    return node
  }

  /// `do list done`, or `{ list }` where a loop may have that.
  private mutating func parseDoGroup(
    into node: Int32,
    allowsBraces: Bool
  ) throws(ShellStop) {
    let isBrace = token.kind == .openBrace && allowsBraces
    guard isBrace || token.kind == .doWord else { throw unexpected() }
    try advance()
    attach(try parseList(), to: node)
    close(node, at: token.end)
    try expect(isBrace ? .closeBrace : .doneWord)
  }

  /// `for` and `select`.
  private mutating func parseFor(_ kind: ShellNodeKind) throws(ShellStop) -> Int32 {
    let node = makeNode(kind, token.start)
    openers.append(token.range)
    try advance()
    if token.kind == .arithmeticFor {
      try checkLoopHead(token)
      attach(token.node, to: node)
      try advance()
      if token.kind == .semicolon { try advance() }
    } else {
      guard token.kind == .word else { throw unexpected() }
      attach(token.node, to: node)
      try advance()
      if token.kind == .inWord {
        try advance()
        while token.kind == .word {
          attach(token.node, to: node)
          try advance()
        }
        try expect(.semicolon)
      } else if token.kind == .semicolon {
        try advance()
      }
    }
    try parseDoGroup(into: node, allowsBraces: true)
    openers.removeLast()
    return node
  }

  /// Counts the semicolons of `for (( ; ; ))` where nothing hides one: a `$` does only in front of what is
  /// quoted or in braces or parens.
  private func checkLoopHead(_ head: ShellToken) throws(ShellStop) {
    var semicolons = 0
    for index in head.range {
      switch text[index] {
      case UInt8(ascii: ";"): semicolons += 1
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"),
        UInt8(ascii: "{"):
        return
      case UInt8(ascii: "(") where index > 0 && text[index - 1] == UInt8(ascii: "$"): return
      default: break
      }
    }
    guard semicolons != 2 else { return }
    throw .syntax(ShellSyntaxError(reason: .loopHead, range: head.range, opener: nil))
  }

  private mutating func parseCase() throws(ShellStop) -> Int32 {
    let node = makeNode(.caseClause, token.start)
    openers.append(token.range)
    try advance()
    guard token.kind == .word else { throw unexpected() }
    attach(token.node, to: node)
    try advance()
    try expect(.inWord)
    while token.kind != .esacWord {
      try parseCaseClause(into: node)
      switch token.kind {
      case .semicolonSemicolon, .semicolonAmpersand, .semicolonSemicolonAmpersand:
        try advance()
      case .esacWord: break
      default: throw unexpected()
      }
    }
    close(node, at: token.end)
    try advance()
    openers.removeLast()
    return node
  }

  private mutating func parseCaseClause(into node: Int32) throws(ShellStop) {
    if token.kind == .openParen { try advance() }
    while true {
      guard token.kind == .word else { throw unexpected() }
      attach(token.node, to: node)
      try advance()
      guard token.kind == .pipe else { break }
      try advance()
    }
    try expect(.closeParen)
    if token.kind.startsCommand { attach(try parseList(), to: node) }
  }

  /// `function name [( )] body`.
  mutating func parseFunction() throws(ShellStop) -> Int32 {
    let node = makeNode(.function, token.start)
    let opener = token.range
    try advance()
    guard token.kind == .word else { throw unexpected() }
    attach(token.node, to: node)
    try advance()
    if token.kind == .openParen {
      let paren = token
      try advance()
      guard token.kind == .closeParen else {
        return try parseFunctionSubshell(node, paren)
      }
      try advance()
    }
    return try finishFunction(node, opener: opener)
  }

  /// `function name ( list )`, whose paren has been taken.
  private mutating func parseFunctionSubshell(
    _ node: Int32,
    _ paren: ShellToken
  ) throws(ShellStop) -> Int32 {
    try descend()
    let body = makeNode(.subshell, paren.start)
    openers.append(paren.range)
    attach(try parseList(), to: body)
    close(body, at: token.end)
    try expect(.closeParen)
    openers.removeLast()
    try parseTrailingRedirections(of: body)
    attach(body, to: node)
    close(node, at: Int(nodes[Int(body)].end))
    depth -= 1
    return node
  }

  /// `( ) body` behind the name of a function.
  mutating func parseFunctionBody(
    _ node: Int32,
    opener: Range<Int>
  ) throws(ShellStop) -> Int32 {
    try expect(.openParen)
    try expect(.closeParen)
    return try finishFunction(node, opener: opener)
  }

  private mutating func finishFunction(
    _ node: Int32,
    opener: Range<Int>
  ) throws(ShellStop) -> Int32 {
    openers.append(opener)
    let body = try parseShellCommand()
    attach(body, to: node)
    close(node, at: Int(nodes[Int(body)].end))
    openers.removeLast()
    return node
  }

  /// `coproc [name] command`.
  mutating func parseCoprocess() throws(ShellStop) -> Int32 {
    try descend()
    let node = makeNode(.coprocess, token.start)
    try advance()
    let body: Int32
    switch token.kind {
    case .word: body = try parseNamedCoprocess()
    case .assignmentWord: body = try parseSimpleOfCoprocess(nil)
    default:
      if token.kind.startsRedirection {
        body = try parseSimpleOfCoprocess(nil)
      } else {
        body = try parseShellCommand()
      }
    }
    attach(body, to: node)
    close(node, at: Int(nodes[Int(body)].end))
    depth -= 1
    return node
  }

  private mutating func parseNamedCoprocess() throws(ShellStop) -> Int32 {
    let name = token
    try advance()
    if token.kind.startsCommand, token.kind != .word, token.kind != .assignmentWord,
      !token.kind.startsRedirection
    {
      return try parseShellCommand()
    }
    return try parseSimpleOfCoprocess(name)
  }

  /// A simple command, whose name may have been taken.
  private mutating func parseSimpleOfCoprocess(
    _ name: ShellToken?
  ) throws(ShellStop) -> Int32 {
    let command = makeNode(.simple, name?.start ?? token.start, name?.end ?? token.end)
    if let name { attach(name.node, to: command) }
    while true {
      if token.kind == .word || token.kind == .assignmentWord {
        attach(token.node, to: command)
        close(command, at: token.end)
        try advance()
      } else if token.kind.startsRedirection {
        let redirection = try parseRedirection()
        attach(redirection, to: command)
        close(command, at: Int(nodes[Int(redirection)].end))
      } else {
        return command
      }
    }
  }
}
