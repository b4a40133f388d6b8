import TaskLangLSP
import Testing

/// What helps while a line is written: signatures, comments about findings, pages.
@Suite struct WritingTests {
  @Test(
    arguments: [
      ("#DISBATCH REPEAT |", 0), ("#DISBATCH REPEAT 1|", 0), ("#DISBATCH repeat 10 |", 3),
      ("#DISBATCH REPEAT 10 star|", 1), ("#DISBATCH REPEAT 10 start |", 1),
      ("#DISBATCH REPEAT 10 start 5|", 1), ("#DISBATCH REPEAT 10 start 5 |", 3),
      ("#DISBATCH REPEAT 10 start 5 step 2|", 2), ("#DISBATCH REPEAT 10 step 2|", 2),
      ("#DISBATCH REPEAT 10 ste|", 2), ("#DISBATCH REPEAT 10 start 5 step 2 x|", 3),
      ("#DISBATCH REPEAT 10 run x|", 3), ("#DISBATCH REPEAT|", nil), ("run 5 |", nil),
      ("#DISBATCH PREFIX 5|", nil), ("#disbatch REPEAT 5|", nil),
    ] as [(String, Int?)]
  )
  func `the part of a REPEAT that is written is told`(marked: String, active: Int?) throws {
    let text = marked.prefix { $0 != "|" }
    var client = try TestClient(open: String(text))
    let place = TestClient.place(0, text.utf8.count)
    let help = try client.request("textDocument/signatureHelp", place)
    #expect(help["activeParameter"].number == active)
    guard active != nil else { return }
    let label = try #require(help["signatures"][0]["label"].text)
    for parameter in help["signatures"][0]["parameters"].array {
      #expect(label.contains(parameter["label"].text ?? "-"))
    }
  }

  @Test func `a code in a comment about findings shows its page`() throws {
    let text = "# disbatch: ignore[DB203, repeat-zero,DB4] why\n#DISBATCH REPEAT 0 x\n"
    var client = try TestClient(open: text)
    let code = try client.request("textDocument/hover", TestClient.place(0, 20))
    #expect(code["range"] == TestClient.range((0, 19), (0, 24)))
    #expect(code["contents"]["value"].text?.hasPrefix("# DB203") == true)
    let name = try client.request("textDocument/hover", TestClient.place(0, 30))
    #expect(name["contents"]["value"].text?.contains("repeat-zero") == true)
    let family = try client.request("textDocument/hover", TestClient.place(0, 39))
    #expect(family["contents"]["value"].text?.contains("DB404") == true)
    #expect(try client.request("textDocument/hover", TestClient.place(0, 3)).isNull)
    #expect(try client.request("textDocument/hover", TestClient.place(0, 44)).isNull)
  }

  private static func offered(_ text: String) throws -> [JSONTree] {
    var client = try TestClient(open: text)
    let place = TestClient.place(0, text.utf8.count)
    return try client.request("textDocument/completion", place)["items"].array
  }

  @Test func `words and codes are offered in comments about findings`() throws {
    let verbs = try Self.offered("# disbatch: ").map { $0["textEdit"]["newText"].text }
    #expect(verbs == ["ignore[", "expect[", "disable[", "enable[", "ignore-file["])
    #expect(try Self.offered("# disbatch: dis").map { $0["label"].text } == ["disable"])
    let all = try Self.offered("# disbatch: ignore[")
    #expect(all.contains { $0["label"] == "DB101" && $0["detail"] == "unknown-directive" })
    let second = try #require(try Self.offered("#disbatch: ignore[DB1, DB203").first)
    #expect(second["label"] == "DB203")
    #expect(second["textEdit"]["range"] == TestClient.range((0, 23), (0, 28)))
    let named = try Self.offered("# disbatch: ignore[repeat-ze").map { $0["label"].text }
    #expect(named == ["DB203"])
    #expect(try Self.offered("# disbatch: ignore[DB203] ").isEmpty)
  }

  @Test func `a finding can be suppressed in its line`() throws {
    var client = try TestClient(open: "run\n#DISBATCH REPEAT 0 x\n")
    let parameters: JSONTree = [
      "textDocument": ["uri": .text(TestClient.uri)],
      "range": TestClient.range((1, 18), (1, 18)), "context": ["diagnostics": []],
    ]
    let actions = try client.request("textDocument/codeAction", parameters).array
    let action = try #require(actions.first { $0["title"] == "Suppress DB203 in this line" })
    let edit = action["edit"]["documentChanges"][0]["edits"][0]
    #expect(edit["range"] == TestClient.range((1, 0), (1, 0)))
    #expect(edit["newText"] == "# disbatch: ignore[DB203]\n")
    try client.change([["range": edit["range"], "text": edit["newText"]]])
    let left = try client.takeDiagnostics()["diagnostics"].array
    #expect(!left.contains { $0["code"] == "DB203" || $0["code"] == "DB901" })
  }

  private static func command(_ name: String, _ arguments: JSONTree) -> JSONTree {
    ["command": .text(name), "arguments": arguments]
  }

  @Test func `the page of a code is given on command`() throws {
    var client = try TestClient(capabilities: [:])
    for word in ["DB203", "repeat-zero"] {
      let command = Self.command("disbatch.explain", [.text(word)])
      let page = try client.request("workspace/executeCommand", command)
      #expect(page.text?.hasPrefix("# DB203") == true)
    }
    for arguments in [["DB2"], ["nonsense"], []] as [JSONTree] {
      let command = Self.command("disbatch.explain", arguments)
      let answer = try client.answer("workspace/executeCommand", command)
      #expect(answer["error"]["code"].number == -32602)
    }
  }

  @Test func `only what lies in a range is formatted`() throws {
    let text = "#DISBATCH prefix a\n#DISBATCH prefix b\nrun\n#DISBATCH prefix c\nrun\n"
    var client = try TestClient(open: text)
    let parameters: JSONTree = [
      "textDocument": ["uri": .text(TestClient.uri)],
      "range": TestClient.range((1, 0), (2, 0)), "options": ["tabSize": 2, "insertSpaces": true],
    ]
    let edits = try client.request("textDocument/rangeFormatting", parameters)
    #expect(edits == [["range": TestClient.range((1, 10), (1, 16)), "newText": "PREFIX"]])
  }
}
