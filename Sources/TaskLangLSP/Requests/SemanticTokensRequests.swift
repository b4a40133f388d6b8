import TaskLang

/// `textDocument/semanticTokens/full`: what the words of a document are.
struct SemanticTokensRequest: ClientRequest {
  static let method = "textDocument/semanticTokens/full"

  let textDocument: TextDocumentReference

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let data = try SemanticTokens.data(for: textDocument, in: session)
    let sent = session.remember(tokens: data, of: textDocument.uri)
    var out: [UInt8] = []
    out.object { out in
      out.member("resultId", sent)
      out.member(tokens: data)
    }
    return out
  }
}

/// `textDocument/semanticTokens/full/delta`: what has changed of them.
struct SemanticTokensDeltaRequest: ClientRequest {
  static let method = "textDocument/semanticTokens/full/delta"

  let textDocument: TextDocumentReference
  let previousResultId: String

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let data = try SemanticTokens.data(for: textDocument, in: session)
    let old = session.tokens(named: previousResultId, of: textDocument.uri)
    let sent = session.remember(tokens: data, of: textDocument.uri)
    var out: [UInt8] = []
    out.object { out in
      out.member("resultId", sent)
      guard let old else {
        // The client may be given all anew at any time.
        out.member(tokens: data)
        return
      }
      let edits = SemanticTokens.edit(from: old, to: data).map { [$0] } ?? []
      out.array("edits", edits) { edit, out in
        out.object { out in
          out.member("start", edit.start)
          out.member("deleteCount", edit.deleteCount)
          out.member(tokens: edit.data)
        }
      }
    }
    return out
  }
}

/// `textDocument/semanticTokens/range`: those of a part.
struct SemanticTokensRangeRequest: ClientRequest {
  static let method = "textDocument/semanticTokens/range"

  let textDocument: TextDocumentReference
  let range: LSPRange

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let bytes = document.buffer.byteRange(of: range, in: session.encoding)
    let data = SemanticTokens.data(for: document, in: bytes, encoding: session.encoding)
    var out: [UInt8] = []
    out.object { $0.member(tokens: data) }
    return out
  }
}

extension SemanticTokens {
  /// The tokens of a whole document.
  fileprivate static func data(
    for reference: TextDocumentReference,
    in session: borrowing Session
  ) throws(ResponseError) -> [UInt32] {
    let document = try session.document(reference.uri)
    return data(for: document, in: 0..<document.buffer.count, encoding: session.encoding)
  }
}

extension [UInt8] {
  /// Appends tokens as the member `data`.
  fileprivate mutating func member(tokens: some Collection<UInt32>) {
    array("data", tokens) { JSONWriter.value(Int($0), to: &$1) }
  }
}
