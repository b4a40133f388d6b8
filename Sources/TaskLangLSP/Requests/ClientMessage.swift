/// A message that clients send: its parameters, as the specification names them.
///
/// Each is a file of its own with the answer beside the parameters, and a row in `Methods`.
protocol ClientMessage: Decodable, Sendable {
  /// The message's name.
  static var method: String { get }
  /// The message itself where it has no parameters.
  static var withoutParameters: Self? { get }
}

extension ClientMessage {
  static var withoutParameters: Self? { nil }
}

/// A message that is answered.
protocol ClientRequest: ClientMessage {
  /// The document whose findings must be complete before the answer is given.
  var documentToCheck: String? { get }

  /// A document that has to be checked before the answer is given and is not; nil when all are.
  func uncheckedDocument(in session: Session) -> String?

  /// The answer, as JSON.
  func result(in session: inout Session) throws(ResponseError) -> [UInt8]
}

extension ClientRequest {
  var documentToCheck: String? { nil }

  func uncheckedDocument(in session: Session) -> String? {
    documentToCheck.flatMap { session.isChecked($0) ? nil : $0 }
  }
}

/// A message that is not answered.
protocol ClientNotification: ClientMessage {
  /// Takes note of it.
  func apply(to session: inout Session)
}
