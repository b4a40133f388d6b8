import TaskLang

/// The commands that clients may have executed.
enum EditorCommand: String, Sendable, CaseIterable {
  /// The flat plan of a document, as text: arguments `[uri]`.
  case expand = "disbatch.expand"
  /// The first commands from a line on, shown as a message: arguments `[uri, line]`.
  case preview = "disbatch.preview"
}

/// `workspace/executeCommand`: text that is made of a document.
struct ExecuteCommandRequest: ClientRequest {
  static let method = "workspace/executeCommand"

  let command: String
  private let uri: String?
  private let line: Int?

  private enum Key: String, CodingKey { case command, arguments }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    command = try container.decode(String.self, forKey: .command)
    guard container.contains(.arguments) else {
      (uri, line) = (nil, nil)
      return
    }
    var arguments = try container.nestedUnkeyedContainer(forKey: .arguments)
    uri = try arguments.decodeIfPresent(String.self)
    line = arguments.isAtEnd ? nil : try arguments.decodeIfPresent(Int.self)
  }

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    guard let command = EditorCommand(rawValue: command) else {
      throw ResponseError(.invalidParams, "there is no command '\(command)'")
    }
    guard let uri else {
      throw ResponseError(.invalidParams, "'\(command.rawValue)' needs a document's address")
    }
    let document = try session.document(uri)
    let text: String
    switch command {
    case .expand: text = Preview.expansion(of: document)
    case .preview:
      text = Preview.tasks(of: document, fromLine: line ?? 1)
      session.show(text)
    }
    var out: [UInt8] = []
    JSONWriter.value(text, to: &out)
    return out
  }
}
