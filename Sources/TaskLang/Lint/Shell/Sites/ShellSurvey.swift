/// What one walk through a command's tree found, in the order of the text.
struct ShellSurvey: Sendable {
  /// A node and where it stands.
  struct Entry: Sendable {
    var node: Int32
    /// The command around it; -1 for none.
    var owner: Int32
    var isInFunction: Bool
    var isInSubstitution: Bool
    /// Whether something around it reads or redirects its standard output.
    var isPiped = false
  }

  private(set) var simples: [Entry] = []
  private(set) var parameters: [Entry] = []
  private(set) var redirections: [Entry] = []
  private(set) var arithmetics: [Entry] = []
  private(set) var singleQuotes: [Entry] = []
  private(set) var assignments: [Entry] = []

  /// Walks through the tree of an accepted command.
  ///
  /// - Complexity: O(nodes); the depth of recursion is that of the parser.
  mutating func take(_ parser: borrowing ShellParser) {
    simples.removeAll(keepingCapacity: true)
    parameters.removeAll(keepingCapacity: true)
    redirections.removeAll(keepingCapacity: true)
    arithmetics.removeAll(keepingCapacity: true)
    singleQuotes.removeAll(keepingCapacity: true)
    assignments.removeAll(keepingCapacity: true)
    guard parser.root >= 0 else { return }
    let entry = Entry(
      node: parser.root,
      owner: -1,
      isInFunction: false,
      isInSubstitution: false
    )
    walk(entry, parser.nodes.span)
  }

  private mutating func walk(_ entry: Entry, _ nodes: Span<ShellNode>) {
    let node = nodes[Int(entry.node)]
    var inner = entry
    switch node.kind {
    case .simple:
      simples.append(entry)
      inner.owner = entry.node
    case .subshell, .group, .ifClause, .forClause, .selectClause, .whileClause, .caseClause,
      .condition:
      inner.owner = entry.node
    case .arithmeticCommand:
      arithmetics.append(entry)
      inner.owner = entry.node
    case .function: inner.isInFunction = true
    case .commandSubstitution, .processSubstitution, .backquoted: inner.isInSubstitution = true
    case .parameter: parameters.append(entry)
    case .redirection: redirections.append(entry)
    case .arithmetic: arithmetics.append(entry)
    case .singleQuoted: singleQuotes.append(entry)
    case .assignment: assignments.append(entry)
    case .list, .pipeline, .coprocess, .word, .doubleQuoted, .ansiQuoted, .escape, .arrayValue,
      .subscriptGroup, .comment:
      break
    }
    // No `&&` or `||` reads `nodes` here: their right sides are closures, over which the optimiser of
    // Swift 6.3.1 loses a copy of the span and breaks off.
    var goesOn = node.mark == .pipe || node.mark == .pipeBoth
    if !goesOn { goesOn = Self.isRedirected(node, nodes) }
    if node.kind == .simple { goesOn = false }
    var child = node.firstChild
    while child >= 0 {
      let part = nodes[Int(child)]
      inner.node = child
      inner.isPiped = entry.isPiped || (goesOn && part.kind == .list)
      walk(inner, nodes)
      child = part.nextSibling
    }
  }

  /// Whether a compound command sends what its parts print somewhere.
  private static func isRedirected(_ node: ShellNode, _ nodes: Span<ShellNode>) -> Bool {
    guard node.lastChild >= 0, nodes[Int(node.lastChild)].kind == .redirection else { return false }
    var child = node.firstChild
    while child >= 0 {
      let part = nodes[Int(child)]
      if part.kind == .redirection, part.mark != .input, part.mark != .hereString { return true }
      child = part.nextSibling
    }
    return false
  }
}
