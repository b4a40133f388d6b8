import TaskLang

/// `textDocument/definition`: where the PREFIX and SUFFIX of a command were said.
struct DefinitionRequest: PositionRequest {
  static let method = "textDocument/definition"

  let textDocument: TextDocumentReference
  let position: LSPPosition

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let (document, offset) = try place(in: session)
    let spans = Definition.spans(at: offset, in: document)
    let encoding = session.encoding
    var out: [UInt8] = []
    out.array(spans) { span, out in
      out.object { out in
        out.member("uri", document.uri)
        out.member(range: span, of: document, in: encoding)
      }
    }
    return out
  }
}
