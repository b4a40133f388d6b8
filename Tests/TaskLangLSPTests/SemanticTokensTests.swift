import TaskLangLSP
import TestSupport
import Testing

@Suite struct SemanticTokensTests {
  private static let document: JSONTree = ["textDocument": ["uri": .text(TestClient.uri)]]

  /// Tokens as (line, character, length, kind).
  private static func decoded(_ data: [JSONTree]) throws -> [[Int]] {
    let numbers = try data.map { try #require($0.number) }
    var tokens: [[Int]] = []
    var (line, character) = (0, 0)
    for start in stride(from: 0, to: numbers.count, by: 5) {
      if numbers[start] > 0 { character = 0 }
      line += numbers[start]
      character += numbers[start + 1]
      tokens.append([line, character, numbers[start + 2], numbers[start + 3]])
    }
    return tokens
  }

  @Test func `words of the language and variables are told apart`() throws {
    var client = try TestClient(
      open: "# \u{1F600} x\n#DISBATCH REPEAT 3 start 5 run\u{E9} $DISBATCH_TASKID\nplain\n",
      capabilities: [:]
    )
    let data = try client.request("textDocument/semanticTokens/full", Self.document)["data"].array
    #expect(
      try Self.decoded(data) == [
        [0, 0, 6, 3], [1, 0, 9, 0], [1, 10, 6, 1], [1, 17, 1, 2], [1, 19, 5, 1], [1, 25, 1, 2],
        [1, 33, 15, 5],
      ]
    )
  }

  @Test func `a range has its own tokens only`() throws {
    var client = try TestClient(open: "# a\n# b\n# c\n")
    let data = try client.request(
      "textDocument/semanticTokens/range",
      ["textDocument": ["uri": .text(TestClient.uri)], "range": TestClient.range((1, 0), (1, 3))]
    )
    #expect(try Self.decoded(data["data"].array) == [[1, 0, 3, 3]])
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `changes of tokens lead to the tokens`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let lines = ["# note", "run $DISBATCH_TASKID", "#DISBATCH BARRIER", "x", ""]
    var client = try TestClient(open: "run\n")
    let first = try client.request("textDocument/semanticTokens/full", Self.document)
    var held = first["data"].array
    var name = first["resultId"]
    for version in 2..<30 {
      let line = Int.random(in: 0..<5, using: &random)
      let edit = TestClient.edit((line, 0), (line + 1, 0), random.pick(lines) + "\n")
      try client.change([edit], version: version)
      let delta = try client.request(
        "textDocument/semanticTokens/full/delta",
        ["textDocument": ["uri": .text(TestClient.uri)], "previousResultId": name]
      )
      for edit in delta["edits"].array {
        let start = try #require(edit["start"].number)
        let count = try #require(edit["deleteCount"].number)
        held.replaceSubrange(start..<start + count, with: edit["data"].array)
      }
      let full = try client.request("textDocument/semanticTokens/full", Self.document)
      #expect(held == full["data"].array)
      name = full["resultId"]
    }
  }

  @Test func `an answer that is not known any more is given anew`() throws {
    var client = try TestClient(open: "# a\n")
    let answer = try client.request(
      "textDocument/semanticTokens/full/delta",
      ["textDocument": ["uri": .text(TestClient.uri)], "previousResultId": "gone"]
    )
    #expect(answer["data"].array.count == 5)
  }
}
