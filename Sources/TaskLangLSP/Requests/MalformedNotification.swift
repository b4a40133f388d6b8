/// A notification whose parameters could not be read.
struct MalformedNotification: ClientNotification {
  static let method = ""
  /// The method that was called.
  let method: String
  /// What is wrong.
  let reason: String

  func apply(to session: inout Session) {
    session.log("\(method): \(reason)", as: .warning)
  }
}
