/// The document that a message is about.
struct TextDocumentReference: Sendable, Decodable {
  /// Its address, which is only ever compared and given back.
  let uri: String
}
