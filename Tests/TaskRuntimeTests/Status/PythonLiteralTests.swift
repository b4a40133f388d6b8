import TaskRuntime
import Testing

/// The expected texts are what Python 3.11 prints for `repr(bytes.decode('utf-8', 'replace'))`.
@Suite struct PythonLiteralTests {
  @Test(
    arguments: [
      ([], "''"),
      (Array("abc".utf8), "'abc'"),
      (Array("it's".utf8), "\"it's\""),
      (Array("say \"hi\"".utf8), "'say \"hi\"'"),
      (Array("it's \"both\" ".utf8), "'it\\'s \"both\" '"),
      (Array("a\\b".utf8), "'a\\\\b'"),
      (Array("\t\n\r".utf8), "'\\t\\n\\r'"),
      ([0x00, 0x1F, 0x7F], "'\\x00\\x1f\\x7f'"),
      (Array("é 😀 €".utf8), "'é 😀 €'"),
      (
        Array("\u{A0}\u{200B}\u{2028}\u{FEFF}\u{378}".utf8),
        "'\\xa0\\u200b\\u2028\\ufeff\\u0378'"
      ),
      (Array("\u{E0001}\u{1F1E6}".utf8), "'\\U000e0001\u{1F1E6}'"),
      (Array("\u{E000}\u{FFFF}\u{3000}".utf8), "'\\ue000\\uffff\\u3000'"),
      ([0xAD, 0xC2, 0xAD], "'\u{FFFD}\\xad'"),
    ] as [([UInt8], String)]
  )
  func `text is shown as Python shows it`(bytes: [UInt8], literal: String) {
    #expect(Self.text(bytes) == literal)
  }

  @Test(
    arguments: [
      ([0xFF], 1, ""), ([0x61, 0xE2, 0x82], 1, ""), ([0xF0, 0x9F, 0x98], 1, ""),
      ([0xC0, 0xAF], 2, ""), ([0xED, 0xA0, 0x80], 3, ""), ([0xF4, 0x90, 0x80, 0x80], 4, ""),
      ([0xE0, 0x80, 0x78], 2, "x"), ([0xF1, 0x80, 0x80, 0xE1, 0x80, 0xC2, 0x62], 3, "b"),
    ] as [([UInt8], Int, String)]
  )
  func `each broken sequence becomes as many marks as in Python`(
    bytes: [UInt8],
    marks: Int,
    tail: String
  ) {
    let head = bytes.first == 0x61 ? "a" : ""
    let expected = "'" + head + String(repeating: "\u{FFFD}", count: marks) + tail + "'"
    #expect(Self.text(bytes) == expected)
  }

  @Test(
    arguments: [
      ([0x65, 0xFF], "b'e\\xff'"), (Array("'\"\\".utf8), "b'\\'\"\\\\'"),
      ([0x09, 0x0A, 0x0D, 0x00, 0x7F], "b'\\t\\n\\r\\x00\\x7f'"),
    ] as [([UInt8], String)]
  )
  func `bytes are always in single quotes`(bytes: [UInt8], literal: String) {
    var line: ContiguousArray<UInt8> = []
    PythonLiteral.appendBytes(bytes, to: &line)
    #expect(String(decoding: line, as: UTF8.self) == literal)
  }

  private static func text(_ bytes: [UInt8]) -> String {
    var line: ContiguousArray<UInt8> = []
    PythonLiteral.appendText(bytes, to: &line)
    return String(decoding: line, as: UTF8.self)
  }
}
