import TaskLang

/// `textDocument/codeLens`: what the file, its REPEATs and its barriers come to, above their lines.
struct CodeLensRequest: ClientRequest {
  static let method = "textDocument/codeLens"

  let textDocument: TextDocumentReference

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let encoding = session.encoding
    var out: [UInt8] = []
    out.array(CodeLenses.lenses(for: document)) { lens, out in
      out.object { out in
        out.member(range: lens.range, of: document, in: encoding)
        out.object("command") { out in
          out.member("title", lens.title)
          out.member("command", EditorCommand.preview.rawValue)
          JSONWriter.key("arguments", to: &out)
          JSONWriter.beginArray(to: &out)
          JSONWriter.value(document.uri, to: &out)
          JSONWriter.value(lens.line, to: &out)
          JSONWriter.endArray(to: &out)
        }
      }
    }
    return out
  }
}
