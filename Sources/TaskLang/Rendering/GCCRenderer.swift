/// Writes diagnostics as compilers do: `file:line:column: error: message [DB101]`.
///
/// One line each, in the form of the GNU Coding Standards ("Formatting Error Messages"), which
/// editors and problem matchers read; labels follow as notes.
struct GCCRenderer {
  /// What the input is called.
  var file: String

  /// Writes one diagnostic and its labels.
  func render(_ diagnostic: Diagnostic, to out: inout [UInt8]) {
    let kind =
      switch diagnostic.severity {
      case .error: "error"
      case .warning: "warning"
      case .info, .hint: "note"
      }
    write(diagnostic.primary.span, kind, diagnostic.message, code: diagnostic.codeText, to: &out)
    for label in diagnostic.labels where !label.message.isEmpty {
      write(label.span, "note", label.message, code: nil, to: &out)
    }
  }

  private func write(
    _ span: SourceSpan,
    _ kind: String,
    _ message: String,
    code: String?,
    to out: inout [UInt8]
  ) {
    var line = StyledLine()
    line.append(Glyph.glyphs(ofMessage: file))
    line.append(":\(span.start.line):\(span.start.column): \(kind): ")
    line.append(Glyph.glyphs(ofMessage: message))
    if let code { line.append(" [\(code)]") }
    line.write(.plain, to: &out)
  }
}
