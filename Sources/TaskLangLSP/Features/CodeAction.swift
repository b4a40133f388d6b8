import TaskLang

/// Something that a person can have done to the document.
struct CodeAction {
  var title: String
  var kind: String
  /// The finding that it mends.
  var diagnostic: Diagnostic?
  /// Whether it is the one obvious thing to do.
  var isPreferred = false
  var edits: [WorkspaceEdit.Replacement]

  func write(for document: Document, _ client: ClientCapabilities, to out: inout [UInt8]) {
    out.object { out in
      out.member("title", title)
      out.member("kind", kind)
      if let diagnostic {
        let writer = DiagnosticWriter(document: document, client: client)
        out.array("diagnostics", CollectionOfOne(diagnostic)) { writer.write($0, to: &$1) }
      }
      if isPreferred, client.takesPreferredActions { out.member("isPreferred", true) }
      out.member(named: "edit") { out in
        WorkspaceEdit(document: document, client: client, edits: edits).write(to: &out)
      }
    }
  }
}
