package import TaskLang

/// An open document: its text and what is known of it.
package struct Document: Sendable {
  /// Its address, as the client wrote it.
  package let uri: String
  /// The version that the client gave its text.
  package internal(set) var version: Int
  /// Its text.
  package private(set) var buffer: TextBuffer
  /// What its lines come to.
  private(set) var outline: Outline
  /// What is wrong with it.
  var checks: DocumentChecks

  /// Opens a document.
  ///
  /// - Parameters:
  ///   - uri: Its address.
  ///   - version: The version of its text.
  ///   - text: Its text.
  ///   - options: What is looked for in it.
  ///   - folderExists: Whether there is a folder of that path; nil where nobody knows.
  package init(
    uri: String,
    version: Int,
    text: [UInt8],
    options: LintOptions = DocumentChecks.options(),
    folderExists: (@Sendable ([UInt8]) -> Bool)? = nil
  ) {
    checks = DocumentChecks(options: options, folderExists: folderExists)
    self.uri = uri
    self.version = version
    buffer = TextBuffer(text)
    outline = Outline(buffer)
  }

  /// Replaces a stretch of its text.
  package mutating func replace(_ range: Range<Int>, with text: [UInt8]) {
    let change = buffer.replace(range, with: text)
    checks.forget(change, read: outline.update(buffer, change))
  }

  /// Replaces all of its text.
  package mutating func replaceAll(with text: [UInt8]) {
    buffer = TextBuffer(text)
    outline = Outline(buffer)
    checks = checks.anew()
  }

  /// Has it checked anew, for other findings.
  mutating func look(
    for options: LintOptions,
    folderExists: (@Sendable ([UInt8]) -> Bool)?
  ) {
    checks = DocumentChecks(options: options, folderExists: folderExists)
  }

  /// Makes its checks go on.
  ///
  /// - Parameter effort: How far; see `DocumentChecks.advance`.
  mutating func check(effort: Int) {
    checks.advance(DocumentText(buffer: buffer, outline: outline), effort: effort)
  }

  /// Its findings; those that are not made yet are made now.
  package mutating func findings() -> [Diagnostic] {
    while true {
      if let diagnostics = checks.diagnostics { return diagnostics }
      check(effort: .max)
    }
  }

  /// Hands on the statements that a stretch of bytes touches, in order.
  func forEachStatement(
    in range: Range<Int>,
    _ visit: (StatementView, Span<UInt8>, borrowing Lowering) -> Bool
  ) {
    DocumentText(buffer: buffer, outline: outline).forEachStatement(in: range, visit)
  }

  /// The statement at a byte, with the bytes of its line and the state behind it.
  func statement(at offset: Int) -> (view: StatementView, bytes: [UInt8], lowering: Lowering)? {
    var found: (StatementView, [UInt8], Lowering)?
    forEachStatement(in: offset..<offset) { view, bytes, lowering in
      // Where two statements meet, the later one holds the byte.
      found = (view, Self.copy(bytes), copy lowering)
      return true
    }
    return found
  }

  /// The state in front of a line.
  func state(before line: Int) -> Lowering {
    var state = Lowering()
    guard line > 0 else { return state }
    forEachStatement(in: line - 1..<line - 1) { _, _, lowering in
      state = copy lowering
      return true
    }
    return state
  }

  private static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
    [UInt8](capacity: bytes.count) { room in
      for index in bytes.indices { room.append(bytes[index]) }
    }
  }

  /// Hands on the statements that are no tasks and not blank, in order.
  func forEachLandmark(_ visit: (StatementView) -> Void) {
    for index in buffer.blocks.indices {
      for view in outline.landmarks(inBlock: index, of: buffer) { visit(view) }
    }
  }
}
