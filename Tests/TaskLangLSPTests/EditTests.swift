import TaskLang
import TaskLangLSP
import TestSupport
import Testing

@Suite struct EditTests {
  @Test func `several changes are made one after another`() throws {
    var client = try TestClient(open: "one\ntwo\n")
    try client.change([
      TestClient.edit((0, 0), (0, 0), "zero\n"),
      TestClient.edit((1, 0), (1, 3), "ONE"),
      TestClient.edit((2, 3), (3, 0), ""),
    ])
    let first = try client.request("textDocument/hover", TestClient.place(1, 0))
    #expect(first["contents"]["value"].text?.contains("ONE") == true)
    #expect(first["contents"]["value"].text?.contains("Task 1.") == true)
    let last = try client.request("textDocument/hover", TestClient.place(2, 0))
    #expect(last["range"] == TestClient.range((2, 0), (2, 3)))
  }

  @Test func `a whole text is taken though edits are asked for`() throws {
    var client = try TestClient(open: "one\n")
    try client.change([["text": "#DISBATCH PREFX x\nrun\n"]])
    #expect(try client.takeDiagnostics()["diagnostics"][0]["code"] == "DB101")
  }

  @Test(arguments: [
    ((99, 0), (99, 5)), ((0, 99), (0, 2_000_000_000)), ((1, 0), (0, 0)), ((0, 1), (5, 5)),
  ])
  func `edits out of range are clamped and the next text heals`(
    start: (Int, Int),
    end: (Int, Int)
  ) throws {
    var client = try TestClient(open: "one\ntwo\n")
    try client.change([TestClient.edit(start, end, "x")])
    try client.change([["text": "three\n"]], version: 3)
    let hover = try client.request("textDocument/hover", TestClient.place(0, 0))
    #expect(hover["contents"]["value"].text?.contains("three") == true)
  }

  @Test func `a change of what is not open, or of an older version, is logged`() throws {
    var client = try TestClient(capabilities: [:])
    try client.change([["text": "x"]])
    #expect(client.inbox.last?["method"] == "window/logMessage")
    try client.open("one\n")
    client.inbox = []
    try client.change([["text": "two\n"]], version: 0)
    #expect(client.inbox.contains { $0["method"] == "window/logMessage" })
    let hover = try client.request("textDocument/hover", TestClient.place(0, 0))
    #expect(hover["contents"]["value"].text?.contains("two") == true)
  }

  /// Ten seeds of a thousand edits each.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func `after any edits the document is as if opened with that text`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    // Alternately small files, where everything touches, and such as fill several blocks.
    let filler = seed.isMultiple(of: 2) ? 0 : 2000
    let options = RandomLines.options(&random)
    var text = RandomLines.text(count: 5 + filler, &random)
    var document = Document(uri: "u", version: 0, text: text, options: options)
    for step in 0..<1000 {
      let start = Int.random(in: 0...text.count, using: &random)
      let length = Int.random(in: 0..<100, using: &random) == 0 ? 40_000 : 30
      let end = min(text.count, start + Int.random(in: 0...length, using: &random))
      let added = RandomLines.piece(&random)
      // Edits of clients keep the text well-formed; here bytes are as good.
      document.replace(start..<end, with: added)
      text.replaceSubrange(start..<end, with: added)
      if filler == 0 || step.isMultiple(of: 50) || step == 999 {
        var fresh = Document(uri: "u", version: 0, text: text, options: options)
        let isSame = document.fingerprints() == fresh.fingerprints()
        #expect(isSame, "seed \(seed), step \(step)")
        // What the command line finds, which keeps nothing from one time to the next.
        let expected = Self.check(text, options)
        let found = document.findings()
        #expect(found == expected, "seed \(seed), step \(step)")
        guard isSame, found == expected else { return }
      }
      if text.count < 20 + filler * 10 {
        let more = RandomLines.text(count: 5 + filler / 2, &random)
        document.replace(text.count..<text.count, with: more)
        text += more
      }
    }
  }

  private static func check(_ text: [UInt8], _ options: LintOptions) -> [Diagnostic] {
    var frontEnd = FrontEnd(checker: Checker(options: options))
    _ = frontEnd.read(text.span) { _, _, _, _, _ in true }
    frontEnd.finish { _, _, _, _, _ in true }
    return frontEnd.checker?.diagnostics ?? []
  }
}
