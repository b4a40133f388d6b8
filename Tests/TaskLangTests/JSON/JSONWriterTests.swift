import FoundationEssentials
import TaskLang
import Testing

@Suite struct JSONWriterTests {
  private func string(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    JSONWriter.value(bytes.span, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  @Test func `values, members and elements are separated where they must be`() {
    var out: [UInt8] = []
    JSONWriter.beginObject(to: &out)
    JSONWriter.key("a", to: &out)
    JSONWriter.beginArray(to: &out)
    JSONWriter.value(Int.min, to: &out)
    JSONWriter.value(0, to: &out)
    JSONWriter.value(true, to: &out)
    JSONWriter.value("[", to: &out)
    JSONWriter.beginObject(to: &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.beginArray(to: &out)
    JSONWriter.endArray(to: &out)
    JSONWriter.endArray(to: &out)
    JSONWriter.key("b", to: &out)
    JSONWriter.null(to: &out)
    JSONWriter.key("c", to: &out)
    JSONWriter.value(false, to: &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.endLine(to: &out)
    JSONWriter.beginObject(to: &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.endLine(to: &out)
    #expect(
      String(decoding: out, as: UTF8.self) == """
        {"a":[-9223372036854775808,0,true,"[",{},[]],"b":null,"c":false}
        {}

        """
    )
  }

  @Test func `every byte at every place in a word is written as JSON that reads back`() throws {
    for byte in UInt8.min...UInt8.max {
      for length in 0..<18 {
        var bytes = Array(repeating: UInt8(ascii: "x"), count: 18)
        bytes[length] = byte
        let written = Array(string(bytes).utf8)
        let read = try JSONDecoder().decode(String.self, from: Data(written))
        #expect(read == String(decoding: bytes, as: UTF8.self), "byte \(byte) at \(length)")
      }
    }
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "\"a\u{FFFD}b\""), ([0xE2, 0x82], "\"\u{FFFD}\u{FFFD}\""),
      ([0xC0, 0x80], "\"\u{FFFD}\u{FFFD}\""), ([0xED, 0xA0, 0x80], "\"\u{FFFD}\u{FFFD}\u{FFFD}\""),
      ([0xF4, 0x90, 0x80, 0x80], "\"\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\""),
      ([0xF0, 0x9F, 0x98, 0x80], "\"😀\""), ([0xC3, 0xA9], "\"é\""), ([0x1B], "\"\\u001b\""),
      ([0xC2, 0x9B, 0x61], "\"\\u009ba\""), ([0x61, 0xE2, 0x80, 0xAE], "\"a\\u202e\""),
      ([0xC2, 0xA0], "\"\u{A0}\""), ([0xD8, 0x9C], "\"\\u061c\""),
      ([0x09, 0x0D, 0x0A, 0x22, 0x5C], "\"\\t\\r\\n\\\"\\\\\""), ([], "\"\""),
    ] as [([UInt8], String)]
  )
  func `strings escape what they must and mend what is not UTF-8`(bytes: [UInt8], text: String) {
    #expect(string(bytes) == text)
  }

  @Test func `text from a String and the same bytes are written alike`() {
    var out: [UInt8] = []
    JSONWriter.value("é\n\"日本\u{7F}", to: &out)
    #expect(String(decoding: out, as: UTF8.self) == string(Array("é\n\"日本\u{7F}".utf8)))
  }

  @Test(
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]
  )
  func `base64 is that of RFC 4648 section 10`(text: String, encoded: String) {
    var out: [UInt8] = []
    JSONWriter.base64(Array(text.utf8).span, to: &out)
    #expect(String(decoding: out, as: UTF8.self) == "\"\(encoded)\"")
  }

  @Test func `base64 of every byte reads back`() throws {
    let bytes = Array(UInt8.min...UInt8.max)
    var out: [UInt8] = []
    JSONWriter.base64(bytes.span, to: &out)
    let text = String(decoding: out.dropFirst().dropLast(), as: UTF8.self)
    #expect(try Array(#require(Data(base64Encoded: text))) == bytes)
  }
}
