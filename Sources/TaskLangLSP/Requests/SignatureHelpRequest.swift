import TaskLang

/// `textDocument/signatureHelp`: what a REPEAT takes.
struct SignatureHelpRequest: PositionRequest {
  static let method = "textDocument/signatureHelp"

  let textDocument: TextDocumentReference
  let position: LSPPosition

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let (document, offset) = try place(in: session)
    guard let active = SignatureHelp.parameter(at: offset, in: document) else { return .null }
    var out: [UInt8] = []
    out.object { out in
      out.array("signatures", CollectionOfOne(SignatureHelp.label)) { label, out in
        out.object { out in
          out.member("label", label)
          out.array("parameters", SignatureHelp.parameters) { parameter, out in
            out.object { out in
              out.member("label", parameter.text)
              out.member("documentation", parameter.meaning)
            }
          }
        }
      }
      out.member("activeSignature", 0)
      out.member("activeParameter", active)
    }
    return out
  }
}
