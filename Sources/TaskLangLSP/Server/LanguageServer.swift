/// The language server: bytes from the client in, bytes for the client out.
///
/// It neither reads nor writes anything itself. Its owner hands it what has come with `receive`,
/// calls `step` while `hasWork`, and sends what `takeOutput` gives. A step is one message or a slice
/// of the checks, so that a client never waits long, whatever is open; it is best to look for more
/// input between steps, for a request that was cancelled meanwhile costs nothing then.
package struct LanguageServer: Sendable {
  /// How far a document is checked in one step, in lines looked at: a few milliseconds.
  private static let sliceEffort = 2000

  private var framer = MessageFramer()
  private var session: Session
  private var inbox: [IncomingMessage] = []
  private var nextMessage = 0
  private var inputHasEnded = false
  /// Requests that wait for findings, in the order of their coming.
  private var waiting: [(id: MessageID, request: any ClientRequest)] = []

  /// Makes a server.
  ///
  /// - Parameters:
  ///   - version: Its version, for the client.
  ///   - surroundings: The machine that it runs on.
  package init(version: String, surroundings: any Surroundings = NoSurroundings()) {
    session = Session(version: version, surroundings: surroundings)
  }

  /// The status with which to leave, once the conversation is over.
  package var exitStatus: Int32? {
    if case .exited(let status) = session.state { status } else { nil }
  }

  /// The process that the client asked us not to outlive.
  package var clientProcess: Int? { session.clientProcess }

  /// Whether a step would do something.
  package var hasWork: Bool {
    exitStatus == nil
      && (nextMessage < inbox.count || !waiting.isEmpty || !session.unpublished.isEmpty)
  }

  /// Takes what waits to be sent.
  package mutating func takeOutput() -> [UInt8] { session.writer.take() }

  /// Takes bytes from the client.
  package mutating func receive(_ bytes: Span<UInt8>) {
    var framer = MessageFramer()
    swap(&framer, &self.framer)
    framer.read(bytes) { output in
      switch output {
      case .body(let body): enqueue(IncomingMessage(body))
      case .malformed(let reason):
        session.writer.respond(to: nil, with: ResponseError(.parseError, reason))
      }
    }
    swap(&framer, &self.framer)
  }

  /// Takes the end of the client's bytes: what has come is still answered, then it is over.
  package mutating func endInput() {
    inputHasEnded = true
    leaveIfDone()
  }

  private mutating func leaveIfDone() {
    guard inputHasEnded, exitStatus == nil, nextMessage == inbox.count else { return }
    session.state = .exited(session.state == .shuttingDown ? 0 : 1)
  }

  /// Does one thing that is due.
  package mutating func step() {
    guard exitStatus == nil else { return }
    if nextMessage < inbox.count {
      let message = inbox[nextMessage]
      nextMessage += 1
      if nextMessage == inbox.count { (inbox, nextMessage) = ([], 0) }
      handle(message)
    } else if let uri = waiting.first?.request.uncheckedDocument(in: session) {
      session.check(uri, effort: Self.sliceEffort)
      answerWaiting()
    } else if let uri = session.unpublished.first {
      session.check(uri, effort: Self.sliceEffort)
      answerWaiting()
    }
    publish()
    leaveIfDone()
  }

  private mutating func enqueue(_ message: IncomingMessage) {
    if case .notification(let notification) = message.content,
      let cancellation = notification as? CancelRequest
    {
      cancel(cancellation.id)
    } else {
      inbox.append(message)
    }
  }

  /// Drops a request that has not been answered; others are left as they are.
  private mutating func cancel(_ id: MessageID) {
    let isQueued = inbox[nextMessage...].firstIndex { message in
      if case .request(id, _) = message.content { true } else { false }
    }
    if let isQueued {
      inbox.remove(at: isQueued)
    } else if let index = waiting.firstIndex(where: { $0.id == id }) {
      waiting.remove(at: index)
    } else {
      return
    }
    session.writer.respond(to: id, with: ResponseError(.requestCancelled, "cancelled"))
  }

  private mutating func handle(_ message: IncomingMessage) {
    switch message.content {
    case .request(let id, let request): handle(request, id)
    case .notification(let notification):
      // Before `initialize` and after `shutdown` only the end is heard.
      if session.state == .running || notification is ExitNotification {
        notification.apply(to: &session)
      }
    case .response, .unknownNotification: break
    case .invalid(let id, let error):
      guard let id, let refusal = refusal(of: message.method ?? "") else {
        session.writer.respond(to: id, with: error)
        return
      }
      session.writer.respond(to: id, with: refusal)
    }
  }

  /// Why no request of a kind can be answered now.
  private func refusal(of method: String) -> ResponseError? {
    let isFirst = method == InitializeRequest.method
    return switch session.state {
    case .uninitialized where !isFirst:
      ResponseError(.serverNotInitialized, "'initialize' has to come before '\(method)'")
    case .running where isFirst: ResponseError(.invalidRequest, "'initialize' came twice")
    case .shuttingDown, .exited:
      ResponseError(.invalidRequest, "'\(method)' came after 'shutdown'")
    case .uninitialized, .running: nil
    }
  }

  private mutating func handle(_ request: any ClientRequest, _ id: MessageID) {
    if let refusal = refusal(of: type(of: request).method) {
      session.writer.respond(to: id, with: refusal)
      return
    }
    if request.uncheckedDocument(in: session) != nil {
      waiting.append((id, request))
      return
    }
    // What was asked before is answered before.
    if request is ShutdownRequest { finishWaiting() }
    answer(request, id)
  }

  private mutating func answer(_ request: any ClientRequest, _ id: MessageID) {
    do throws(ResponseError) {
      session.writer.respond(to: id, with: try request.result(in: &session))
    } catch {
      session.writer.respond(to: id, with: error)
    }
  }

  private mutating func answerWaiting() {
    var left: [(id: MessageID, request: any ClientRequest)] = []
    for item in waiting {
      if item.request.uncheckedDocument(in: session) != nil {
        left.append(item)
      } else {
        answer(item.request, item.id)
      }
    }
    waiting = left
  }

  private mutating func finishWaiting() {
    while let uri = waiting.first?.request.uncheckedDocument(in: session) {
      session.check(uri, effort: Self.sliceEffort)
      answerWaiting()
    }
  }

  private mutating func publish() {
    for uri in session.unpublished where session.isChecked(uri) {
      session.published(uri)
      guard let document = try? session.document(uri) else { continue }
      PublishedDiagnostics.send(document, in: &session)
    }
  }
}
