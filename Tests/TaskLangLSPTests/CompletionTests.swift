import TaskLangLSP
import Testing

@Suite struct CompletionTests {
  /// Items offered at the `|` in a text.
  private static func items(
    _ marked: String,
    capabilities: JSONTree = TestClient.modern
  ) throws -> [JSONTree] {
    let before = marked.prefix { $0 != "|" }
    let text = before + marked.dropFirst(before.count + 1)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    var client = try TestClient(open: String(text), capabilities: capabilities)
    let place = TestClient.place(lines.count - 1, lines.last?.utf8.count ?? 0)
    return try client.request("textDocument/completion", place)["items"].array
  }

  private static let directives = [
    "#DISBATCH PREFIX", "#DISBATCH SUFFIX", "#DISBATCH REPEAT", "#DISBATCH BARRIER",
    "#DISBATCH BARRIER CHECK", "#DISBATCH PERENGINE START", "#DISBATCH PERENGINE STOP",
  ]

  @Test(arguments: [
    "run\n|\nrun\n", "#DISBATCH REPEAT 2 x\n#|", "#DISBATCH BARRIER\n#DISBATCH|",
    "run\n#DISBATCH P|",
    "#DISBATCH odd\n|", "run\n#DISBATCH PERENGINE |", "run\n#DISBATCH PERENGINE ST|",
  ])
  func `PERENGINE is not offered behind what ends its place`(marked: String) throws {
    let labels = try Self.items(marked).compactMap { $0["label"].text }
    #expect(!labels.contains { $0.contains("PERENGINE") || $0.hasPrefix("ST") }, "\(labels)")
  }

  @Test(arguments: [
    "|", "|\nrun\n", "# c\n#DISBATCH PREFIX a \n|", "#|", "#dis|", "#DISBATCH|", "  |",
  ])
  func `the directives are offered on an empty line and behind what begins one`(
    marked: String
  ) throws {
    #expect(try Self.items(marked).map { $0["label"].text } == Self.directives)
  }

  @Test(
    arguments: [
      (
        "#DISBATCH |",
        [
          "PREFIX", "SUFFIX", "REPEAT", "BARRIER", "BARRIER CHECK", "PERENGINE START",
          "PERENGINE STOP",
        ]
      ),
      ("#DISBATCH PRE|", ["PREFIX"]),
      ("#DISBATCH BARRIER |", ["CHECK"]),
      ("#DISBATCH BARRIER ch|", ["CHECK"]),
      ("#DISBATCH PERENGINE |", ["START", "STOP"]),
      ("#DISBATCH REPEAT 5 |", ["start", "step"]),
      ("#DISBATCH REPEAT 5 start 3 |", ["step"]),
      ("#DISBATCH REPEAT 5 step 3 |", []),
      ("#DISBATCH REPEAT |", []),
      ("#DISBATCH PREFIX |", []),
      ("run |", []), ("# comment |", []),
    ] as [(String, [String])]
  )
  func `words are offered where the language takes them`(marked: String, expected: [String]) throws
  {
    #expect(try Self.items(marked).map { $0["label"].text } == expected)
  }

  @Test func `what is written replaces what was typed and keeps the needed space`() throws {
    let item = try #require(try Self.items("run\n#dis|").first)
    #expect(item["textEdit"]["range"] == TestClient.range((1, 0), (1, 4)))
    #expect(item["textEdit"]["newText"] == "#DISBATCH PREFIX ${1:text }")
    #expect(item["insertTextFormat"] == 2)
    let plain = try #require(try Self.items("#dis|", capabilities: [:]).first)
    #expect(plain["textEdit"]["newText"] == "#DISBATCH PREFIX ")
    #expect(plain["insertTextFormat"].isNull)
  }

  @Test func `variables are offered with their values`() throws {
    let items = try Self.items("run\nrun $DISBATCH_TASK|ID\n")
    #expect(items.map { $0["label"].text } == ["DISBATCH_TASKID", "DISBATCH_TASKID_ZP"])
    #expect(items[0]["detail"].text?.hasSuffix("Here: 1.") == true)
    #expect(items[1]["detail"].text?.hasSuffix("Here: 000001.") == true)
    #expect(items[0]["textEdit"]["range"] == TestClient.range((1, 5), (1, 20)))
  }

  @Test(arguments: [("run ${|", "DISBATCH_TASKID}"), ("run ${|}", "DISBATCH_TASKID")])
  func `a brace is closed once`(marked: String, text: String) throws {
    #expect(try Self.items(marked).first?["textEdit"]["newText"].text == text)
  }
}
