import TaskLangLSP
import TestSupport
import Testing

@Suite struct PositionTests {
  @Test(
    arguments: [
      (.utf8, 12), (.utf16, 6), (.utf32, 5),
    ] as [(PositionEncoding, Int)]
  )
  func `characters are counted in the units agreed on`(
    encoding: PositionEncoding,
    character: Int
  ) {
    // One byte, two, three, four (two UTF-16 units), and a combining mark of its own.
    let buffer = TextBuffer(Array("x\na\u{E9}\u{4E2D}\u{1F600}\u{301}z\n".utf8))
    let place = LSPPosition(line: 1, character: character)
    #expect(buffer.position(of: 14, in: encoding) == place)
    #expect(buffer.offset(of: place, in: encoding) == 14)
  }

  @Test(arguments: PositionEncoding.allCases)
  func `a place within a character is the character's start`(encoding: PositionEncoding) {
    let buffer = TextBuffer(Array("\u{1F600}z".utf8))
    let units = encoding == .utf8 ? 4 : encoding == .utf16 ? 2 : 1
    for character in 0..<units {
      let place = LSPPosition(line: 0, character: character)
      #expect(buffer.offset(of: place, in: encoding) == 0)
    }
    #expect(buffer.offset(of: LSPPosition(line: 0, character: units), in: encoding) == 4)
  }

  /// A byte order mark, a combining mark, a surrogate pair, and no end of the last line.
  @Test(
    arguments: [
      (.utf8, [0, 3, 4, 6, 10, 11]), (.utf16, [0, 1, 2, 3, 5, 6]), (.utf32, [0, 1, 2, 3, 4, 5]),
    ] as [(PositionEncoding, [Int])]
  )
  func `marks and pairs count as the protocol has it`(
    encoding: PositionEncoding,
    expected: [Int]
  ) {
    let buffer = TextBuffer(Array("\u{FEFF}e\u{301}\u{1F600}z".utf8))
    let places = [0, 3, 4, 6, 10, 11]
    #expect(places.map { buffer.position(of: $0, in: encoding).character } == expected)
    let back = expected.map {
      buffer.offset(of: LSPPosition(line: 0, character: $0), in: encoding)
    }
    #expect(back == places)
  }

  @Test(arguments: PositionEncoding.allCases)
  func `lines end at LF, CRLF and CR`(encoding: PositionEncoding) {
    let buffer = TextBuffer(Array("a\r\nb\rc\n\rd".utf8))
    let starts = (0...4).map {
      buffer.offset(of: LSPPosition(line: $0, character: 0), in: encoding)
    }
    #expect(starts == [0, 3, 5, 7, 8])
    #expect(buffer.position(of: 8, in: encoding) == LSPPosition(line: 4, character: 0))
    // What lies behind a line is its end, in front of what ends it.
    #expect(buffer.offset(of: LSPPosition(line: 0, character: 99), in: encoding) == 1)
    #expect(buffer.offset(of: LSPPosition(line: 1, character: 99), in: encoding) == 4)
  }

  @Test(arguments: ["", "a", "a\n", "\u{FEFF}a\r"])
  func `what lies behind the text is its end`(text: String) {
    let buffer = TextBuffer(Array(text.utf8))
    for place in [
      LSPPosition(line: 9, character: 0), LSPPosition(line: 2_147_483_647, character: 1),
    ] {
      #expect(buffer.offset(of: place, in: .utf16) == text.utf8.count)
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `positions of all places lead back to them`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    var text = ""
    for _ in 0..<200 {
      text += random.pick(["a", "bc", "\u{E9}", "\u{4E2D}", "\u{1F600}", "\n", "\r\n", "\r", " "])
    }
    let buffer = TextBuffer(Array(text.utf8))
    for encoding in PositionEncoding.allCases {
      var offset = 0
      for scalar in text.unicodeScalars {
        let position = buffer.position(of: offset, in: encoding)
        // Between the bytes of a `\r\n` no position points.
        let isWithinEnd =
          scalar == "\n" && offset > 0 && buffer.bytes(in: offset - 1..<offset) == [0x0D]
        if !isWithinEnd { #expect(buffer.offset(of: position, in: encoding) == offset) }
        offset += String(scalar).utf8.count
      }
    }
  }

  @Test(
    arguments: [
      (["utf-32", "utf-8"], "utf-8"), (["utf-32"], "utf-32"), (["utf-16"], "utf-16"),
      ([], "utf-16"),
      (["utf-7"], "utf-16"),
    ] as [([String], String)]
  )
  func `the encoding is one that the client offers`(offered: [String], expected: String) throws {
    var client = TestClient()
    let result = try client.request(
      "initialize",
      [
        "processId": nil,
        "capabilities": [
          "general": ["positionEncodings": .array(offered.map { .text($0) })]
        ],
      ]
    )
    #expect(result["capabilities"]["positionEncoding"].text == expected)
  }
}
