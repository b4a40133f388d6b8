import TaskLang
import Testing

@testable import TaskLangLSP

/// What the server says of files that commands name.
@Suite struct FileTests {
  private static let files: [String: String] = [
    "/task/data/one.csv": "", "/task/data/two words.csv": "", "/task/env.sh": "",
    "/task/out.log": "",
    "/task/data/.hidden": "", "/abs/file": "", "/task/data/sub/deep": "",
  ]

  private static func client(open text: String, uri: String = TestClient.uri) throws -> TestClient {
    var client = TestClient(in: World(files, folders: ["/task/data", "/task/data/sub"]))
    try client.start(TestClient.modern)
    try client.open(text, uri: uri)
    return client
  }

  /// The links of a text: line, start, end and target.
  private static func links(_ text: String, uri: String = TestClient.uri) throws -> [String] {
    var client = try client(open: text, uri: uri)
    let document: JSONTree = ["textDocument": ["uri": .text(uri)]]
    return try client.request("textDocument/documentLink", document).array.map { link in
      let (start, end) = (link["range"]["start"], link["range"]["end"])
      let place = [start["line"], start["character"], end["character"]].map { $0.number ?? -1 }
      return "\(place) \(link["target"].text ?? "-")"
    }
  }

  @Test(
    arguments: [
      (
        "prog < data/one.csv > out.log 2> gone.log",
        [
          "[0, 7, 19] file:///task/data/one.csv",
          "[0, 22, 29] file:///task/out.log",
        ]
      ),
      ("cd data && prog < one.csv", ["[0, 18, 25] file:///task/data/one.csv"]),
      (
        "( cd data ; prog < one.csv ) > out.log",
        [
          "[0, 19, 26] file:///task/data/one.csv",
          "[0, 31, 38] file:///task/out.log",
        ]
      ),
      ("cd data | prog < one.csv ; prog < env.sh", ["[0, 34, 40] file:///task/env.sh"]),
      (
        ". ./env.sh ; source env.sh",
        [
          "[0, 2, 10] file:///task/env.sh",
          "[0, 20, 26] file:///task/env.sh",
        ]
      ),
      ("prog < 'data/two words.csv'", ["[0, 7, 27] file:///task/data/two%20words.csv"]),
      ("cd $HOME ; prog < env.sh < /abs/file", ["[0, 27, 36] file:///abs/file"]),
      ("pushd data ; prog < env.sh", []),
      ("prog < $DISBATCH_TASKID > \"$X/out.log\" <<< out.log", []),
      ("prog < data", []),
      ("f() { prog < env.sh; }", []),
      ("prog < env.sh (", []),
      ("# < env.sh", []),
    ] as [(String, [String])]
  )
  func `files that are there are links`(text: String, expected: [String]) throws {
    #expect(try Self.links(text) == expected)
  }

  @Test func `what affixes name is a link where they say so, once`() throws {
    let text = """
      #DISBATCH PREFIX . env.sh ; cd data ; prog
      #DISBATCH SUFFIX  &>> ../out.log
      1
      2
      #DISBATCH REPEAT 2 < one.csv
      """
    let links = try Self.links(text + "\n")
    // World does not resolve `..`.
    #expect(
      links == ["[0, 19, 25] file:///task/env.sh", "[4, 21, 28] file:///task/data/one.csv"]
    )
  }

  @Test func `a document that is no file has no relative links`() throws {
    let text = "prog < env.sh < /abs/file\n"
    #expect(try Self.links(text, uri: "untitled:1") == ["[0, 16, 25] file:///abs/file"])
  }

  /// What is offered at the `|` in a text.
  private static func offered(_ marked: String) throws -> [String] {
    let before = marked.prefix { $0 != "|" }
    let text = before + marked.dropFirst(before.count + 1)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    var client = try client(open: String(text))
    let place = TestClient.place(lines.count - 1, lines.last?.utf8.count ?? 0)
    return try client.request("textDocument/completion", place)["items"].array.map { item in
      item["textEdit"]["newText"].text ?? "-"
    }
  }

  @Test(
    arguments: [
      ("prog < |", ["data/", "env.sh", "out.log"]),
      ("prog < da|", ["data/"]),
      ("prog < data/|", ["data/one.csv", "data/sub/", "data/two\\ words.csv"]),
      ("prog < data/.|", ["data/.hidden"]),
      ("cd |", ["data/"]),
      ("cd data ; prog < | ; x", ["one.csv", "sub/", "two\\ words.csv"]),
      ("#DISBATCH PREFIX ( cd data ; prog \n#DISBATCH SUFFIX  ) > x\n< o|ne\n", ["one.csv"]),
      (". |", ["data/", "env.sh", "out.log"]),
      ("prog < /abs/|", ["/abs/file"]),
      ("prog < $X/|", []),
      ("cd $X ; prog < |", []),
      ("prog |", []),
    ] as [(String, [String])]
  )
  func `names of files are offered where a command takes one`(
    marked: String,
    expected: [String]
  ) throws {
    #expect(try Self.offered(marked) == expected)
  }

  @Test func `folders that are not there are found where that is asked for`() throws {
    let settings = "/task/.disbatchrc"
    let world = World([settings: "warn=DB507\n"], folders: ["/task/here"])
    var client = TestClient(in: world)
    try client.start(TestClient.modern)
    try client.open("prog > here/a\nprog > gone/a\nmkdir made\nprog > made/a\n")
    let found = try client.takeDiagnostics()["diagnostics"].array.filter { $0["code"] == "DB507" }
    #expect(found.map { $0["range"]["start"]["line"] } == [1])
    try client.change([TestClient.edit((2, 0), (2, 5), "echo")])
    let after = try client.takeDiagnostics()["diagnostics"].array.filter { $0["code"] == "DB507" }
    #expect(after.map { $0["range"]["start"]["line"] } == [1, 3])
  }

  @Test(
    arguments: [
      ("file:///d%E9/Tasks", "d\u{10FFE9}", [0xE9]), ("file:///d%C3%A9/Tasks", "dé", [0xC3, 0xA9]),
      ("file:///d%F4%8F%BF%A9/Tasks", nil, [0xF4, 0x8F, 0xBF, 0xA9]),
      ("file:///d%0A%1B/Tasks", "d\n\u{1B}", [0x0A, 0x1B]),
    ] as [(String, String?, [UInt8])]
  )
  func `an address names any path, and a path has the address that it came from`(
    address: String,
    folder: String?,
    bytes: [UInt8]
  ) throws {
    let path = try #require(FileAddress.path(of: address))
    #expect(SystemText.bytes(of: path) == Array("/d".utf8) + bytes + Array("/Tasks".utf8))
    if let folder { #expect(path == "/\(folder)/Tasks") }
    #expect(FileAddress.address(of: path) == address)
  }

  @Test func `a folder of any name has files that are linked to and offered`() throws {
    let (uri, folder) = ("file:///d%E9/Tasks", "/d\u{10FFE9}")
    let files = ["\(folder)/one.csv": "", "\(folder)/b\u{10FFE9}d.csv": ""]
    var client = TestClient(in: World(files, folders: [folder]))
    try client.start(TestClient.modern)
    try client.open("prog < one.csv", uri: uri)
    let document: JSONTree = ["textDocument": ["uri": .text(uri)]]
    let links = try client.request("textDocument/documentLink", document).array
    #expect(links.map { $0["target"].text } == ["file:///d%E9/one.csv"])
  }
}
