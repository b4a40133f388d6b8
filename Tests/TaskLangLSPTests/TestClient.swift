import TaskLangLSP
import Testing

/// An editor within the test: it speaks to the server in frames and keeps what comes back.
struct TestClient {
  var server = LanguageServer(version: "1.2.3")
  /// All messages from the server that were not taken yet.
  var inbox: [JSONTree] = []
  private var nextID = 1

  static let uri = "file:///task/Tasks"

  /// A client that has not said anything.
  init() {}

  /// A client that has not said anything, of a server in some surroundings.
  init(in surroundings: any Surroundings) {
    server = LanguageServer(version: "1.2.3", surroundings: surroundings)
  }

  /// A client that has introduced itself.
  init(capabilities: JSONTree) throws { try start(capabilities) }

  /// Introduces itself.
  mutating func start(_ capabilities: JSONTree) throws {
    let result = try request(
      "initialize",
      ["processId": nil, "rootUri": nil, "capabilities": capabilities]
    )
    try #require(!result["capabilities"].isNull)
    try notify("initialized", [:])
  }

  /// What editors of today can do.
  static let modern: JSONTree = [
    "general": ["positionEncodings": ["utf-8", "utf-16", "utf-32"]],
    "workspace": ["workspaceEdit": ["documentChanges": true]],
    "textDocument": [
      "hover": ["contentFormat": ["markdown", "plaintext"]],
      "completion": ["completionItem": ["snippetSupport": true]],
      "codeAction": [
        "codeActionLiteralSupport": ["codeActionKind": ["valueSet": []]],
        "isPreferredSupport": true,
      ],
      "publishDiagnostics": [
        "relatedInformation": true, "tagSupport": ["valueSet": [1, 2]], "versionSupport": true,
      ],
      "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
    ],
  ]

  /// A client that has a document open, whose settings leave out that output is not kept.
  init(open text: String, capabilities: JSONTree = TestClient.modern) throws {
    self.init(in: World(["/task/.disbatchrc": "allow=DB408\n"]))
    try start(capabilities)
    try open(text)
  }

  /// Bytes as a frame.
  static func frame(_ body: String) -> [UInt8] {
    Array("Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
  }

  /// Sends bytes as they are and lets the server do all that it has to do.
  mutating func send(_ bytes: [UInt8]) throws {
    server.receive(bytes.span)
    try settle()
  }

  /// Lets the server do all that it has to do.
  mutating func settle() throws {
    while server.hasWork { server.step() }
    try collect()
  }

  /// Takes what the server has written.
  mutating func collect() throws {
    var bytes = server.takeOutput()[...]
    while !bytes.isEmpty {
      let head = "Content-Length: "
      let start = try #require(bytes.firstIndex(of: UInt8(ascii: "{")))
      let header = String(decoding: bytes[..<start], as: UTF8.self)
      try #require(header.hasPrefix(head) && header.hasSuffix("\r\n\r\n"))
      // Two characters: `\r\n` is one.
      let length = try #require(Int(header.dropFirst(head.count).dropLast(2)))
      inbox.append(try JSONTree(Array(bytes[start..<start + length])))
      bytes = bytes[(start + length)...]
    }
  }

  /// Sends a notification.
  mutating func notify(_ method: String, _ parameters: JSONTree) throws {
    let message: JSONTree = ["jsonrpc": "2.0", "method": .text(method), "params": parameters]
    try send(Self.frame(message.json))
  }

  /// Sends a request and takes its answer, a result or an error.
  mutating func answer(_ method: String, _ parameters: JSONTree) throws -> JSONTree {
    let id = nextID
    nextID += 1
    let message: JSONTree = [
      "jsonrpc": "2.0", "id": .number(Double(id)), "method": .text(method), "params": parameters,
    ]
    try send(Self.frame(message.json))
    let index = try #require(inbox.firstIndex { $0["id"].number == id })
    return inbox.remove(at: index)
  }

  /// Sends a request and takes its result.
  mutating func request(_ method: String, _ parameters: JSONTree) throws -> JSONTree {
    let answer = try answer(method, parameters)
    try #require(answer["error"].isNull, "\(answer.json)")
    return answer["result"]
  }

  /// Opens a document.
  mutating func open(_ text: String, uri: String = TestClient.uri) throws {
    try notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .text(uri), "languageId": "disbatch", "version": 1, "text": .text(text),
        ]
      ]
    )
  }

  /// Sends edits of the document.
  mutating func change(_ changes: [JSONTree], version: Int = 2) throws {
    try notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .text(Self.uri), "version": .number(Double(version))],
        "contentChanges": .array(changes),
      ]
    )
  }

  /// An edit.
  static func edit(_ start: (Int, Int), _ end: (Int, Int), _ text: String) -> JSONTree {
    ["range": range(start, end), "text": .text(text)]
  }

  /// A range.
  static func range(_ start: (Int, Int), _ end: (Int, Int)) -> JSONTree {
    ["start": position(start), "end": position(end)]
  }

  /// A position.
  static func position(_ place: (Int, Int)) -> JSONTree {
    ["line": .number(Double(place.0)), "character": .number(Double(place.1))]
  }

  /// The parameters of a request about a place in the document.
  static func place(_ line: Int, _ character: Int) -> JSONTree {
    ["textDocument": ["uri": .text(uri)], "position": position((line, character))]
  }

  /// Takes the findings that were sent last, of the document.
  mutating func takeDiagnostics() throws -> JSONTree {
    let sent = inbox.filter { $0["method"].text == "textDocument/publishDiagnostics" }
    inbox.removeAll { $0["method"].text == "textDocument/publishDiagnostics" }
    return try #require(sent.last)["params"]
  }
}
