import TestSupport
import Testing

@testable import TaskLang

/// Bytes of paths as text and back.
@Suite struct SystemTextTests {
  static let samples: [(bytes: [UInt8], text: String)] = [
    ([], ""),
    (Array("plain/name".utf8), "plain/name"),
    (Array("größe\n\u{1F600}\u{10FF7F}".utf8), "größe\n\u{1F600}\u{10FF7F}"),
    ([0x64, 0xE9, 0x2F], "d\u{10FFE9}/"),
    ([0xC3], "\u{10FFC3}"),
    ([0xED, 0xA0, 0x80], "\u{10FFED}\u{10FFA0}\u{10FF80}"),
    // The scalars that stand for bytes are names too.
    (Array("\u{10FF80}".utf8), "\u{10FFF4}\u{10FF8F}\u{10FFBE}\u{10FF80}"),
    (Array("\u{10FFFF}".utf8), "\u{10FFF4}\u{10FF8F}\u{10FFBF}\u{10FFBF}"),
    ([0x80, 0xFF], "\u{10FF80}\u{10FFFF}"),
  ]

  @Test(arguments: samples)
  func `bytes become their text, and the text the bytes`(bytes: [UInt8], text: String) {
    let found = SystemText.text(of: bytes)
    #expect(found.unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(SystemText.bytes(of: found) == bytes)
  }

  @Test(arguments: 0..<200)
  func `bytes of any kind come back as they were`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    // Bytes that sequences of UTF-8 are made of, so that whole and broken ones are met.
    let palette: [UInt8] = [0x41, 0x2F, 0x80, 0x8F, 0xBE, 0xBF, 0xC3, 0xE2, 0xED, 0xF4, 0xFF]
    let bytes = (0..<24).map { _ in palette[Int.random(in: 0..<palette.count, using: &random)] }
    let text = SystemText.text(of: bytes)
    #expect(SystemText.bytes(of: text) == bytes)
    #expect(SystemText.bytes(of: text[...]) == bytes)
    #expect(String(validating: SystemText.replacing(text).utf8, as: UTF8.self) != nil)
  }

  @Test func `what must be UTF-8 has U+FFFD for each byte that is not`() {
    #expect(SystemText.replacing(SystemText.text(of: [0x64, 0xE9, 0xC3])) == "d\u{FFFD}\u{FFFD}")
  }

  @Test(
    arguments: [
      ("a/b", "b", "a"), ("/b", "b", "/"), ("b", "b", nil), ("a//b/", "b", "a//b"),
      ("a/\u{301}b", "\u{301}b", "a"), ("a\u{301}/\u{10FFE9}", "\u{10FFE9}", "a\u{301}"),
      ("/", "/", "/"), ("a\r\n/b", "b", "a\r\n"),
    ] as [(String, String, String?)]
  )
  func `a path's name and folder are told by its slashes`(
    path: String,
    name: String,
    folder: String?
  ) {
    #expect(PathText.name(of: path).unicodeScalars.elementsEqual(name.unicodeScalars))
    #expect(PathText.folder(of: path) == folder)
  }
}
