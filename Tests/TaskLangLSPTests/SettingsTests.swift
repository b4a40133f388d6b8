import TaskLangLSP
import Testing

@Suite struct SettingsTests {
  private static let path = "/task/.disbatchrc"
  private static let address = "file:///task/.disbatchrc"
  /// One finding of the language and one of shell text.
  private static let text = "run\n#DISBATCH BARRIER check\nrun\n"
  private static let quiet = "allow=DB4\n"

  private static func codes(_ sent: JSONTree) -> [String] {
    sent["diagnostics"].array.compactMap { $0["code"].text }
  }

  private static func client(
    _ world: World,
    capabilities: JSONTree = TestClient.modern
  ) throws -> TestClient {
    var client = TestClient(in: world)
    try client.start(capabilities)
    return client
  }

  /// Takes the findings sent last for an address.
  private static func take(_ uri: String, _ client: inout TestClient) throws -> JSONTree {
    let sent = client.inbox.last { $0["params"]["uri"].text == uri }
    client.inbox.removeAll { $0["params"]["uri"].text == uri }
    return try #require(sent)["params"]
  }

  @Test func `the shell text of tasks is checked too`() throws {
    var client = try Self.client(World([:]))
    try client.open(Self.text)
    let codes = Self.codes(try Self.take(TestClient.uri, &client))
    #expect(codes.contains("DB109"))
    #expect(codes.contains { $0.hasPrefix("DB4") })
  }

  @Test func `the nearest settings say what is looked for and how bad it is`() throws {
    var client = try Self.client(World([Self.path: "allow=DB4\nwarn=DB109\n"]))
    try client.open(Self.text)
    let sent = try Self.take(TestClient.uri, &client)
    #expect(Self.codes(sent) == ["DB109"])
    #expect(sent["diagnostics"][0]["severity"] == 2)
  }

  @Test(
    arguments: [
      ("textDocument/didSave", ["textDocument": ["uri": .text(TestClient.uri)]]),
      ("workspace/didChangeWatchedFiles", ["changes": [["uri": .text(address), "type": 2]]]),
    ] as [(String, JSONTree)]
  )
  func `changed settings are taken up`(method: String, parameters: JSONTree) throws {
    let world = World([Self.path: Self.quiet])
    var client = try Self.client(world)
    try client.open(Self.text)
    #expect(Self.codes(try Self.take(TestClient.uri, &client)) == ["DB109"])
    world.put(Self.path, "allow=DB1,DB4\n")
    try client.notify(method, parameters)
    #expect(Self.codes(try Self.take(TestClient.uri, &client)) == [])
    // What did not change is not sent again.
    try client.notify(method, parameters)
    #expect(client.inbox.isEmpty)
    world.put(Self.path, nil)
    try client.notify(method, parameters)
    #expect(Self.codes(try Self.take(TestClient.uri, &client)).count > 1)
  }

  @Test func `what is wrong with settings is a finding of their file`() throws {
    let world = World([Self.path: "# caf\u{E9}\n  alow=DB4\n"])
    var client = try Self.client(world)
    try client.open(Self.text)
    let sent = try Self.take(Self.address, &client)
    #expect(Self.codes(sent) == ["DB904"])
    #expect(sent["diagnostics"][0]["range"] == TestClient.range((1, 2), (1, 6)))
    world.put(Self.path, Self.quiet)
    try client.notify("textDocument/didSave", ["textDocument": ["uri": .text(TestClient.uri)]])
    #expect(Self.codes(try Self.take(Self.address, &client)) == [])
    #expect(Self.codes(try Self.take(TestClient.uri, &client)) == ["DB109"])
  }

  @Test func `settings that cannot be read are named in the log`() throws {
    var client = try Self.client(World(folders: [Self.path]))
    try client.open(Self.text)
    let logged = client.inbox.first { $0["method"] == "window/logMessage" }
    #expect(logged?["params"]["message"].text?.contains(Self.path) == true)
    #expect(Self.codes(try Self.take(TestClient.uri, &client)).contains("DB109"))
  }

  @Test func `a client that can is asked to watch settings`() throws {
    let able: JSONTree = ["workspace": ["didChangeWatchedFiles": ["dynamicRegistration": true]]]
    let client = try Self.client(World([:]), capabilities: able)
    let asked = try #require(client.inbox.first)
    #expect(asked["method"] == "client/registerCapability")
    let watchers = asked["params"]["registrations"][0]["registerOptions"]["watchers"]
    #expect(watchers == [["globPattern": "**/.disbatchrc"]])
    #expect(try Self.client(World([:]), capabilities: [:]).inbox.isEmpty)
  }

  @Test func `a client that asks for findings is told to ask again`() throws {
    let pulling: JSONTree = [
      "textDocument": ["diagnostic": [:]], "workspace": ["diagnostics": ["refreshSupport": true]],
    ]
    let world = World([:])
    var client = try Self.client(world, capabilities: pulling)
    try client.open(Self.text)
    world.put(Self.path, Self.quiet)
    try client.notify("workspace/didChangeWatchedFiles", ["changes": []])
    #expect(client.inbox.map { $0["method"] } == ["workspace/diagnostic/refresh"])
    let report = try client.request(
      "textDocument/diagnostic",
      ["textDocument": ["uri": .text(TestClient.uri)]]
    )
    #expect(report["items"].array.map { $0["code"] } == ["DB109"])
  }

  @Test(
    arguments: [
      ("file:///a/b", "/a/b"), ("FILE:///a%20b/%C3%A9", "/a b/\u{E9}"), ("file:/a", "/a"),
      ("file://localhost/a", "/a"), ("file://elsewhere/a", nil), ("untitled:Untitled-1", nil),
      ("/a/b", String?.none), ("file:///a%2", nil), ("file:///a%00b", nil), ("file:///%FF", nil),
    ] as [(String, String?)]
  )
  func `settings are looked for beside files of this machine`(
    uri: String,
    path: String?
  ) throws {
    let folder = path?.split(separator: "/").dropLast().map { "/" + $0 }.joined() ?? "/nowhere"
    let world = World([folder + "/.disbatchrc": "allow=DB1,DB2,DB4\n"])
    var client = try Self.client(world)
    try client.open(Self.text, uri: uri)
    #expect((Self.codes(try Self.take(uri, &client)) == []) == (path != nil))
  }
}
