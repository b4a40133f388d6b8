/// Text that is no source line, as a name in a message, made safe for a terminal.
package enum MessageText {
  /// The text with what a terminal would obey, hide or reorder drawn as escapes; one line.
  package static func drawn(_ text: String) -> String {
    if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text }
    return String(decoding: Glyph.glyphs(ofMessage: text).flatMap(\.text), as: UTF8.self)
  }

  /// The text as a part of a file's name and a field of a row.
  ///
  /// `_` stands for each slash and for each thing that `drawn` writes as an escape: controls, tabs and
  /// line ends among them, what is hidden or turns the order round, and bytes that are not UTF-8.
  package static func namePart(_ text: String) -> String {
    let underscore = UInt8(ascii: "_")
    let bytes = Glyph.glyphs(ofMessage: text).flatMap { glyph in
      glyph.isEscape ? [underscore] : glyph.text.map { $0 == UInt8(ascii: "/") ? underscore : $0 }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
