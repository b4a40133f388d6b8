import TaskLang

/// `textDocument/inlayHint`: ids and indexes beside the lines of a range.
struct InlayHintRequest: ClientRequest {
  static let method = "textDocument/inlayHint"

  let textDocument: TextDocumentReference
  let range: LSPRange

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let encoding = session.encoding
    let hints = InlayHints.hints(
      for: document,
      in: document.buffer.byteRange(of: range, in: encoding)
    )
    var out: [UInt8] = []
    out.array(hints) { hint, out in
      out.object { out in
        out.member(named: "position") { out in
          document.buffer.position(of: hint.offset, in: encoding).write(to: &out)
        }
        out.member("label", hint.label)
        out.member("paddingLeft", true)
      }
    }
    return out
  }
}
