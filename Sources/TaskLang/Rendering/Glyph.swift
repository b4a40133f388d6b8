/// One character of the user's text as it is drawn, never as a raw control.
///
/// What a terminal would obey, hide or reorder is drawn as an escape, so that a task file can neither
/// send commands to a terminal nor look different from what it is.
struct Glyph: Equatable {
  /// What is written, safe for a terminal.
  var text: [UInt8]
  /// Columns on the screen.
  var width: Int
  /// Code points of the source that it stands for, a byte that is not UTF-8 counting as one.
  var columns: Int
  /// Whether it was written as an escape.
  var isEscape: Bool
  /// Whether it is a blank, which at the end of a line cannot be seen.
  var isBlank: Bool

  /// Columns that a tab takes.
  static let tabWidth = 4

  /// Draws bytes of any kind.
  static func glyphs(of bytes: [UInt8]) -> [Glyph] {
    var glyphs: [Glyph] = []
    var run = String.UnicodeScalarView()
    var index = 0
    while index < bytes.count {
      let (scalar, length) = UTF8Text.scalar(in: bytes.span, at: index)
      if let scalar, isPlain(scalar, after: run.last) {
        run.append(scalar)
      } else {
        flush(&run, to: &glyphs)
        glyphs.append(scalar.map(drawn(_:)) ?? escape("\\x\(hex(UInt32(bytes[index]), digits: 2))"))
      }
      index += length
    }
    flush(&run, to: &glyphs)
    return glyphs
  }

  /// Draws text that is not a source line, such as a message or a path: a tab is an escape here.
  static func glyphs(ofMessage text: String) -> [Glyph] {
    glyphs(of: SystemText.bytes(of: text)).map { $0.isBlank && $0.width > 1 ? escape("\\t") : $0 }
  }

  private static func flush(_ run: inout String.UnicodeScalarView, to glyphs: inout [Glyph]) {
    for character in String(run) {
      let scalars = character.unicodeScalars
      let width = DisplayWidth.columns(of: character)
      if width == 0 {
        // A mark without a base would be drawn upon what stands before it.
        for scalar in scalars { glyphs.append(unicodeEscape(scalar)) }
      } else {
        glyphs.append(
          Glyph(
            text: Array(character.utf8),
            width: width,
            columns: scalars.count,
            isEscape: false,
            isBlank: character == " "
          )
        )
      }
    }
    run.removeAll()
  }

  private static func isPlain(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
    if (0x20...0x7E).contains(scalar.value) { return true }
    if scalar.value < 0xA0 { return false }
    switch scalar.properties.generalCategory {
    case .format:
      // A joiner within an emoji sequence belongs to the picture.
      guard scalar.value == 0x200D, let previous, previous.value > 0xFF else { return false }
      return previous.properties.isEmoji || previous.value == 0xFE0F
    case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .surrogate: return false
    default: return true
    }
  }

  private static func drawn(_ scalar: Unicode.Scalar) -> Glyph {
    switch scalar.value {
    case 0x09:
      Glyph(
        text: Array(repeating: UInt8(ascii: " "), count: tabWidth),
        width: tabWidth,
        columns: 1,
        isEscape: false,
        isBlank: true
      )
    case 0x0A: escape("\\n")
    case 0x0D: escape("\\r")
    case ..<0x80: escape("\\x\(hex(scalar.value, digits: 2))")
    default: unicodeEscape(scalar)
    }
  }

  private static func unicodeEscape(_ scalar: Unicode.Scalar) -> Glyph {
    escape("\\u{\(hex(scalar.value, digits: 2))}")
  }

  private static func escape(_ text: String) -> Glyph {
    Glyph(
      text: Array(text.utf8),
      width: text.utf8.count,
      columns: 1,
      isEscape: true,
      isBlank: false
    )
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
