import TaskLangLSP
import Testing

@Suite struct DiagnosticTests {
  private static let pulling: JSONTree = [
    "textDocument": ["diagnostic": [:], "publishDiagnostics": ["relatedInformation": true]]
  ]

  private static func pull(_ previous: JSONTree = nil) -> JSONTree {
    ["textDocument": ["uri": .text(TestClient.uri)], "previousResultId": previous]
  }

  @Test func `findings are sent unasked with code, source and version`() throws {
    var client = try TestClient(open: "run\n#DISBATCH BARRIER check\n")
    let sent = try client.takeDiagnostics()
    #expect(sent["uri"].text == TestClient.uri)
    #expect(sent["version"] == 1)
    let finding = sent["diagnostics"][0]
    #expect(finding["code"] == "DB109")
    #expect(finding["source"] == "disbatch")
    #expect(finding["severity"] == 1)
    #expect(finding["range"] == TestClient.range((1, 18), (1, 23)))
  }

  @Test func `a change brings the findings of the new text`() throws {
    var client = try TestClient(open: "run\n#DISBATCH BARRIER check\nrun\n")
    _ = try client.takeDiagnostics()
    try client.change([TestClient.edit((1, 18), (1, 23), "CHECK")])
    let sent = try client.takeDiagnostics()
    #expect(sent["version"] == 2)
    #expect(sent["diagnostics"] == [])
  }

  @Test func `closing takes the findings away`() throws {
    var client = try TestClient(open: "#DISBATCH PREFX x\nrun\n")
    try client.notify("textDocument/didClose", ["textDocument": ["uri": .text(TestClient.uri)]])
    #expect(try client.takeDiagnostics()["diagnostics"] == [])
  }

  @Test func `a client that asks for findings is not sent any`() throws {
    var client = try TestClient(open: "#DISBATCH PREFX x\nrun\n", capabilities: Self.pulling)
    #expect(client.inbox.isEmpty)
    let report = try client.request("textDocument/diagnostic", Self.pull())
    #expect(report["kind"] == "full")
    #expect(report["items"][0]["code"] == "DB101")
    let again = try client.request("textDocument/diagnostic", Self.pull(report["resultId"]))
    #expect(again == ["kind": "unchanged", "resultId": report["resultId"]])
    try client.change([TestClient.edit((0, 10), (0, 15), "PREFIX")])
    let after = try client.request("textDocument/diagnostic", Self.pull(report["resultId"]))
    #expect(after["kind"] == "full")
    #expect(after["resultId"] != report["resultId"])
  }

  @Test func `asking for the findings of what is not open is an error`() throws {
    var client = try TestClient(capabilities: Self.pulling)
    let answer = try client.answer("textDocument/diagnostic", Self.pull())
    #expect(answer["error"]["code"].number == -32602)
  }

  @Test func `other places are related information, or lines of the message`() throws {
    let text = "run\n#DISBATCH PERENGINE STOP clean\n"
    var modern = try TestClient(open: text)
    let related = try modern.takeDiagnostics()["diagnostics"][0]["relatedInformation"]
    #expect(!related.array.isEmpty)
    #expect(related[0]["location"]["uri"].text == TestClient.uri)
    var plain = try TestClient(open: text, capabilities: [:])
    let finding = try plain.takeDiagnostics()["diagnostics"][0]
    #expect(finding["relatedInformation"].isNull)
    #expect(finding["message"].text?.contains("line 1: ") == true)
  }

  @Test func `what never runs is tagged for fading`() throws {
    var client = try TestClient(open: "run\n#DISBATCH PERENGINE STOP clean\nmore\n")
    let sent = try client.takeDiagnostics()["diagnostics"].array
    let faded = try #require(sent.first { $0["tags"] == [1] })
    #expect(faded["range"] == TestClient.range((1, 0), (3, 0)))
    #expect(faded["severity"] == 4)
  }

  @Test func `several documents have their own findings`() throws {
    var client = try TestClient(capabilities: TestClient.modern)
    try client.open("run > log\n", uri: "file:///good")
    #expect(try client.takeDiagnostics()["diagnostics"] == [])
    try client.open("#DISBATCH PREFX x\nrun\n", uri: "file:///bad")
    let sent = try client.takeDiagnostics()
    #expect(sent["uri"] == "file:///bad")
    #expect(sent["diagnostics"].array.count > 0)
  }

  @Test func `more findings than anybody reads are counted`() throws {
    let text = String(repeating: "#DISBATCH REPEAT 0 x\n", count: 2500)
    let found = try TestClient(open: text).inbox.last?["params"]["diagnostics"].array ?? []
    #expect(found.count == 2001)
    let last = try #require(found.last)
    #expect(last["message"].text?.hasPrefix("more than 2000 findings") == true)
    #expect(last["range"]["start"]["line"] == 2000)
  }

  @Test func `of changes that come together only the last text is checked`() throws {
    var client = try TestClient(open: "run\n")
    _ = try client.takeDiagnostics()
    client.inbox = []
    for (version, text) in ["#DISBATCH PREFX x\n", "#DISBATCH REPEAT 0 x\n"].enumerated() {
      let change: JSONTree = [
        "jsonrpc": "2.0", "method": "textDocument/didChange",
        "params": [
          "textDocument": ["uri": .text(TestClient.uri), "version": .number(Double(version + 2))],
          "contentChanges": [["text": .text(text)]],
        ],
      ]
      client.server.receive(TestClient.frame(change.json).span)
    }
    try client.settle()
    #expect(client.inbox.count == 1)
    let sent = try client.takeDiagnostics()
    #expect(sent["version"] == 3)
    #expect(sent["diagnostics"].array.contains { $0["code"] == "DB203" })
    #expect(!sent["diagnostics"].array.contains { $0["code"] == "DB101" })
  }

  @Test func `typing while the checks run is answered at once`() throws {
    var client = try TestClient(capabilities: TestClient.modern)
    let text = String(
      repeating: "run a line of some length for the checks &>> log\n",
      count: 30_000
    )
    let open: JSONTree = [
      "jsonrpc": "2.0", "method": "textDocument/didOpen",
      "params": [
        "textDocument": [
          "uri": .text(TestClient.uri), "languageId": "disbatch", "version": 1,
          "text": .text(text),
        ]
      ],
    ]
    client.server.receive(TestClient.frame(open.json).span)
    client.server.step()
    let hover: JSONTree = [
      "jsonrpc": "2.0", "id": 1000, "method": "textDocument/hover",
      "params": TestClient.place(2, 1),
    ]
    client.server.receive(TestClient.frame(hover.json).span)
    // The next step is the answer, though most of the document has not been checked yet.
    client.server.step()
    try client.collect()
    #expect(client.inbox.map { $0["id"] } == [1000])
    #expect(client.server.hasWork)
    try client.settle()
    #expect(try client.takeDiagnostics()["diagnostics"] == [])
  }
}
