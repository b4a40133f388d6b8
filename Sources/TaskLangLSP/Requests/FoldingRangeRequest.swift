import TaskLang

/// `textDocument/foldingRange`: stages and blocks of comments, which may be shown as one line.
struct FoldingRangeRequest: ClientRequest {
  static let method = "textDocument/foldingRange"

  let textDocument: TextDocumentReference

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    var out: [UInt8] = []
    out.array(Folding.folds(of: document)) { fold, out in
      out.object { out in
        out.member("startLine", fold.lines.lowerBound)
        out.member("endLine", fold.lines.upperBound)
        out.member("kind", fold.isComment ? "comment" : "region")
      }
    }
    return out
  }
}
