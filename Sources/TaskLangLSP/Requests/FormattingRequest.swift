import TaskLang

/// `textDocument/formatting`: the canonical spelling of directives, task text untouched.
struct FormattingRequest: ClientRequest {
  static let method = "textDocument/formatting"

  let textDocument: TextDocumentReference

  var documentToCheck: String? { textDocument.uri }

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    return try Self.edits(of: document, in: 0..<document.buffer.count, session.client)
  }

  /// The edits within a stretch of a document, as the answer.
  static func edits(
    of document: Document,
    in range: Range<Int>,
    _ client: ClientCapabilities
  ) throws(ResponseError) -> [UInt8] {
    // Like the command, and for the same reason: what is no directive yet cannot be spelt right.
    if let refusal = document.checks.diagnostics?.first(where: { $0.code.refusesFile }) {
      throw ResponseError(
        .requestFailed,
        "line \(refusal.primary.span.start.line) has an error: \(refusal.message)"
      )
    }
    var edits: [WorkspaceEdit.Replacement] = []
    let first = document.buffer.block(at: range.lowerBound)
    for index in document.buffer.blocks.indices[first...] {
      let start = document.buffer.starts[index].offset
      if start > range.upperBound { break }
      for edit in Formatter.edits(of: document.buffer.blocks[index].bytes) {
        let place = edit.range.lowerBound + start..<edit.range.upperBound + start
        guard range.lowerBound <= place.lowerBound, place.upperBound <= range.upperBound else {
          continue
        }
        edits.append(WorkspaceEdit.Replacement(range: place, text: edit.text))
      }
    }
    var out: [UInt8] = []
    WorkspaceEdit(document: document, client: client, edits: edits).writeEdits(to: &out)
    return out
  }
}

/// `textDocument/rangeFormatting`: the same for a part of the document.
struct RangeFormattingRequest: ClientRequest {
  static let method = "textDocument/rangeFormatting"

  let textDocument: TextDocumentReference
  let range: LSPRange

  var documentToCheck: String? { textDocument.uri }

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let bytes = document.buffer.byteRange(of: range, in: session.encoding)
    return try FormattingRequest.edits(of: document, in: bytes, session.client)
  }
}
