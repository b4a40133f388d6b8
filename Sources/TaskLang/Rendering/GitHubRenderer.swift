/// Writes diagnostics as workflow commands of GitHub Actions, which show them beside the source.
///
/// GitHub shows the first ten errors and the first ten warnings of a step, so that what is gravest
/// must come first: nothing is written before the end.
/// Source: GitHub's documentation, "Workflow commands for GitHub Actions".
struct GitHubRenderer: Sendable {
  private var commands: [Severity: [UInt8]] = [:]

  /// Takes in one finding.
  mutating func append(_ diagnostic: Diagnostic, of file: String) {
    let kind =
      switch diagnostic.severity {
      case .error: "error"
      case .warning: "warning"
      case .info, .hint: "notice"
      }
    let span = diagnostic.primary.span
    var text = "::\(kind) file=\(Self.property(Self.relative(file)))"
    text += ",line=\(span.start.line),endLine=\(span.end.line)"
    // Columns of a span of several lines are refused.
    if span.start.line == span.end.line {
      text += ",col=\(span.start.column),endColumn=\(span.end.column)"
    }
    text += ",title=\(diagnostic.codeText) \(diagnostic.code.name)::"
    let advice = diagnostic.notes.map { "note: \($0)" } + diagnostic.help.map { "help: \($0)" }
    text += ([diagnostic.message] + advice).map(Self.data).joined(separator: "%0A")
    commands[diagnostic.severity, default: []] += (text + "\n").utf8
  }

  /// Writes what was taken in, the gravest first.
  mutating func finish(_ tally: FindingTally, to out: inout [UInt8]) {
    for severity in Severity.allCases.reversed() { out += commands[severity] ?? [] }
    commands.removeAll()
    if tally.total > 0 { out += (tally.summary + "\n").utf8 }
  }

  private static func relative(_ file: String) -> String {
    file.hasPrefix("./") ? String(file.dropFirst(2)) : file
  }

  /// Text behind the `::`, its controls drawn as escapes, so that none can begin a command.
  private static func data(_ text: String) -> String {
    escaped(MessageText.drawn(text), [("%", "%25")])
  }

  /// The value of a property, where `:` and `,` would end it.
  private static func property(_ text: String) -> String {
    MessageText.drawn(
      escaped(text, [("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")])
    )
  }

  private static func escaped(
    _ text: String,
    _ table: [(raw: Unicode.Scalar, escape: String)]
  ) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if let entry = table.first(where: { $0.raw == scalar }) {
        result += entry.escape
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
