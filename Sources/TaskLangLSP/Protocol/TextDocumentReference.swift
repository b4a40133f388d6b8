/// The document that a message is about.
struct TextDocumentReference: Sendable, Decodable {
  /// Its address, which is only ever compared and given back.
  let uri: String
}

/// A document's place that a message is about: the parameters of many requests.
struct TextDocumentPlace: Sendable, Decodable {
  let textDocument: TextDocumentReference
  let position: LSPPosition
}
