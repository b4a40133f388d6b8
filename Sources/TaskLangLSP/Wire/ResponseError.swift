/// Why a request has no result.
///
/// Source: JSON-RPC 2.0 section 5.1, and "Response Message" of LSP 3.17.
struct ResponseError: Error, Sendable, Hashable {
  /// The numbers that clients know.
  enum Code: Int, Sendable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case serverNotInitialized = -32002
    case requestCancelled = -32800
    case requestFailed = -32803
  }

  /// The number.
  let code: Code
  /// What is wrong, for a person.
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
