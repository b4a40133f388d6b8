import TaskLang

/// `textDocument/completion`: what may be written here.
struct CompletionRequest: PositionRequest {
  static let method = "textDocument/completion"

  let textDocument: TextDocumentReference
  let position: LSPPosition

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let (document, offset) = try place(in: session)
    let client = session.client
    let items = Completion.items(at: offset, in: document, session.surroundings)
    var out: [UInt8] = []
    out.object { out in
      out.member("isIncomplete", false)
      out.array("items", items.enumerated()) { place, out in
        place.element.write(number: place.offset, in: document, client, to: &out)
      }
    }
    return out
  }
}
