import TaskLang

/// Messages to the client, framed and ready to be sent.
struct MessageWriter: Sendable {
  /// What waits to be sent.
  private var pending: [UInt8] = []
  private var nextRequestID = 1

  /// Takes what waits.
  mutating func take() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &pending)
    return taken
  }

  /// Whether nothing waits.
  var isEmpty: Bool { pending.isEmpty }

  /// Answers a request.
  mutating func respond(to id: MessageID, with result: [UInt8]) {
    send { body in
      Self.write(id, to: &body)
      body.member("result", json: result)
    }
  }

  /// Answers a request, or what could not be read as one, with an error.
  mutating func respond(to id: MessageID?, with error: ResponseError) {
    send { body in
      Self.write(id, to: &body)
      body.object("error") { body in
        body.member("code", error.code.rawValue)
        body.member("message", error.message)
      }
    }
  }

  /// Sends a notification.
  mutating func notify(_ method: String, _ parameters: (inout [UInt8]) -> Void) {
    send { body in
      body.member("method", method)
      body.object("params", parameters)
    }
  }

  /// Sends a request whose answer is not waited for; `parameters` writes those that it has.
  mutating func request(_ method: String, _ parameters: ((inout [UInt8]) -> Void)? = nil) {
    let id = nextRequestID
    nextRequestID += 1
    send { body in
      body.member("id", "disbatch-\(id)")
      body.member("method", method)
      if let parameters { body.object("params", parameters) }
    }
  }

  private mutating func send(_ members: (inout [UInt8]) -> Void) {
    var body: [UInt8] = []
    body.object { body in
      body.member("jsonrpc", "2.0")
      members(&body)
    }
    pending += Array("Content-Length: \(body.count)\r\n\r\n".utf8)
    pending += body
  }

  private static func write(_ id: MessageID?, to body: inout [UInt8]) {
    switch id {
    case .number(let number): body.member("id", number)
    case .text(let text): body.member("id", text)
    case nil: body.member("id", json: Array("null".utf8))
    }
  }
}
