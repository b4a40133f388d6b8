import TaskLang

/// `textDocument/publishDiagnostics`: the findings of a document, sent unasked.
enum PublishedDiagnostics {
  static let method = "textDocument/publishDiagnostics"

  /// Sends the findings of a document whose checks are complete.
  static func send(_ document: Document, in session: inout Session) {
    let writer = DiagnosticWriter(document: document, client: session.client)
    let takesVersions = session.client.takesVersions
    session.writer.notify(method) { out in
      out.member("uri", document.uri)
      if takesVersions { out.member("version", document.version) }
      out.member(named: "diagnostics") { out in
        writer.write(document.checks.diagnostics ?? [], to: &out)
      }
    }
  }
}
