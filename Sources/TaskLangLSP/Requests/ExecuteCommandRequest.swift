import TaskLang

/// The commands that clients may have executed.
enum EditorCommand: String, Sendable, CaseIterable {
  /// The flat plan of a document, as text: arguments `[uri]`.
  case expand = "disbatch.expand"
  /// The first commands from a line on, shown as a message: arguments `[uri, line]`.
  case preview = "disbatch.preview"
  /// The page of a code: arguments `[code]`, a code or its name.
  case explain = "disbatch.explain"
}

/// `workspace/executeCommand`: text that is made of a document.
struct ExecuteCommandRequest: ClientRequest {
  static let method = "workspace/executeCommand"

  let command: String
  /// What it is about: an address or a code.
  private let subject: String?
  private let line: Int?

  private enum Key: String, CodingKey { case command, arguments }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    command = try container.decode(String.self, forKey: .command)
    guard container.contains(.arguments) else {
      (subject, line) = (nil, nil)
      return
    }
    var arguments = try container.nestedUnkeyedContainer(forKey: .arguments)
    subject = try arguments.decodeIfPresent(String.self)
    line = arguments.isAtEnd ? nil : try arguments.decodeIfPresent(Int.self)
  }

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    guard let command = EditorCommand(rawValue: command) else {
      throw ResponseError(.invalidParams, "there is no command '\(command)'")
    }
    guard let subject else {
      let needed = command == .explain ? "a code, as DB203" : "a document's address"
      throw ResponseError(.invalidParams, "'\(command.rawValue)' needs \(needed)")
    }
    let text: String
    switch command {
    case .expand: text = Preview.expansion(of: try session.document(subject))
    case .preview:
      text = Preview.tasks(of: try session.document(subject), fromLine: line ?? 1)
      session.show(text)
    case .explain:
      let codes = DiagnosticCode.selected(by: subject)
      guard codes.count == 1, let code = codes.first else {
        throw ResponseError(.invalidParams, "there is no finding '\(subject)'")
      }
      text = SuppressionText.page(of: code, .markdown)
    }
    var out: [UInt8] = []
    JSONWriter.value(text, to: &out)
    return out
  }
}
