import TaskLangLSP
import Testing

@Suite struct CancellationTests {
  private static func cancel(_ id: JSONTree) -> [UInt8] {
    let message: JSONTree = [
      "jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": id],
    ]
    return TestClient.frame(message.json)
  }

  private static func hover(_ id: JSONTree) -> [UInt8] {
    let message: JSONTree = [
      "jsonrpc": "2.0", "id": id, "method": "textDocument/hover",
      "params": TestClient.place(0, 0),
    ]
    return TestClient.frame(message.json)
  }

  @Test func `a request that waits its turn is cancelled and answered once`() throws {
    var client = try TestClient(open: "run\n")
    client.inbox = []
    try client.send(Self.hover("one") + Self.hover("two") + Self.cancel("one"))
    let one = client.inbox.filter { $0["id"] == "one" }
    #expect(one.map { $0["error"]["code"].number } == [-32800])
    #expect(client.inbox.filter { $0["id"] == "two" && !$0["result"].isNull }.count == 1)
  }

  @Test func `a request that waits for the checks is cancelled`() throws {
    var client = try TestClient(capabilities: ["textDocument": ["diagnostic": [:]]])
    try client.open("run\n")
    let pull: JSONTree = [
      "jsonrpc": "2.0", "id": 77, "method": "textDocument/diagnostic",
      "params": ["textDocument": ["uri": .text(TestClient.uri)]],
    ]
    client.server.receive(TestClient.frame(pull.json).span)
    client.server.step()
    client.server.receive(Self.cancel(77).span)
    try client.settle()
    let answers = client.inbox.filter { $0["id"] == 77 }
    #expect(answers.map { $0["error"]["code"].number } == [-32800])
  }

  @Test func `cancelling what is answered or unknown does nothing`() throws {
    var client = try TestClient(open: "run\n")
    try client.send(Self.hover(50))
    client.inbox = []
    try client.send(Self.cancel(50) + Self.cancel("nobody"))
    #expect(client.inbox.isEmpty)
  }
}
