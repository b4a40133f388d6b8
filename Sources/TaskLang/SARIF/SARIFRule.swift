/// Writes `reportingDescriptor` objects of SARIF (section 3.49) from the pages of the codes.
struct SARIFRule: Hashable, Sendable {
  private let code: DiagnosticCode
  private let number: Int?

  /// The rule that a finding comes from.
  init(_ diagnostic: Diagnostic) {
    code = diagnostic.code
    number = diagnostic.number
  }

  /// Writes the rule.
  ///
  /// GitHub takes 1,024 characters of a description; a page's summary is far shorter.
  func append(to out: inout [UInt8]) {
    let page = code.page
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("id", number.map { "\(code.rawValue)\($0)" } ?? code.rawValue, to: &out)
    JSONWriter.member("name", code.name, to: &out)
    if let number {
      JSONWriter.member("helpUri", ShellcheckCommands.page(of: number), to: &out)
    }
    JSONWriter.key("shortDescription", to: &out)
    SARIFMessage.append(page.summary, to: &out)
    JSONWriter.key("fullDescription", to: &out)
    SARIFMessage.append(page.why, to: &out)
    JSONWriter.key("help", to: &out)
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("text", ExplainText.page(of: code), to: &out)
    JSONWriter.member("markdown", ExplainMarkdown.page(of: code, links: false), to: &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.key("defaultConfiguration", to: &out)
    JSONWriter.beginObject(to: &out)
    if code.isOptIn {
      JSONWriter.key("enabled", to: &out)
      JSONWriter.value(false, to: &out)
    }
    JSONWriter.member("level", Self.level(code.severity), to: &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.endObject(to: &out)
  }

  /// SARIF's word for a severity.
  static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info, .hint: "note"
    }
  }
}
