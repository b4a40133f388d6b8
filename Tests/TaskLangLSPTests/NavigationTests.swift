import TaskLangLSP
import Testing

@Suite struct NavigationTests {
  private static let text = """
    # first
    # second
    #DISBATCH PREFIX a $DISBATCH_TASKID\u{20}
    one
    #DISBATCH REPEAT 3 start 100 step 50 two
    #DISBATCH BARRIER CHECK
    three $DISBATCH_TASKID
    #DISBATCH SUFFIX  b
    #DISBATCH PREFIX\u{20}
    four

    """

  private static let document: JSONTree = ["textDocument": ["uri": .text(TestClient.uri)]]

  private static func with(_ members: [String: JSONTree]) -> JSONTree {
    .object(members.merging(["textDocument": ["uri": .text(TestClient.uri)]]) { first, _ in first })
  }

  @Test func `hints say ids, indexes and what a barrier waits for`() throws {
    var client = try TestClient(open: Self.text)
    let range = TestClient.range((0, 0), (20, 0))
    let hints = try client.request("textDocument/inlayHint", Self.with(["range": range])).array
    #expect(
      hints.map { $0["label"].text } == [
        "#0", "#1..#3, index 100 to 200 step 50", "#4, waits for 4 tasks", "#5", "#6",
      ]
    )
    #expect(hints[0]["position"] == TestClient.position((3, 3)))
  }

  @Test func `hints are of the range only and count from the barrier before it`() throws {
    var client = try TestClient(open: Self.text)
    let range = TestClient.range((5, 0), (5, 3))
    let hints = try client.request("textDocument/inlayHint", Self.with(["range": range])).array
    #expect(hints.map { $0["label"].text } == ["#4, waits for 4 tasks"])
  }

  @Test func `lenses say what the file, a REPEAT and a barrier come to`() throws {
    var client = try TestClient(open: Self.text)
    let lenses = try client.request("textDocument/codeLens", Self.document).array
    #expect(
      lenses.map { $0["command"]["title"].text } == [
        "6 tasks, preview", "3 tasks, preview", "waits for 4 tasks",
      ]
    )
    #expect(lenses[1]["command"]["arguments"] == [.text(TestClient.uri), 5])
  }

  @Test func `a PREFIX is referred to by the commands it applies to`() throws {
    var client = try TestClient(open: Self.text)
    let parameters = Self.with([
      "position": TestClient.position((2, 12)), "context": ["includeDeclaration": true],
    ])
    let found = try client.request("textDocument/references", parameters).array
    #expect(
      found.map { $0["range"]["start"] } == [
        TestClient.position((2, 17)), TestClient.position((3, 0)), TestClient.position((4, 37)),
        TestClient.position((6, 0)),
      ]
    )
  }

  @Test func `a variable is referred to wherever it stands`() throws {
    var client = try TestClient(open: Self.text)
    let parameters = Self.with([
      "position": TestClient.position((6, 12)), "context": ["includeDeclaration": false],
    ])
    let found = try client.request("textDocument/references", parameters).array
    let expected = [TestClient.range((2, 20), (2, 35)), TestClient.range((6, 7), (6, 22))]
    #expect(found.map { $0["range"] } == expected)
    let marked = try client.request("textDocument/documentHighlight", TestClient.place(6, 12))
    #expect(marked.array.map { $0["range"] } == expected)
  }

  @Test func `a PREFIX is marked as written and its commands as reading it`() throws {
    var client = try TestClient(open: Self.text)
    let marked = try client.request("textDocument/documentHighlight", TestClient.place(2, 12))
    #expect(marked.array.map { $0["kind"].number } == [3, 2, 2, 2])
  }

  @Test func `symbols are stages with their directives and tasks`() throws {
    var client = try TestClient(open: Self.text)
    let stages = try client.request("textDocument/documentSymbol", Self.document).array
    #expect(stages.map { $0["name"].text } == ["Stage 1", "Stage 2"])
    #expect(stages.map { $0["detail"].text } == ["4 tasks", "2 tasks"])
    #expect(
      stages[0]["children"].array.map { $0["name"].text } == [
        "PREFIX a $DISBATCH_TASKID ", "one", "REPEAT 3 start 100 step 50 two",
      ]
    )
    #expect(
      stages[1]["children"].array.map { $0["name"].text } == [
        "three $DISBATCH_TASKID", "SUFFIX  b", "PREFIX ", "four",
      ]
    )
  }

  @Test func `a long run of tasks is one symbol`() throws {
    var client = try TestClient(open: String(repeating: "run\n", count: 500))
    let stages = try client.request("textDocument/documentSymbol", Self.document).array
    #expect(stages[0]["children"].array.map { $0["name"].text } == ["Tasks 0 to 499"])
  }

  @Test func `a client without trees gets the same in a row`() throws {
    var client = try TestClient(open: Self.text, capabilities: [:])
    let symbols = try client.request("textDocument/documentSymbol", Self.document).array
    #expect(symbols.count == 9)
    #expect(symbols[1]["containerName"] == "Stage 1")
    #expect(symbols[0]["location"]["uri"].text == TestClient.uri)
  }

  @Test func `stages and comments fold`() throws {
    var client = try TestClient(open: Self.text)
    let folds = try client.request("textDocument/foldingRange", Self.document)
    #expect(
      folds == [
        ["startLine": 0, "endLine": 4, "kind": "region"],
        ["startLine": 6, "endLine": 9, "kind": "region"],
        ["startLine": 0, "endLine": 1, "kind": "comment"],
      ]
    )
  }

  @Test func `a selection grows from word to file`() throws {
    var client = try TestClient(open: Self.text)
    let parameters = Self.with(["positions": [TestClient.position((6, 8))]])
    var range = try client.request("textDocument/selectionRange", parameters)[0]
    var seen: [JSONTree] = []
    while !range.isNull {
      seen.append(range["range"])
      range = range["parent"]
    }
    #expect(
      seen == [
        TestClient.range((6, 6), (6, 22)), TestClient.range((6, 0), (6, 22)),
        TestClient.range((5, 23), (10, 0)), TestClient.range((0, 0), (10, 0)),
      ]
    )
  }

  @Test func `a selection grows through the parts of a command`() throws {
    var client = try TestClient(open: "prog \"x $Y\" | sort\n")
    let parameters = Self.with(["positions": [TestClient.position((0, 9))]])
    var range = try client.request("textDocument/selectionRange", parameters)[0]
    var seen: [JSONTree] = []
    while !range.isNull {
      seen.append(range["range"])
      range = range["parent"]
    }
    let parts = [(8, 10), (5, 11), (0, 11), (0, 18)].map { TestClient.range((0, $0.0), (0, $0.1)) }
    #expect(seen == parts + [TestClient.range((0, 0), (1, 0))])
  }

  @Test func `the expansion and a preview are given as text`() throws {
    var client = try TestClient(open: "#DISBATCH PREFIX p \n#DISBATCH REPEAT 20 start 5 x\n")
    let uri = JSONTree.text(TestClient.uri)
    let flat = try client.request(
      "workspace/executeCommand",
      ["command": "disbatch.expand", "arguments": [uri]]
    )
    #expect(flat.text?.hasPrefix("#DISBATCH REPEAT 1 start 5 step 1 p x\n") == true)
    client.inbox = []
    let preview = try client.request(
      "workspace/executeCommand",
      ["command": "disbatch.preview", "arguments": [uri, 2]]
    )
    #expect(preview.text?.hasPrefix("#0  index 5  p x\n#1  index 6  p x\n") == true)
    #expect(preview.text?.hasSuffix("\n... and 10 more") == true)
    #expect(client.inbox.first?["method"] == "window/showMessage")
  }

  @Test(
    arguments: [
      ["command": "disbatch.unheardOf", "arguments": []], ["command": "disbatch.expand"],
      ["command": "disbatch.expand", "arguments": ["file:///closed"]],
    ] as [JSONTree]
  )
  func `a command that cannot be executed is refused`(parameters: JSONTree) throws {
    var client = try TestClient(open: "run\n")
    let answer = try client.answer("workspace/executeCommand", parameters)
    #expect(answer["error"]["code"].number == -32602)
  }
}
