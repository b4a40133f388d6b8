import TaskLang

/// `textDocument/selectionRange`: what a selection grows to, step by step.
struct SelectionRangeRequest: ClientRequest {
  static let method = "textDocument/selectionRange"

  let textDocument: TextDocumentReference
  let positions: [LSPPosition]

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let encoding = session.encoding
    var out: [UInt8] = []
    out.array(positions) { position, out in
      let offset = document.buffer.offset(of: position, in: encoding)
      let ranges = Selection.ranges(around: offset, in: document)
      write(ranges[...], document, encoding, to: &out)
    }
    return out
  }

  private func write(
    _ ranges: ArraySlice<Range<Int>>,
    _ document: Document,
    _ encoding: PositionEncoding,
    to out: inout [UInt8]
  ) {
    guard let first = ranges.first else { return }
    out.object { out in
      out.member(range: first, of: document, in: encoding)
      if ranges.count > 1 {
        out.member(named: "parent") { write(ranges.dropFirst(), document, encoding, to: &$0) }
      }
    }
  }
}
