extension Inliner {
  /// Commands that run text which is not seen here, run it otherwise, or show it.
  private static let opaque: [StaticString] = [
    "eval", "source", ".", "fc", "history", "enable", "builtin", "command", "type", "jobs", "fg",
    "bg",
  ]
  /// Builtins that assign to what their arguments name.
  private static let assigning: [StaticString] = [
    "read", "unset", "declare", "typeset", "local", "export", "readonly", "let", "mapfile",
    "readarray", "getopts", "printf", "wait", "set",
  ]
  /// Builtins that show every variable when they get no name.
  private static let listing: [StaticString] = [
    "set", "declare", "typeset", "local", "export", "readonly",
  ]
  /// Builtins that start nothing and show no variable that they are not told to.
  private static let selfContained: [StaticString] = [
    "echo", "printf", ":", "true", "false", "test", "[", "cd", "pwd", "exit", "return", "break",
    "continue", "wait", "let", "local", "shift", "umask", "ulimit", "read", "set", "shopt", "unset",
    "export", "kill", "times",
  ]

  /// Whether the text shows all that the command does to variables.
  var isTransparent: Bool {
    let hidesText = parser.nodes.contains { $0.mark == .hereDocument }
    guard !hidesText else { return false }
    let readsLast = survey.parameters.contains { entry in
      let start = Int(parser.node(entry.node).start)
      return start + 1 < parser.text.count && parser.text[start + 1] == UInt8(ascii: "_")
        && parser.parameterName(entry.node).count == 1
    }
    return !readsLast && !parser.text.span.contains("${_", in: 0..<parser.text.count)
      && survey.simples.allSatisfy { isTransparent($0.node) }
  }

  private func isTransparent(_ command: Int32) -> Bool {
    let words = parser.words(of: command)
    if words.isEmpty { return true }
    guard let name = parser.commandName(of: command), !parser.isOne(name, of: Self.opaque) else {
      return false
    }
    let arguments = words.dropFirst()
    if parser.isOne(name, of: Self.listing),
      arguments.allSatisfy({ parser.text[Int(parser.node($0).start)] == UInt8(ascii: "-") }),
      !parser.equals(name, "set") || arguments.isEmpty
    {
      return false
    }
    if parser.isOne(name, of: ["set", "declare", "typeset"]), arguments.contains(where: showsText) {
      return false
    }
    let isAssigning = parser.isOne(name, of: Self.assigning)
    let isPrinting = parser.equals(name, "printf") || parser.equals(name, "wait")
    guard isAssigning, !isPrinting || arguments.contains(where: isVariableOption) else {
      return true
    }
    return arguments.allSatisfy(hasLiteralName)
  }

  /// Whether an option makes bash write commands or functions as they are spelt.
  private func showsText(_ word: Int32) -> Bool {
    let range = parser.node(word).range
    if parser.isOne(range, of: ["xtrace", "verbose"]) { return true }
    guard parser.text[range.lowerBound] == UInt8(ascii: "-") else { return false }
    return parser.text[range].contains {
      $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "v") || $0 == UInt8(ascii: "f")
    }
  }

  /// `-v` of `printf`, `-p` of `wait`.
  private func isVariableOption(_ word: Int32) -> Bool {
    let range = parser.node(word).range
    return parser.text.span.starts(with: "-v", at: range.lowerBound, end: range.upperBound)
      || parser.text.span.starts(with: "-p", at: range.lowerBound, end: range.upperBound)
  }

  /// Whether a word, up to a `=` in it, has neither quotes nor expansions.
  private func hasLiteralName(_ word: Int32) -> Bool {
    let node = parser.node(word)
    guard node.firstChild >= 0 else { return true }
    let first = Int(parser.node(node.firstChild).start)
    return parser.text[Int(node.start)..<first].contains(UInt8(ascii: "="))
  }

  /// Whether nothing that the command runs can look at its environment.
  var runsOnlyBuiltins: Bool {
    let text = parser.text.span
    let isIndirect =
      text.contains("${!", in: 0..<text.count)
      || parser.nodes.contains {
        [.function, .coprocess, .backquoted].contains($0.kind)
      }
    return !isIndirect
      && survey.simples.allSatisfy { entry in
        parser.words(of: entry.node).isEmpty || parser.isCalled(entry.node, Self.selfContained)
      }
  }
}
