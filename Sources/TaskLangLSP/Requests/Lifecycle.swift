/// `shutdown`: the client is about to leave.
struct ShutdownRequest: ClientRequest {
  static let method = "shutdown"
  static let withoutParameters: ShutdownRequest? = ShutdownRequest()

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    session.state = .shuttingDown
    return .null
  }
}

/// `exit`: the process is to end, with 0 if `shutdown` came before.
struct ExitNotification: ClientNotification {
  static let method = "exit"
  static let withoutParameters: ExitNotification? = ExitNotification()

  func apply(to session: inout Session) {
    session.state = .exited(session.state == .shuttingDown ? 0 : 1)
  }
}

/// `initialized`: the client has read our capabilities.
struct InitializedNotification: ClientNotification {
  static let method = "initialized"
  static let withoutParameters: InitializedNotification? = InitializedNotification()

  func apply(to session: inout Session) {
    if session.client.registersWatchers { DidChangeWatchedFilesNotification.register(in: &session) }
  }
}

/// `$/cancelRequest`: an answer is not wanted any more.
///
/// It is obeyed as it comes in, in front of what waits.
struct CancelRequest: ClientNotification {
  static let method = "$/cancelRequest"
  let id: MessageID

  func apply(to session: inout Session) {}
}
