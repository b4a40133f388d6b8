import TaskLang

/// `textDocument/hover`: what stands here comes to.
struct HoverRequest: PositionRequest {
  static let method = "textDocument/hover"

  let textDocument: TextDocumentReference
  let position: LSPPosition

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let (document, offset) = try place(in: session)
    let encoding = session.encoding
    guard let hover = Hover(at: offset, in: document) else { return .null }
    let inMarkdown = session.client.hoversInMarkdown
    var out: [UInt8] = []
    out.object { out in
      out.object("contents") { out in
        out.member("kind", inMarkdown ? "markdown" : "plaintext")
        out.member("value", inMarkdown ? hover.text.markdown : hover.text.plain)
      }
      out.member(range: hover.range, of: document, in: encoding)
    }
    return out
  }
}
