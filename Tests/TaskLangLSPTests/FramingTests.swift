import TaskLangLSP
import TestSupport
import Testing

@Suite struct FramingTests {
  private static let body =
    #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#

  @Test(arguments: [
    "Content-Length: %\r\n\r\n",
    "content-length: %\r\n\r\n",
    "CONTENT-LENGTH:%\r\n\r\n",
    "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %\r\n\r\n",
    "Content-Length: %\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
    "X-Unknown: 1\r\nContent-Length: %\r\nAnd: more\r\n\r\n",
    "Content-Length: 3\r\nContent-Length: %\r\n\r\n",
    "Content-Length: %\n\n",
    "\r\n\r\nContent-Length: %\r\n\r\n",
    "some words from a wrapper\nContent-Length: %\r\n\r\n",
  ])
  func `headers are read as clients write them`(header: String) throws {
    var client = TestClient()
    let filled = header.split(separator: "%").joined(separator: "\(Self.body.utf8.count)")
    try client.send(Array((filled + Self.body).utf8))
    #expect(client.inbox.last?["result"]["serverInfo"]["name"] == "disbatch")
  }

  @Test(arguments: [
    "Content-Length: -5\r\n\r\n",
    "Content-Length: abc\r\n\r\n{}",
    "Content-Length: 0\r\n\r\n",
    "Content-Length:\r\n\r\n",
    "Content-Length: 2147483648\r\n\r\n{}",
    "Content-Length: 99999999999999999999999999\r\n\r\n",
  ])
  func `a bad length is reported and the next frame is read`(header: String) throws {
    var client = TestClient()
    try client.send(Array(header.utf8) + TestClient.frame(Self.body))
    #expect(client.inbox.first?["error"]["code"].number == -32700)
    #expect(client.inbox.first?["id"].isNull == true)
    #expect(client.inbox.last?["result"]["serverInfo"]["name"] == "disbatch")
  }

  @Test func `a header without a length is passed over`() throws {
    var client = TestClient()
    try client.send(Array("Content-Type: x\r\n\r\n".utf8) + TestClient.frame(Self.body))
    #expect(client.inbox.map { $0["id"] } == [1])
  }

  @Test func `single bytes and several frames in one piece are the same`() throws {
    let shutdown = TestClient.frame(#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#)
    let bytes = TestClient.frame(Self.body) + shutdown
    var whole = TestClient()
    try whole.send(bytes)
    var cut = TestClient()
    for byte in bytes { try cut.send([byte]) }
    #expect(whole.inbox.count == 2)
    #expect(whole.inbox == cut.inbox)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `a broken stream of frames never stops the server`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var client = try TestClient(open: "run\n#DISBATCH BARRIER\n")
    let messages = [
      #"{"jsonrpc":"2.0","id":3,"method":"textDocument/hover","params":"#
        + TestClient.place(0, 1).json
        + "}",
      #"{"jsonrpc":"2.0","id":"x","method":"textDocument/completion","params":"#
        + TestClient.place(1, 3).json + "}",
      #"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":"#
        + #"{"uri":"\#(TestClient.uri)","version":7},"contentChanges":[{"text":"a\nb"}]}}"#,
    ]
    var stream: [UInt8] = []
    for _ in 0..<20 {
      var frame = TestClient.frame(random.pick(messages))
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<frame.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: frame[place] = UInt8.random(in: 0...255, using: &random)
        case 1: frame.remove(at: place)
        default: frame.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      stream += frame
    }
    var rest = stream[...]
    while !rest.isEmpty {
      let count = min(rest.count, Int.random(in: 1...200, using: &random))
      try client.send(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    // A claimed length may have taken in what followed; a run of ends of lines frees the reader.
    try client.send([UInt8](repeating: 0x0A, count: 4096))
    client.inbox = []
    try client.send(TestClient.frame(#"{"jsonrpc":"2.0","id":"end","method":"shutdown"}"#))
    #expect(client.inbox.last?["id"] == "end" || client.server.exitStatus != nil)
  }
}
