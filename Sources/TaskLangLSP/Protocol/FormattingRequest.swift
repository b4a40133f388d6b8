import TaskLang

/// `textDocument/formatting`: the canonical spelling of directives, task text untouched.
struct FormattingRequest: ClientRequest {
  static let method = "textDocument/formatting"

  let textDocument: TextDocumentReference

  var documentToCheck: String? { textDocument.uri }

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    // Like the command, and for the same reason: what is no directive yet cannot be spelt right.
    if let refusal = document.checks.diagnostics?.first(where: { $0.code.refusesFile }) {
      throw ResponseError(
        .requestFailed,
        "line \(refusal.primary.span.start.line) has an error: \(refusal.message)"
      )
    }
    var edits: [WorkspaceEdit.Replacement] = []
    for index in document.buffer.blocks.indices {
      let start = document.buffer.starts[index].offset
      edits += Formatter.edits(of: document.buffer.blocks[index].bytes).map { edit in
        WorkspaceEdit.Replacement(
          range: edit.range.lowerBound + start..<edit.range.upperBound + start,
          text: edit.text
        )
      }
    }
    var out: [UInt8] = []
    WorkspaceEdit(document: document, client: session.client, edits: edits).writeEdits(to: &out)
    return out
  }
}
