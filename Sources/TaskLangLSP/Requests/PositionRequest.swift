/// A request about one place in a document.
protocol PositionRequest: ClientRequest {
  var textDocument: TextDocumentReference { get }
  var position: LSPPosition { get }
}

extension PositionRequest {
  /// The document, and the byte of it that the request is about.
  ///
  /// - Throws: `ResponseError` when the document is not open.
  func place(
    in session: borrowing Session
  ) throws(ResponseError) -> (document: Document, offset: Int) {
    let document = try session.document(textDocument.uri)
    return (document, document.buffer.offset(of: position, in: session.encoding))
  }
}
