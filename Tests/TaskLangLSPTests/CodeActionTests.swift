import TaskLangLSP
import Testing

@Suite struct CodeActionTests {
  private static func parameters(
    _ start: (Int, Int),
    _ end: (Int, Int),
    only: JSONTree = nil
  ) -> JSONTree {
    [
      "textDocument": ["uri": .text(TestClient.uri)], "range": TestClient.range(start, end),
      "context": ["diagnostics": [], "only": only],
    ]
  }

  @Test func `each fix of a finding is an action`() throws {
    var client = try TestClient(open: "#DISBATCH PREFX ( cd x ;\nrun\n")
    let result = try client.request("textDocument/codeAction", Self.parameters((0, 12), (0, 12)))
    let action = try #require(result.array.first)
    #expect(action["kind"] == "quickfix")
    #expect(action["diagnostics"][0]["code"] == "DB101")
    let change = action["edit"]["documentChanges"][0]
    #expect(change["textDocument"] == ["uri": .text(TestClient.uri), "version": 1])
    #expect(
      change["edits"] == [["range": TestClient.range((0, 14), (0, 14)), "newText": "I"]]
    )
    #expect(action["isPreferred"] == true)
  }

  @Test func `elsewhere there is nothing to mend`() throws {
    var client = try TestClient(open: "#DISBATCH PREFX x\nrun\n")
    let result = try client.request("textDocument/codeAction", Self.parameters((1, 0), (1, 1)))
    #expect(!result.array.contains { $0["kind"] == "quickfix" })
  }

  @Test func `all safe fixes are made at once where that is asked for`() throws {
    var client = try TestClient(open: "#DISBATCH prefix x \n#DISBATCH repeat 2 y\n")
    let parameters = Self.parameters((0, 0), (0, 0), only: ["source.fixAll"])
    let result = try client.request("textDocument/codeAction", parameters)
    #expect(result.array.map { $0["kind"].text } == ["source.fixAll.disbatch"])
    let edits = result[0]["edit"]["documentChanges"][0]["edits"].array
    #expect(edits.map { $0["newText"].text } == ["PREFIX", "REPEAT"])
  }

  @Test func `an older client gets its edits by address`() throws {
    let capabilities: JSONTree = [
      "textDocument": ["codeAction": ["codeActionLiteralSupport": [:]]]
    ]
    var client = try TestClient(open: "#DISBATCH prefix x \n", capabilities: capabilities)
    let parameters = Self.parameters((0, 0), (0, 18), only: ["quickfix"])
    let result = try client.request("textDocument/codeAction", parameters)
    #expect(result[0]["edit"]["changes"][TestClient.uri][0]["newText"] == "PREFIX")
  }
}
