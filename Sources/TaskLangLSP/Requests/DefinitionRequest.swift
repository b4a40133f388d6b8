import TaskLang

/// `textDocument/definition`: where the PREFIX and SUFFIX of a command were said.
struct DefinitionRequest: ClientRequest {
  static let method = "textDocument/definition"

  let textDocument: TextDocumentReference
  let position: LSPPosition

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let offset = document.buffer.offset(of: position, in: session.encoding)
    let spans = Definition.spans(at: offset, in: document)
    let encoding = session.encoding
    var out: [UInt8] = []
    out.array(spans) { span, out in
      out.object { out in
        out.member("uri", document.uri)
        out.member(named: "range") { document.buffer.range(of: span, in: encoding).write(to: &$0) }
      }
    }
    return out
  }
}
