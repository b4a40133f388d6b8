extension ShellParser {
  /// Pipelines up to something that ends a list.
  ///
  /// The caller looks at the token behind it.
  mutating func parseList() throws(ShellStop) -> Int32 {
    try descend()
    let list = makeNode(.list, token.start)
    while true {
      let pipeline = try parsePipelineCommand()
      attach(pipeline, to: list)
      let mark: ShellMark
      switch token.kind {
      case .semicolon: mark = .semicolon
      case .ampersand: mark = .ampersand
      case .andAnd: mark = .and
      case .orOr: mark = .or
      default:
        close(list, at: Int(nodes[Int(pipeline)].end))
        depth -= 1
        return list
      }
      nodes[Int(pipeline)].mark = mark
      nodes[Int(pipeline)].detail = Int32(token.start)
      close(list, at: token.end)
      try advance()
      if mark == .and || mark == .or || token.kind.startsCommand { continue }
      depth -= 1
      return list
    }
  }

  /// `!` and `time` in any number, then a pipeline, or nothing.
  private mutating func parsePipelineCommand() throws(ShellStop) -> Int32 {
    let pipeline = makeNode(.pipeline, token.start)
    while true {
      if token.kind == .bang {
        try advance()
      } else if token.kind == .time {
        try advance()
        if token.kind == .timeOption { try advance() }
        if token.kind == .timeIgnore { try advance() }
      } else {
        break
      }
      if token.kind == .end || token.kind == .semicolon {
        close(pipeline, at: token.start)
        return pipeline
      }
    }
    guard token.kind.startsCommand else { throw unexpected() }
    try parsePipeline(into: pipeline)
    return pipeline
  }

  private mutating func parsePipeline(into pipeline: Int32) throws(ShellStop) {
    while true {
      let command = try parseCommand()
      attach(command, to: pipeline)
      close(pipeline, at: Int(nodes[Int(command)].end))
      guard token.kind == .pipe || token.kind == .pipeAmpersand else { return }
      nodes[Int(command)].mark = token.kind == .pipe ? .pipe : .pipeBoth
      nodes[Int(command)].detail = Int32(token.start)
      try advance()
      guard token.kind.startsCommand, token.kind != .bang, token.kind != .time else {
        throw unexpected()
      }
    }
  }

  private mutating func parseCommand() throws(ShellStop) -> Int32 {
    switch token.kind {
    case .word, .assignmentWord: return try parseSimple()
    case .functionWord: return try parseFunction()
    case .coprocWord: return try parseCoprocess()
    default:
      if token.kind.startsRedirection { return try parseSimple() }
      return try parseShellCommand()
    }
  }

  /// A simple command, or the definition that `name ( )` begins.
  private mutating func parseSimple() throws(ShellStop) -> Int32 {
    let command = makeNode(.simple, token.start)
    var isFirst = true
    var hasOnlyRedirections = true
    while true {
      switch token.kind {
      case .word:
        hasOnlyRedirections = false
        memory.hasOnlyRedirections = false
        attach(token.node, to: command)
        close(command, at: token.end)
        let name = token
        try advance()
        if isFirst, token.kind == .openParen {
          nodes[Int(command)].kind = .function
          return try parseFunctionBody(command, opener: name.range)
        }
      case .assignmentWord:
        hasOnlyRedirections = false
        memory.hasOnlyRedirections = false
        attach(token.node, to: command)
        close(command, at: token.end)
        try advance()
      default:
        guard token.kind.startsRedirection else {
          memory.hasOnlyRedirections = false
          return command
        }
        let redirection = try parseRedirection(only: hasOnlyRedirections)
        attach(redirection, to: command)
        close(command, at: Int(nodes[Int(redirection)].end))
      }
      isFirst = false
    }
  }

  /// `[n | {name}] operator target`.
  ///
  /// - Parameter only: Whether it stands in a simple command that has nothing else yet: behind it an
  ///   assignment may come.
  /// - Returns: Its node.
  /// - Throws: What ends the parsing.
  mutating func parseRedirection(only: Bool = false) throws(ShellStop) -> Int32 {
    let node = makeNode(.redirection, token.start)
    if token.kind == .number || token.kind == .redirectionWord {
      try advance()
      guard token.kind != .ampersandGreater, token.kind != .ampersandGreaterGreater else {
        throw unexpected()
      }
    }
    guard let mark = Self.mark(of: token.kind) else { throw unexpected() }
    nodes[Int(node)].mark = mark
    nodes[Int(node)].detail = Int32(token.start)
    let allowsNumber = token.kind == .lessAmpersand || token.kind == .greaterAmpersand
    try advance()
    switch token.kind {
    case .word: attach(token.node, to: node)
    case .number where allowsNumber: attach(token.node, to: node)
    case .dash where allowsNumber: break
    default: throw unexpected()
    }
    close(node, at: token.end)
    memory.hasOnlyRedirections = only
    try advance()
    return node
  }

  private static func mark(of kind: ShellToken.Kind) -> ShellMark? {
    switch kind {
    case .less: .input
    case .greater: .output
    case .greaterGreater: .append
    case .greaterPipe: .clobber
    case .lessGreater: .readWrite
    case .lessAmpersand: .duplicateInput
    case .greaterAmpersand: .duplicateOutput
    case .ampersandGreater: .both
    case .ampersandGreaterGreater: .appendBoth
    case .lessLess, .lessLessDash: .hereDocument
    case .lessLessLess: .hereString
    default: nil
    }
  }

  /// Redirections behind a compound command.
  mutating func parseTrailingRedirections(of command: Int32) throws(ShellStop) {
    while token.kind.startsRedirection {
      let redirection = try parseRedirection()
      attach(redirection, to: command)
      close(command, at: Int(nodes[Int(redirection)].end))
    }
  }
}
