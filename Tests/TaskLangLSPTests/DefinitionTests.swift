import TaskLangLSP
import Testing

@Suite struct DefinitionTests {
  private static let text = "first\n#DISBATCH PREFIX a \n#DISBATCH SUFFIX  b\nrun\n# note\n"

  private static func ranges(_ line: Int) throws -> [JSONTree] {
    var client = try TestClient(open: text)
    let result = try client.request("textDocument/definition", TestClient.place(line, 0))
    return result.array.map { $0["range"] }
  }

  @Test func `a task leads to the PREFIX and SUFFIX in force`() throws {
    let expected = [TestClient.range((1, 17), (1, 19)), TestClient.range((2, 17), (2, 19))]
    #expect(try Self.ranges(3) == expected)
  }

  @Test(arguments: [0, 1, 4, 5])
  func `where nothing is put together there is nowhere to go`(line: Int) throws {
    #expect(try Self.ranges(line) == [])
  }
}
