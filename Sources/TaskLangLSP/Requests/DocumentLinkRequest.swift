import TaskLang

/// `textDocument/documentLink`: the files that commands name.
struct DocumentLinkRequest: ClientRequest {
  static let method = "textDocument/documentLink"

  let textDocument: TextDocumentReference

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let encoding = session.encoding
    var out: [UInt8] = []
    out.array(DocumentLinks(document, session.surroundings).links) { link, out in
      out.object { out in
        out.member(range: link.range, of: document, in: encoding)
        out.member("target", FileAddress.address(of: link.path))
      }
    }
    return out
  }
}
