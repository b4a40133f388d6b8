/// Text that is no source line, as a name in a message, made safe for a terminal.
package enum MessageText {
  /// The text with what a terminal would obey, hide or reorder drawn as escapes; one line.
  package static func drawn(_ text: String) -> String {
    String(decoding: Glyph.glyphs(ofMessage: text).flatMap(\.text), as: UTF8.self)
  }
}
