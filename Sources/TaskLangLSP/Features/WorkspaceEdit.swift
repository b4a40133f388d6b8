/// Edits of one document, as clients make them.
struct WorkspaceEdit {
  /// A replacement of bytes of the document.
  struct Replacement: Sendable, Hashable {
    var range: Range<Int>
    var text: [UInt8]
  }

  let document: Document
  let client: ClientCapabilities
  let edits: [Replacement]

  func write(to out: inout [UInt8]) {
    out.object { out in
      if client.takesDocumentChanges {
        out.array("documentChanges", CollectionOfOne(edits)) { edits, out in
          out.object { out in
            out.object("textDocument") { out in
              out.member("uri", document.uri)
              out.member("version", document.version)
            }
            out.member(named: "edits") { write(edits, to: &$0) }
          }
        }
      } else {
        out.object("changes") { out in
          out.member(named: document.uri) { write(edits, to: &$0) }
        }
      }
    }
  }

  /// Writes the edits as an array.
  func writeEdits(to out: inout [UInt8]) { write(edits, to: &out) }

  private func write(_ edits: [Replacement], to out: inout [UInt8]) {
    out.array(edits) { edit, out in
      out.object { out in
        out.member(range: edit.range, of: document, in: client.encoding)
        out.member("newText", String(decoding: edit.text, as: UTF8.self))
      }
    }
  }
}
