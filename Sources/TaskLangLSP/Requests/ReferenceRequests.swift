import TaskLang

/// `textDocument/references`: the commands that a PREFIX or SUFFIX applies to, or the uses of a
/// variable.
struct ReferencesRequest: PositionRequest {
  static let method = "textDocument/references"

  struct Context: Decodable { let includeDeclaration: Bool }
  let textDocument: TextDocumentReference
  let position: LSPPosition
  let context: Context

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let (document, offset) = try place(in: session)
    let encoding = session.encoding
    let uses = Uses.uses(at: offset, in: document)
    let places = (context.includeDeclaration ? uses.declarations : []) + uses.places
    var out: [UInt8] = []
    out.array(places) { place, out in
      out.object { out in
        out.member("uri", document.uri)
        out.member(range: place, of: document, in: encoding)
      }
    }
    return out
  }
}

/// `textDocument/documentHighlight`: the same places, to be marked in the text.
struct DocumentHighlightRequest: PositionRequest {
  static let method = "textDocument/documentHighlight"

  let textDocument: TextDocumentReference
  let position: LSPPosition

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let (document, offset) = try place(in: session)
    let encoding = session.encoding
    let uses = Uses.uses(at: offset, in: document)
    // 2: read, 3: written.
    let marked =
      uses.declarations.map { (range: $0, kind: 3) } + uses.places.map { (range: $0, kind: 2) }
    var out: [UInt8] = []
    out.array(marked) { mark, out in
      out.object { out in
        out.member(range: mark.range, of: document, in: encoding)
        out.member("kind", mark.kind)
      }
    }
    return out
  }
}
