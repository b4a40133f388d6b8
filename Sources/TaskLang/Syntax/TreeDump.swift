/// Trees as text, one token a line, for goldens.
package enum TreeDump {
  /// Writes the tree.
  ///
  /// - Parameters:
  ///   - tree: The tree.
  ///   - source: The bytes it was made of.
  /// - Returns: A line for each statement and an indented one for each token.
  package static func text(_ tree: SyntaxTree, of source: [UInt8]) -> String {
    var text = ""
    for node in tree.nodes {
      text += "\(node.line) (\(name(of: node.statement)))\n"
      for token in node.tokens {
        text += "  \(token.kind) \(quoted(source[token.range]))\n"
      }
    }
    return text
  }

  private static func name(of statement: Statement) -> String {
    switch statement {
    case .blank: "blank"
    case .comment: "comment"
    case .task: "task"
    case .unknownDirective: "unknown directive"
    case .directive(.prefix): "prefix"
    case .directive(.suffix): "suffix"
    case .directive(.repeatTasks): "repeat"
    case .directive(.barrier): "barrier"
    case .directive(.perEngine): "perengine"
    }
  }

  private static func quoted(_ bytes: ArraySlice<UInt8>) -> String {
    var text = "\""
    for byte in bytes {
      switch byte {
      case 0x0A: text += "\\n"
      case 0x0D: text += "\\r"
      case 0x09: text += "\\t"
      case 0x22, 0x5C: text += "\\" + String(UnicodeScalar(byte))
      case 0x20...0x7E: text += String(UnicodeScalar(byte))
      default: text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return text + "\""
  }
}
