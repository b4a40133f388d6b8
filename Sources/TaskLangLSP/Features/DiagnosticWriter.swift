import TaskLang

/// Findings as clients want them.
struct DiagnosticWriter {
  let document: Document
  let client: ClientCapabilities

  /// Writes an array of findings.
  func write(_ diagnostics: [Diagnostic], to out: inout [UInt8]) {
    out.array(diagnostics) { write($0, to: &$1) }
    if let end = unreachedFrom {
      // The array is open for one more: the part that never runs, for editors to fade.
      out.removeLast()
      out.object { writeUnreached(from: end, to: &$0) }
      out.append(UInt8(ascii: "]"))
    }
  }

  /// Writes one finding.
  func write(_ diagnostic: Diagnostic, to out: inout [UInt8]) {
    out.object { out in
      out.member(named: "range") { range(of: diagnostic.primary.span).write(to: &$0) }
      out.member("severity", Self.number(of: diagnostic.severity))
      out.member("code", diagnostic.code.rawValue)
      out.member("source", "disbatch")
      out.member("message", message(of: diagnostic))
      if client.showsRelatedInformation, !diagnostic.labels.isEmpty {
        out.array("relatedInformation", diagnostic.labels) { label, out in
          out.object { out in
            out.object("location") { out in
              out.member("uri", document.uri)
              out.member(named: "range") { range(of: label.span).write(to: &$0) }
            }
            out.member("message", label.message)
          }
        }
      }
    }
  }

  /// The range of a span.
  func range(of span: SourceSpan) -> LSPRange {
    document.buffer.range(of: span.start.offset..<span.end.offset, in: client.encoding)
  }

  /// All that a person needs who sees nothing but the message.
  private func message(of diagnostic: Diagnostic) -> String {
    var text = diagnostic.message
    if !diagnostic.primary.message.isEmpty { text += "\n\(diagnostic.primary.message)" }
    if !client.showsRelatedInformation {
      for label in diagnostic.labels where !label.message.isEmpty {
        text += "\nline \(label.span.start.line): \(label.message)"
      }
    }
    for note in diagnostic.notes { text += "\nnote: \(note)" }
    for help in diagnostic.help { text += "\nhelp: \(help)" }
    return text
  }

  private static func number(of severity: Severity) -> Int {
    switch severity {
    case .error: 1
    case .warning: 2
    case .info: 3
    case .hint: 4
    }
  }

  /// Where the part begins that is behind the plan's end.
  private var unreachedFrom: Int? {
    guard client.showsTags, document.outline.exit.end == .latePerEngine,
      let index = document.outline.entries.firstIndex(where: { $0.end != nil })
    else { return nil }
    var state = document.outline.entries[index - 1]
    var start: Int?
    document.buffer.forEachStatement(inBlock: index - 1, &state) { view, _, _ in
      if case .end = view.item { start = view.range.lowerBound }
      return start == nil
    }
    return start
  }

  private func writeUnreached(from start: Int, to out: inout [UInt8]) {
    out.member(named: "range") { out in
      document.buffer.range(of: start..<document.buffer.count, in: client.encoding).write(to: &out)
    }
    out.member("severity", Self.number(of: .hint))
    out.member("source", "disbatch")
    out.member("message", "nothing from here on is run")
    // 1: not needed, which editors draw faded.
    out.array("tags", [1]) { $1 += Array(String($0).utf8) }
  }
}
