/// A parser for the commands of task lines, as `bash -c` of version 5.2 parses them.
///
/// A command is one line, so newlines, here-document bodies and continued lines do not occur; aliases
/// and history are off, `extglob` is off but for the right side of `==` in `[[ ]]`, as in any
/// `bash -c`. What it calls an error bash calls an error; what it accepts bash may still refuse in the
/// few cases that Docs/shell-syntax.md lists. The grammar is that of the Bash Reference Manual, chapter
/// 3; where bash differs from its manual, bash was asked.
///
/// One parser is used for many commands: its arrays keep their room. It recurses only into nested
/// constructs, and to a fixed depth; beyond that it has no opinion.
package struct ShellParser: Sendable {
  /// Nested constructs followed before giving up.
  static let depthLimit = 48
  /// Bytes of a command from which on no process can be given it (Linux's MAX_ARG_STRLEN).
  package static let lengthLimit = 131_072

  /// The text, all parts of the command joined.
  package internal(set) var text: [UInt8] = []
  /// Every node of the tree, in no order that matters.
  package internal(set) var nodes: [ShellNode] = []
  /// The list that is the whole command; -1 for an empty one or when there is no tree.
  package internal(set) var root: Int32 = -1
  /// The comment that ends the text, if one does.
  package internal(set) var comment: Range<Int>?

  /// The lexer's place in the text.
  var cursor = 0
  /// The token that the grammar looks at.
  var token = ShellToken(kind: .start, start: 0, end: 0)
  var memory = ShellLexerMemory()
  var depth = 0
  /// How many `$( )` and the like are around what is parsed.
  var substitutionDepth = 0
  /// Why an error found from here on may be none; nil while there is no reason.
  var doubt: ShellDoubt?
  /// Bytes between `((` and `)` that turned out to be two subshells.
  var rescanned = 0
  /// Where the constructs that are open began, the innermost last.
  var openers: [Range<Int>] = []

  package init() {}

  /// Parses `text`, which the caller has filled.
  ///
  /// - Parameter fill: Appends the parts of the command to the (empty) text.
  /// - Returns: What is known; the tree is there only when it is `accepted`.
  /// - Complexity: O(length of the text).
  package mutating func parse(_ fill: (inout [UInt8]) -> Void) -> ShellVerdict {
    reset()
    fill(&text)
    guard text.count < Self.lengthLimit else { return .unknown(.length) }
    do {
      try parseText()
      return .accepted
    } catch {
      root = -1
      switch error {
      case .gaveUp(let reason): return .unknown(reason)
      case .syntax(let error): return doubt.map { .unknown($0) } ?? .rejected(error)
      }
    }
  }

  private mutating func reset() {
    text.removeAll(keepingCapacity: true)
    nodes.removeAll(keepingCapacity: true)
    openers.removeAll(keepingCapacity: true)
    root = -1
    comment = nil
    cursor = 0
    token = ShellToken(kind: .start, start: 0, end: 0)
    memory = ShellLexerMemory()
    depth = 0
    substitutionDepth = 0
    doubt = nil
    rescanned = 0
  }

  private mutating func parseText() throws(ShellStop) {
    if text.contains(0) { throw .gaveUp(.nul) }
    token = try readToken()
    guard token.kind != .end else { return }
    let list = try parseList()
    guard token.kind == .end else { throw unexpected() }
    root = list
  }

  /// Reads the next token; what was current becomes the last.
  mutating func advance() throws(ShellStop) {
    memory.beforeLast = memory.last
    memory.last = token.kind
    token = try readToken()
  }

  /// Goes one construct deeper.
  mutating func descend() throws(ShellStop) {
    depth += 1
    if depth > Self.depthLimit { throw .gaveUp(.nesting) }
  }

  /// The error that the current token cannot stand where it does.
  func unexpected() -> ShellStop {
    if token.kind == .end {
      return .syntax(
        ShellSyntaxError(
          reason: .unexpectedEnd,
          range: text.count..<text.count,
          opener: openers.last
        )
      )
    }
    return .syntax(
      ShellSyntaxError(reason: .unexpected, range: token.range, opener: openers.last)
    )
  }

  /// The error that what began at `opener` has no end.
  func unclosed(_ opener: Range<Int>) -> ShellStop {
    .syntax(
      ShellSyntaxError(reason: .unclosed, range: text.count..<text.count, opener: opener)
    )
  }

  /// Makes a node.
  mutating func makeNode(_ kind: ShellNodeKind, _ start: Int, _ end: Int = 0) -> Int32 {
    nodes.append(ShellNode(kind: kind, start: Int32(start), end: Int32(end)))
    return Int32(nodes.count - 1)
  }

  /// Makes `child` the last child of `parent`.
  mutating func attach(_ child: Int32, to parent: Int32) {
    let last = nodes[Int(parent)].lastChild
    if last < 0 {
      nodes[Int(parent)].firstChild = child
    } else {
      nodes[Int(last)].nextSibling = child
    }
    nodes[Int(parent)].lastChild = child
  }

  /// Ends a node at `end`.
  mutating func close(_ node: Int32, at end: Int) { nodes[Int(node)].end = Int32(end) }
}
