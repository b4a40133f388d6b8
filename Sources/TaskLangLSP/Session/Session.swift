import TaskLang

/// All that the server remembers: where the conversation stands, the client, the open documents.
struct Session: Sendable {
  /// Where the conversation stands.
  enum State: Sendable, Hashable {
    case uninitialized
    case running
    case shuttingDown
    /// Over, with this status for the process.
    case exited(Int32)
  }

  var state = State.uninitialized
  var client = ClientCapabilities()
  /// The process that must not be outlived, if the client named one.
  var clientProcess: Int?
  /// The version to give to clients.
  let version: String
  var writer = MessageWriter()
  /// The machine around.
  let surroundings: any Surroundings
  /// What was sent about settings files, by address, where that was something.
  var faultySettings: [String: [Diagnostic]] = [:]
  private(set) var documents: [String: Document] = [:]
  /// Documents whose findings are to be sent when they are complete, the oldest change first.
  private(set) var unpublished: [String] = []

  /// The semantic tokens that were sent last, with the name of that answer, by document.
  private var sentTokens: [String: (name: String, data: [UInt32])] = [:]
  private var nextTokens = 1

  init(version: String, surroundings: any Surroundings) {
    self.version = version
    self.surroundings = surroundings
  }

  /// The encoding of positions.
  var encoding: PositionEncoding { client.encoding }

  /// A document that is open.
  func document(_ uri: String) throws(ResponseError) -> Document {
    guard let document = documents[uri] else {
      throw ResponseError(.invalidParams, "the document '\(uri)' is not open")
    }
    return document
  }

  /// Opens or replaces a document.
  mutating func open(_ document: Document) {
    documents[document.uri] = document
    schedule(document.uri)
  }

  /// Changes a document in place.
  ///
  /// - Returns: Whether the document is open.
  mutating func change(_ uri: String, _ body: (inout Document) -> Void) -> Bool {
    // Taken out so that the text has one owner and is not copied by the edit.
    guard var document = documents.removeValue(forKey: uri) else { return false }
    body(&document)
    documents[uri] = document
    schedule(uri)
    return true
  }

  /// Forgets a document.
  mutating func close(_ uri: String) {
    documents[uri] = nil
    sentTokens[uri] = nil
    unpublished.removeAll { $0 == uri }
  }

  /// Whether the findings of a document are there; so they are for one that is not open.
  func isChecked(_ uri: String) -> Bool { documents[uri]?.checks.isComplete ?? true }

  /// Checks a slice of a document, as far as `effort` goes: see `DocumentChecks.advance`.
  mutating func check(_ uri: String, effort: Int) {
    guard var document = documents.removeValue(forKey: uri) else { return }
    document.check(effort: effort)
    documents[uri] = document
  }

  /// Removes a document from those whose findings are to be sent.
  mutating func published(_ uri: String) { unpublished.removeAll { $0 == uri } }

  /// Keeps an answer, so that the next one can be given as a change of it.
  ///
  /// - Returns: The answer's name.
  mutating func remember(tokens: [UInt32], of uri: String) -> String {
    let name = String(nextTokens)
    nextTokens += 1
    sentTokens[uri] = (name, tokens)
    return name
  }

  /// The answer of a name, if it is the last one of its document.
  func tokens(named name: String, of uri: String) -> [UInt32]? {
    guard let sent = sentTokens[uri], sent.name == name else { return nil }
    return sent.data
  }

  private mutating func schedule(_ uri: String) {
    guard !client.pullsDiagnostics, !unpublished.contains(uri) else { return }
    unpublished.append(uri)
  }

  /// How urgent a line of the client's log is.
  enum LogLevel: Int, Sendable {
    case error = 1
    case warning = 2
    case info = 3
  }

  /// Writes a line in the client's log.
  mutating func log(_ message: String, as level: LogLevel) {
    writer.notify("window/logMessage") { out in
      out.member("type", level.rawValue)
      out.member("message", "disbatch: " + message)
    }
  }

  /// Shows a message to the person in front of the client.
  mutating func show(_ message: String) {
    writer.notify("window/showMessage") { out in
      out.member("type", LogLevel.info.rawValue)
      out.member("message", message)
    }
  }
}
