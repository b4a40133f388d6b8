import TaskLang

/// `textDocument/documentSymbol`: the stages of a file and what they hold.
struct DocumentSymbolRequest: ClientRequest {
  static let method = "textDocument/documentSymbol"

  let textDocument: TextDocumentReference

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let isTree = session.client.showsSymbolTree
    let encoding = session.encoding
    var out: [UInt8] = []
    JSONWriter.beginArray(to: &out)
    for symbol in DocumentSymbols.symbols(for: document) {
      if isTree {
        symbol.write(for: document, encoding, to: &out)
      } else {
        symbol.writeFlat(for: document, encoding, container: nil, to: &out)
      }
    }
    JSONWriter.endArray(to: &out)
    return out
  }
}
