import TaskLang

/// What shellcheck writes in its format `json1`, as far as it is of use.
///
/// Source: shellcheck(1), and src/ShellCheck/Formatter/JSON1.hs of the program.
struct ShellcheckOutput: Decodable {
  /// A comment, and the file it is on.
  struct Comment: Decodable {
    private struct Fix: Decodable { let replacements: [Replacement] }

    private struct Replacement: Decodable {
      let line: Int
      let column: Int
      let endLine: Int
      let endColumn: Int
      let replacement: String
    }

    let file: String
    let comment: ShellcheckComment

    private enum Key: CodingKey {
      case file, line, endLine, column, endColumn, level, code, message, fix
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      file = try values.decode(String.self, forKey: .file)
      let fix = try values.decodeIfPresent(Fix.self, forKey: .fix)
      // A command is one line; what is said of the line behind it is said of its end.
      func columns(_ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int) -> Range<Int> {
        let start = line > 1 ? Int.max : column
        return start..<max(start, endLine > 1 ? Int.max : endColumn)
      }
      comment = ShellcheckComment(
        number: try values.decode(Int.self, forKey: .code),
        severity: Self.severity(try values.decode(String.self, forKey: .level)),
        message: try values.decode(String.self, forKey: .message),
        columns: columns(
          try values.decode(Int.self, forKey: .line),
          try values.decode(Int.self, forKey: .column),
          try values.decode(Int.self, forKey: .endLine),
          try values.decode(Int.self, forKey: .endColumn)
        ),
        replacements: (fix?.replacements ?? []).map { part in
          ShellcheckComment.Replacement(
            columns: columns(part.line, part.column, part.endLine, part.endColumn),
            text: part.replacement
          )
        }
      )
    }

    private static func severity(_ level: String) -> Severity {
      switch level {
      case "error": .error
      case "warning": .warning
      case "info": .info
      default: .hint
      }
    }
  }

  let comments: [Comment]
}
