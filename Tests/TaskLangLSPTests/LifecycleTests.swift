import TaskLangLSP
import Testing

@Suite struct LifecycleTests {
  @Test func `a request before initialize is refused, a notification dropped`() throws {
    var client = TestClient()
    try client.open("#DISBATCH PREFX x\n")
    #expect(client.inbox.isEmpty)
    let answer = try client.answer("textDocument/hover", TestClient.place(0, 0))
    #expect(answer["error"]["code"].number == -32002)
  }

  @Test func `a second initialize is refused`() throws {
    var client = try TestClient(capabilities: [:])
    let answer = try client.answer("initialize", ["processId": nil, "capabilities": [:]])
    #expect(answer["error"]["code"].number == -32600)
  }

  @Test func `a request after shutdown is refused`() throws {
    var client = try TestClient(open: "run\n")
    #expect(try client.request("shutdown", nil).isNull)
    let answer = try client.answer("textDocument/hover", TestClient.place(0, 0))
    #expect(answer["error"]["code"].number == -32600)
  }

  @Test(arguments: [true, false])
  func `exit ends with 0 only after shutdown`(asksBefore: Bool) throws {
    var client = try TestClient(capabilities: [:])
    if asksBefore { _ = try client.request("shutdown", nil) }
    #expect(client.server.exitStatus == nil)
    try client.notify("exit", nil)
    #expect(client.server.exitStatus == (asksBefore ? 0 : 1))
  }

  @Test func `exit is heard before initialize`() throws {
    var client = TestClient()
    try client.notify("exit", nil)
    #expect(client.server.exitStatus == 1)
  }

  @Test func `the end of the input ends the server when all has been answered`() throws {
    var client = try TestClient(open: "run\n")
    let request: JSONTree = [
      "jsonrpc": "2.0", "id": "last", "method": "textDocument/hover",
      "params": TestClient.place(0, 0),
    ]
    client.server.receive(TestClient.frame(request.json).span)
    client.server.endInput()
    #expect(client.server.exitStatus == nil)
    try client.settle()
    #expect(client.server.exitStatus == 1)
    #expect(client.inbox.contains { $0["id"] == "last" && !$0["result"].isNull })
  }

  @Test func `the client's process is remembered`() throws {
    var client = TestClient()
    _ = try client.request("initialize", ["processId": 4711, "capabilities": [:]])
    #expect(client.server.clientProcess == 4711)
  }

  @Test func `the version is given`() throws {
    var client = TestClient()
    let result = try client.request("initialize", ["processId": nil, "capabilities": [:]])
    #expect(result["serverInfo"] == ["name": "disbatch", "version": "1.2.3"])
  }

  @Test(
    arguments: [
      (#""a-b""#, "a-b"), ("0", 0), ("-5", -5), ("2147483648", 2_147_483_648),
    ] as [(String, JSONTree)]
  )
  func `an id is given back as it came`(id: String, expected: JSONTree) throws {
    var client = try TestClient(capabilities: [:])
    try client.send(TestClient.frame(#"{"jsonrpc":"2.0","id":\#(id),"method":"shutdown"}"#))
    #expect(client.inbox.last == ["jsonrpc": "2.0", "id": expected, "result": nil])
  }

  @Test(arguments: ["textDocument/unheardOf", "$/unheardOf"])
  func `an unknown request is answered, an unknown notification passed over`(
    method: String
  ) throws {
    var client = try TestClient(capabilities: [:])
    #expect(try client.answer(method, [:])["error"]["code"].number == -32601)
    try client.notify(method, [:])
    #expect(client.inbox.isEmpty)
  }

  @Test(
    arguments: [
      (["textDocument": ["uri": "u"]], "params.position"),
      (["textDocument": [:], "position": ["line": 0, "character": 0]], "params.textDocument.uri"),
      (["textDocument": ["uri": "u"], "position": ["line": -1, "character": 0]], "line"),
      (["textDocument": ["uri": "u"], "position": ["line": "x", "character": 0]], "line"),
      (nil, "params"),
    ] as [(JSONTree, String)]
  )
  func `wrong parameters are answered with the member's name`(
    parameters: JSONTree,
    name: String
  ) throws {
    var client = try TestClient(capabilities: [:])
    let error = try client.answer("textDocument/hover", parameters)["error"]
    #expect(error["code"].number == -32602)
    #expect(error["message"].text?.contains(name) == true, "\(error.json)")
  }

  @Test func `wrong parameters of a notification are named in the log`() throws {
    var client = try TestClient(capabilities: [:])
    try client.notify("textDocument/didOpen", ["textDocument": ["uri": "u", "version": 1]])
    #expect(client.inbox.last?["method"] == "window/logMessage")
    #expect(client.inbox.last?["params"]["message"].text?.contains("textDocument.text") == true)
  }

  @Test(arguments: ["{", "nonsense", "", "[1", "{\"a\":\u{1}}"])
  func `what is no JSON is answered and the next message is read`(body: String) throws {
    var client = try TestClient(capabilities: [:])
    try client.send(TestClient.frame(body) + TestClient.frame(#"{"id":9,"method":"shutdown"}"#))
    #expect(client.inbox.last?["id"] == 9)
    #expect(client.inbox.first?["id"].isNull == true)
    // A length of 0 is a complaint about the header.
    #expect(client.inbox.first?["error"]["code"].number == -32700)
  }

  @Test(arguments: ["[]", "5", "null", "{}", #"{"id":1,"method":5}"#, #"{"id":[],"method":"x"}"#])
  func `what is JSON but no message is an invalid request`(body: String) throws {
    var client = try TestClient(capabilities: [:])
    try client.send(TestClient.frame(body))
    #expect(client.inbox.last?["error"]["code"].number == -32600)
  }

  @Test func `an answer to a request of ours is taken`() throws {
    var client = try TestClient(capabilities: [:])
    try client.send(TestClient.frame(#"{"jsonrpc":"2.0","id":"disbatch-1","result":null}"#))
    #expect(client.inbox.isEmpty)
  }

  /// A frame of 10 MB.
  @Test(arguments: ["[", #"{"a":"#, #"{"method":["#])
  func `deeply nested JSON is refused`(piece: String) throws {
    var client = try TestClient(capabilities: [:])
    let deep = String(repeating: piece, count: 10_000_000 / piece.utf8.count)
    try client.send(TestClient.frame(deep) + TestClient.frame(#"{"id":9,"method":"shutdown"}"#))
    #expect(client.inbox.first?["error"]["code"].number == -32700)
    #expect(client.inbox.last == ["jsonrpc": "2.0", "id": 9, "result": nil])
  }

  @Test func `deep nesting within parameters is refused as well`() throws {
    var client = try TestClient(capabilities: [:])
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let body = #"{"id":8,"method":"workspace/executeCommand","params":{"command":\#(deep)}}"#
    try client.send(TestClient.frame(body) + TestClient.frame(#"{"id":9,"method":"shutdown"}"#))
    #expect(client.inbox.first?["error"].isNull == false)
    #expect(client.inbox.last == ["jsonrpc": "2.0", "id": 9, "result": nil])
  }
}
