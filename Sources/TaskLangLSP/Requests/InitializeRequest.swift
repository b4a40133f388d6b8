/// `initialize`: who the client is, and what the server can do.
struct InitializeRequest: ClientRequest {
  static let method = "initialize"

  let processId: Int?
  let capabilities: ClientCapabilities

  func result(in session: inout Session) throws(ResponseError) -> [UInt8] {
    session.state = .running
    session.client = capabilities
    if let processId { session.clientProcess = processId }
    let version = session.version
    var out: [UInt8] = []
    out.object { out in
      out.object("capabilities") { ServerCapabilities.write(for: capabilities, to: &$0) }
      out.object("serverInfo") { out in
        out.member("name", "disbatch")
        out.member("version", version)
      }
    }
    return out
  }
}
