import TaskLang

/// `textDocument/codeAction`: ways of mending what was found in a range.
struct CodeActionRequest: ClientRequest {
  static let method = "textDocument/codeAction"

  struct Context: Decodable {
    /// The kinds that are wanted; all if missing.
    let only: [String]?
  }
  let textDocument: TextDocumentReference
  let range: LSPRange
  let context: Context

  var documentToCheck: String? { textDocument.uri }

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let client = session.client
    var actions: [CodeAction] = []
    if client.takesCodeActionLiterals {
      let bytes = document.buffer.byteRange(of: range, in: client.encoding)
      if CodeActionKind.isWanted(CodeActionKind.quickFix, among: context.only) {
        actions += QuickFixes.actions(for: document, in: bytes)
        actions += QuickFixes.suppressions(for: document, in: bytes)
      }
      actions += Refactorings.actions(for: document, in: bytes).filter { action in
        CodeActionKind.isWanted(action.kind, among: context.only)
      }
      // Mending a whole file is offered where it was asked for, as on saving.
      if let only = context.only, CodeActionKind.isWanted(CodeActionKind.fixAll, among: only),
        let action = QuickFixes.fixAll(document)
      {
        actions.append(action)
      }
    }
    var out: [UInt8] = []
    out.array(actions) { $0.write(for: document, client, to: &$1) }
    return out
  }
}
