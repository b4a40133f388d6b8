import TaskLang

/// `textDocument/diagnostic`: the findings of a document, asked for.
struct DiagnosticRequest: ClientRequest {
  static let method = "textDocument/diagnostic"

  let textDocument: TextDocumentReference
  /// The name of the answer that the client still has.
  let previousResultId: String?

  var documentToCheck: String? { textDocument.uri }

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    let document = try session.document(textDocument.uri)
    let report = FindingsReport(document, session.client)
    var out: [UInt8] = []
    out.object { report.writeMembers(previous: previousResultId, to: &$0) }
    return out
  }
}

/// The findings of a document as an answer with a name, which need not be given twice.
struct FindingsReport {
  private let items: [UInt8]
  private let name: String

  /// Makes the answer for a document whose checks are complete.
  init(_ document: Document, _ client: ClientCapabilities) {
    var items: [UInt8] = []
    DiagnosticWriter(document: document, client: client)
      .write(document.checks.diagnostics ?? [], to: &items)
    self.items = items
    name = Self.name(of: items)
  }

  /// Writes the members of a report.
  ///
  /// - Parameters:
  ///   - previous: The name of the answer that the client still has.
  ///   - out: Where to.
  func writeMembers(previous: String?, to out: inout [UInt8]) {
    out.member("kind", name == previous ? "unchanged" : "full")
    out.member("resultId", name)
    if name != previous { out.member("items", json: items) }
  }

  /// A name that distinguishes answers: their length and hash.
  private static func name(of items: [UInt8]) -> String {
    "\(items.count)-\(String(StableHash(of: items.span).value, radix: 16))"
  }
}
