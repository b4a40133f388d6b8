import TaskLang

/// `workspace/symbol`: the symbols of all documents that are open, by a part of their names.
struct WorkspaceSymbolRequest: ClientRequest {
  static let method = "workspace/symbol"

  let query: String

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let encoding = session.encoding
    let wanted = query.lowercased()
    var out: [UInt8] = []
    JSONWriter.beginArray(to: &out)
    for document in session.documents.values.sorted(by: { $0.uri < $1.uri }) {
      for symbol in DocumentSymbols.symbols(for: document) {
        symbol.writeFlat(for: document, encoding, container: nil, to: &out) { name in
          wanted.isEmpty || name.lowercased().contains(wanted)
        }
      }
    }
    JSONWriter.endArray(to: &out)
    return out
  }
}
