import TaskLang

/// `textDocument/didSave`: a file was written, perhaps one with settings.
struct DidSaveNotification: ClientNotification {
  static let method = "textDocument/didSave"
  let textDocument: TextDocumentReference

  func apply(to session: inout Session) { session.reloadSettings() }
}

/// `workspace/didChangeWatchedFiles`: settings files came, went or changed.
struct DidChangeWatchedFilesNotification: ClientNotification {
  static let method = "workspace/didChangeWatchedFiles"

  /// The files that are to be watched.
  static let pattern = "**/.disbatchrc"

  func apply(to session: inout Session) { session.reloadSettings() }

  /// Asks the client to watch settings files.
  static func register(in session: inout Session) {
    session.writer.request("client/registerCapability") { out in
      out.array("registrations", CollectionOfOne(pattern)) { pattern, out in
        out.object { out in
          out.member("id", "disbatch-settings")
          out.member("method", method)
          out.object("registerOptions") { out in
            out.array("watchers", CollectionOfOne(pattern)) { pattern, out in
              out.object { $0.member("globPattern", pattern) }
            }
          }
        }
      }
    }
  }
}

/// `workspace/didChangeConfiguration`: settings of the editor, of which there are none here.
struct DidChangeConfigurationNotification: ClientNotification {
  static let method = "workspace/didChangeConfiguration"

  func apply(to session: inout Session) {}
}
