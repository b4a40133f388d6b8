import TaskLang

/// `textDocument/hover`: what stands here comes to.
struct HoverRequest: ClientRequest {
  static let method = "textDocument/hover"

  let textDocument: TextDocumentReference
  let position: LSPPosition

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let encoding = session.encoding
    let offset = document.buffer.offset(of: position, in: encoding)
    guard let hover = Hover(at: offset, in: document) else { return .null }
    let inMarkdown = session.client.hoversInMarkdown
    var out: [UInt8] = []
    out.object { out in
      out.object("contents") { out in
        out.member("kind", inMarkdown ? "markdown" : "plaintext")
        out.member("value", inMarkdown ? hover.text.markdown : hover.text.plain)
      }
      out.member(named: "range") { out in
        document.buffer.range(of: hover.range, in: encoding).write(to: &out)
      }
    }
    return out
  }
}
