import TaskLangLSP
import Testing

/// Requests about all documents that are open.
@Suite struct WorkspaceTests {
  private static func client() throws -> TestClient {
    var client = TestClient(in: World(["/a/.disbatchrc": "allow=DB4\n"]))
    try client.start(["textDocument": ["diagnostic": [:]]])
    try client.open("#DISBATCH PREFX x ; \nrun\n", uri: "file:///a/Bad")
    try client.open("#DISBATCH SUFFIX  &> log\nrun\n", uri: "file:///a/Good")
    return client
  }

  @Test func `the findings of all documents are given, and again only what has changed`() throws {
    var client = try Self.client()
    let first = try client.request("workspace/diagnostic", ["previousResultIds": []])["items"]
    #expect(first.array.map { $0["uri"] } == ["file:///a/Bad", "file:///a/Good"])
    #expect(first.array.map { $0["version"] } == [1, 1])
    #expect(first[0]["items"][0]["code"] == "DB101")
    #expect(first[1]["items"] == [])
    let previous = JSONTree.array(
      first.array.map { ["uri": $0["uri"], "value": $0["resultId"]] }
    )
    try client.notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": "file:///a/Bad", "version": 2],
        "contentChanges": [TestClient.edit((0, 10), (0, 15), "PREFIX")],
      ]
    )
    let second = try client.request("workspace/diagnostic", ["previousResultIds": previous])
    #expect(second["items"].array.map { $0["kind"] } == ["full", "unchanged"])
    #expect(second["items"][0]["version"] == 2)
    #expect(second["items"][0]["items"] == [])
  }

  @Test func `symbols of all documents are found by a part of their names`() throws {
    var client = try Self.client()
    let found = try client.request("workspace/symbol", ["query": "suffix"]).array
    #expect(found.map { $0["location"]["uri"] } == ["file:///a/Good"])
    #expect(try client.request("workspace/symbol", ["query": ""]).array.count > 2)
    #expect(try client.request("workspace/symbol", ["query": "nowhere"]) == [])
  }
}
