import TaskLangLSP
import Testing

@Suite struct FormattingTests {
  private static let parameters: JSONTree = [
    "textDocument": ["uri": .text(TestClient.uri)],
    "options": ["tabSize": 2, "insertSpaces": true],
  ]

  @Test func `formatting spells directives and leaves all else`() throws {
    var client = try TestClient(
      open: "#DISBATCH prefix  x  \n  run \n#DISBATCH Repeat  2\tSTART 1\n"
    )
    let edits = try client.request("textDocument/formatting", Self.parameters)
    #expect(
      edits == [
        ["range": TestClient.range((0, 10), (0, 16)), "newText": "PREFIX"],
        ["range": TestClient.range((2, 10), (2, 16)), "newText": "REPEAT"],
        ["range": TestClient.range((2, 16), (2, 18)), "newText": " "],
        ["range": TestClient.range((2, 19), (2, 20)), "newText": " "],
        ["range": TestClient.range((2, 20), (2, 25)), "newText": "start"],
      ]
    )
  }

  @Test func `a file with errors is not formatted`() throws {
    var client = try TestClient(open: "#DISBATCH prefix x\n#DISBATCH BARRIER check\n")
    let answer = try client.answer("textDocument/formatting", Self.parameters)
    #expect(answer["error"]["code"].number == -32803)
    #expect(answer["error"]["message"].text?.contains("line 2") == true)
  }
}
