/// Writes the pages of codes, and lists of codes.
package struct ExplainWriter: Sendable {
  private let format: ExplainFormat

  /// Makes a writer.
  package init(format: ExplainFormat) { self.format = format }

  /// Writes the page of one code.
  package func append(_ code: DiagnosticCode, to out: inout [UInt8]) {
    switch format {
    case .text: out += ExplainText.page(of: code).utf8
    case .markdown: out += ExplainMarkdown.page(of: code).utf8
    case .json: ExplainJSON.append(code, to: &out)
    }
  }

  /// Writes what codes there are, one line each.
  package func append(listOf codes: [DiagnosticCode], to out: inout [UInt8]) {
    switch format {
    case .text: out += ExplainText.list(of: codes).utf8
    case .markdown: out += ExplainMarkdown.index(of: codes).utf8
    case .json: for code in codes { ExplainJSON.append(code, to: &out) }
    }
  }

  /// The files under Docs/lints: the page of each code, and the index.
  package static func documents() -> [(name: String, content: [UInt8])] {
    let codes = DiagnosticCode.allCases
    let index = (name: "README.md", content: Array(ExplainMarkdown.index(of: codes).utf8))
    return [index]
      + codes.map { ("\($0.rawValue).md", Array(ExplainMarkdown.page(of: $0).utf8)) }
  }
}
