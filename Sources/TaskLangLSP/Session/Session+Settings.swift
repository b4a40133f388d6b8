import TaskLang

extension Session {
  /// What is looked for in a document, by the settings file that is nearest to it.
  mutating func options(for uri: String) -> LintOptions {
    switch surroundings.settings(forTasksAt: FileAddress.path(of: uri)) {
    case .none: return DocumentChecks.options()
    case .unreadable(let reason):
      log(MessageText.drawn(reason), as: .error)
      return DocumentChecks.options()
    case .file(let path, let bytes):
      let settings = SettingsFile(bytes)
      show(settings.diagnostics, ofSettings: bytes, at: FileAddress.address(of: path))
      return DocumentChecks.options(settings)
    }
  }

  /// Asks whether there is a folder, as seen from that of a document.
  ///
  /// - Returns: nil for a document that lies in no folder.
  func folderQuestion(for uri: String) -> (@Sendable ([UInt8]) -> Bool)? {
    guard let path = FileAddress.path(of: uri) else { return nil }
    let surroundings = surroundings
    let base = FileAddress.folder(of: path)
    return { folder in
      surroundings.kind(of: FileAddress.join(base, SystemText.text(of: folder))) == .folder
    }
  }

  /// Reads the settings of all documents again.
  mutating func reloadSettings() {
    var isChanged = false
    for uri in documents.keys.sorted() {
      let options = options(for: uri)
      guard documents[uri]?.checks.options != options else { continue }
      isChanged = true
      let folderExists = folderQuestion(for: uri)
      _ = change(uri) { $0.look(for: options, folderExists: folderExists) }
    }
    if isChanged, client.pullsDiagnostics, client.refreshesDiagnostics {
      writer.request("workspace/diagnostic/refresh")
    }
  }

  /// Sends what is wrong with a settings file; nothing if that is what was sent last.
  private mutating func show(_ found: [Diagnostic], ofSettings bytes: [UInt8], at uri: String) {
    guard found != faultySettings[uri] ?? [] else { return }
    faultySettings[uri] = found.isEmpty ? nil : found
    let file = Document(uri: uri, version: 0, text: bytes)
    let findings = DiagnosticWriter(document: file, client: client)
    writer.notify(PublishedDiagnostics.method) { out in
      out.member("uri", uri)
      out.array("diagnostics", found) { findings.write($0, to: &$1) }
    }
  }
}
