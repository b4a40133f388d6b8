import TaskLang

/// `textDocument/references`: the commands that a PREFIX or SUFFIX applies to, or the uses of a
/// variable.
struct ReferencesRequest: ClientRequest {
  static let method = "textDocument/references"

  struct Context: Decodable { let includeDeclaration: Bool }
  let textDocument: TextDocumentReference
  let position: LSPPosition
  let context: Context

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let encoding = session.encoding
    let offset = document.buffer.offset(of: position, in: encoding)
    let uses = Uses.uses(at: offset, in: document)
    let places = (context.includeDeclaration ? uses.declarations : []) + uses.places
    var out: [UInt8] = []
    out.array(places) { place, out in
      out.object { out in
        out.member("uri", document.uri)
        out.member(named: "range") { document.buffer.range(of: place, in: encoding).write(to: &$0) }
      }
    }
    return out
  }
}

/// `textDocument/documentHighlight`: the same places, to be marked in the text.
struct DocumentHighlightRequest: ClientRequest {
  static let method = "textDocument/documentHighlight"

  let textDocument: TextDocumentReference
  let position: LSPPosition

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let encoding = session.encoding
    let offset = document.buffer.offset(of: position, in: encoding)
    let uses = Uses.uses(at: offset, in: document)
    let marked = uses.declarations.map { ($0, 3) } + uses.places.map { ($0, 2) }
    var out: [UInt8] = []
    out.array(marked) { place, out in
      out.object { out in
        out.member(named: "range") { out in
          document.buffer.range(of: place.0, in: encoding).write(to: &out)
        }
        // 2: read, 3: written.
        out.member("kind", place.1)
      }
    }
    return out
  }
}
