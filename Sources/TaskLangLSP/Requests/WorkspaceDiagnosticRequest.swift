import TaskLang

/// `workspace/diagnostic`: the findings of all documents that are open.
///
/// Task files have any name, so the others are not looked for.
struct WorkspaceDiagnosticRequest: ClientRequest {
  static let method = "workspace/diagnostic"

  /// An answer that the client still has.
  struct Previous: Decodable {
    let uri: String
    let value: String
  }
  let previousResultIds: [Previous]

  func uncheckedDocument(in session: Session) -> String? {
    session.documents.keys.first { !session.isChecked($0) }
  }

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    var previous: [String: String] = [:]
    for each in previousResultIds { previous[each.uri] = each.value }
    let documents = session.documents.values.sorted { $0.uri < $1.uri }
    let client = session.client
    var out: [UInt8] = []
    out.object { out in
      out.array("items", documents) { document, out in
        out.object { out in
          out.member("uri", document.uri)
          out.member("version", document.version)
          FindingsReport(document, client)
            .writeMembers(previous: previous[document.uri], to: &out)
        }
      }
    }
    return out
  }
}
