import TaskLang

extension [UInt8] {
  /// Appends a stretch of a document as a member of an object.
  ///
  /// - Parameters:
  ///   - name: The member's name.
  ///   - bytes: The stretch, in bytes of the document.
  ///   - document: The document that it is a stretch of.
  ///   - encoding: How the client counts characters.
  mutating func member(
    _ name: String = "range",
    range bytes: Range<Int>,
    of document: Document,
    in encoding: PositionEncoding
  ) {
    member(named: name) { document.buffer.range(of: bytes, in: encoding).write(to: &$0) }
  }
}
