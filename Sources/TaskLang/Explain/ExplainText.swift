/// Pages and lists as text for a terminal of 80 columns.
enum ExplainText {
  private static let widthColumns = 78

  /// The page of one code.
  static func page(of code: DiagnosticCode) -> String {
    let page = code.page
    var text = "\(code.rawValue) \(code.name)\n"
    text += wrapped(ExplainStanding.sentence(of: code), indent: 0)
    text += section("What it finds", page.summary)
    text += section("Why it matters", page.why)
    text += section("How to mend it", page.mend)
    text += example("Instead of", page.bad)
    text += example("write", page.good)
    if let legend = page.bad.legend ?? page.good.legend {
      text += "\n" + wrapped("(\(legend))", indent: 2)
    }
    if !page.related.isEmpty {
      text += "\nSee also\n"
      for code in page.related { text += "  \(code.rawValue) \(code.name)\n" }
    }
    return text
  }

  /// One line for each code.
  static func list(of codes: [DiagnosticCode]) -> String {
    let width = (codes.map(\.name.count).max() ?? 0) + 2
    return codes.map { code in
      let name = padded(code.name, to: width)
      let isForeign = code == .shellcheck
      let severity = padded(isForeign ? "as it says" : code.severity.rawValue, to: 8)
      return "\(padded(code.rawValue, to: 5))  \(name)\(severity)\(code.isOptIn ? " opt-in" : "")"
    }
    .map { $0.trailingBlanksRemoved + "\n" }.joined()
  }

  private static func section(_ title: String, _ body: String) -> String {
    "\n\(title)\n" + wrapped(body, indent: 2)
  }

  private static func example(_ title: String, _ example: ExplainExample) -> String {
    let lines = example.shown.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return "\n\(title)\n" + lines.map { "    \($0)\n" }.joined()
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func wrapped(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > widthColumns {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).map { margin + $0 + "\n" }.joined()
  }
}

extension String {
  fileprivate var trailingBlanksRemoved: Substring {
    dropLast(reversed().prefix { $0 == " " }.count)
  }
}
