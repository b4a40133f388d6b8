/// `textDocument/didOpen`: the client holds a document, and this is its text.
struct DidOpenNotification: ClientNotification {
  static let method = "textDocument/didOpen"

  struct Item: Decodable {
    let uri: String
    let version: Int
    let text: String
  }
  let textDocument: Item

  func apply(to session: inout Session) {
    session.open(
      Document(
        uri: textDocument.uri,
        version: textDocument.version,
        text: Array(textDocument.text.utf8),
        options: session.options(for: textDocument.uri),
        folderExists: session.folderQuestion(for: textDocument.uri)
      )
    )
  }
}

/// `textDocument/didChange`: edits, to be made one after another, or the whole text.
struct DidChangeNotification: ClientNotification {
  static let method = "textDocument/didChange"

  struct Item: Decodable {
    let uri: String
    let version: Int?
  }
  struct Change: Decodable {
    /// Where; the whole text if it is missing.
    let range: LSPRange?
    let text: String
  }
  let textDocument: Item
  let contentChanges: [Change]

  func apply(to session: inout Session) {
    let encoding = session.encoding
    var oldVersion: Int?
    let isOpen = session.change(textDocument.uri) { document in
      if let version = textDocument.version, version < document.version {
        oldVersion = document.version
      }
      for change in contentChanges {
        let text = Array(change.text.utf8)
        if let range = change.range {
          document.replace(document.buffer.byteRange(of: range, in: encoding), with: text)
        } else {
          document.replaceAll(with: text)
        }
      }
      document.version = textDocument.version ?? document.version
    }
    if !isOpen {
      session.log("a change of '\(textDocument.uri)', which is not open", as: .warning)
    } else if let oldVersion, let version = textDocument.version {
      session.log(
        "version \(version) of '\(textDocument.uri)' came after \(oldVersion)",
        as: .warning
      )
    }
  }
}

/// `textDocument/didClose`: the client no longer holds the document.
struct DidCloseNotification: ClientNotification {
  static let method = "textDocument/didClose"
  let textDocument: TextDocumentReference

  func apply(to session: inout Session) {
    session.close(textDocument.uri)
    guard !session.client.pullsDiagnostics else { return }
    // A closed document has no findings; the client would keep the last ones.
    session.writer.notify(PublishedDiagnostics.method) { out in
      out.member("uri", textDocument.uri)
      out.array("diagnostics", []) { (_: Int, _: inout [UInt8]) in }
    }
  }
}
