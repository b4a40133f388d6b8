import FoundationEssentials

/// A message from the client, as far as it could be understood.
struct IncomingMessage: Sendable {
  /// What the message asks for.
  enum Content: Sendable {
    case request(MessageID, any ClientRequest)
    case notification(any ClientNotification)
    /// The client's answer to a request of ours.
    case response
    /// A notification that we do not know, which may be ignored.
    case unknownNotification
    /// To be answered with an error.
    case invalid(MessageID?, ResponseError)
  }

  /// What it asks for.
  let content: Content
  /// The method, where there is one.
  let method: String?

  /// Reads the body of a message; what is wrong with it becomes its content.
  init(_ body: [UInt8]) {
    do {
      self = try JSONDecoder().decode(IncomingMessage.self, from: Data(body))
    } catch DecodingError.typeMismatch, DecodingError.keyNotFound, DecodingError.valueNotFound {
      self.init(nil, .invalid(nil, ResponseError(.invalidRequest, "a message must be an object")))
    } catch {
      self.init(nil, .invalid(nil, ResponseError(.parseError, "the message is not valid JSON")))
    }
  }

  private init(_ method: String?, _ content: Content) {
    self.method = method
    self.content = content
  }
}

extension IncomingMessage: Decodable {
  private enum Key: String, CodingKey { case id, method, params, result, error }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let isRequest = container.contains(.id)
    let id = try? container.decodeIfPresent(MessageID.self, forKey: .id)
    guard let method = try? container.decode(String.self, forKey: .method) else {
      if container.contains(.result) || container.contains(.error) {
        self.init(nil, .response)
      } else {
        self.init(nil, .invalid(id, ResponseError(.invalidRequest, "'method' must be a string")))
      }
      return
    }
    guard isRequest else {
      self.init(method, try Self.notification(method, container))
      return
    }
    guard let id else {
      let error = ResponseError(.invalidRequest, "'id' must be a whole number or a string")
      self.init(method, .invalid(nil, error))
      return
    }
    self.init(method, try Self.request(method, id, container))
  }

  private static func request(
    _ method: String,
    _ id: MessageID,
    _ container: KeyedDecodingContainer<Key>
  ) throws -> Content {
    guard let type = Methods.requests[method] else {
      return .invalid(id, ResponseError(.methodNotFound, "there is no request '\(method)'"))
    }
    do {
      return .request(id, try parameters(type, container))
    } catch let error as DecodingError {
      return .invalid(id, ResponseError(.invalidParams, explanation(of: error)))
    }
  }

  private static func notification(
    _ method: String,
    _ container: KeyedDecodingContainer<Key>
  ) throws -> Content {
    guard let type = Methods.notifications[method] else { return .unknownNotification }
    do {
      return .notification(try parameters(type, container))
    } catch let error as DecodingError {
      // Nobody waits for an answer; the log is where a person will look.
      return .notification(MalformedNotification(method: method, reason: explanation(of: error)))
    }
  }

  private static func parameters<Message: ClientMessage>(
    _ type: Message.Type,
    _ container: KeyedDecodingContainer<Key>
  ) throws -> Message {
    if let message = type.withoutParameters { return message }
    return try container.decode(type, forKey: .params)
  }

  /// What is wrong, with the path of the member that is.
  private static func explanation(of error: DecodingError) -> String {
    let path: [any CodingKey]
    let complaint: String
    switch error {
    case .keyNotFound(let key, let context):
      (path, complaint) = (context.codingPath + [key], "is missing")
    case .valueNotFound(_, let context):
      (path, complaint) = (context.codingPath, "must not be null")
    case .typeMismatch(let type, let context):
      (path, complaint) = (context.codingPath, "must be of type \(type)")
    case .dataCorrupted(let context):
      (path, complaint) = (context.codingPath, context.debugDescription)
    @unknown default:
      (path, complaint) = ([], "cannot be read")
    }
    let name = path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    return "'\(name)' \(complaint)"
  }
}
