/// How many columns of a terminal text takes.
///
/// By Unicode Standard Annex 11: wide and fullwidth scalars take two; an emoji sequence is as wide as
/// its widest part, as terminals that draw it as one picture do.
enum DisplayWidth {
  /// Columns of one user-perceived character.
  static func columns(of character: Character) -> Int {
    var widest = 0
    var hasEmojiBase = false
    for scalar in character.unicodeScalars {
      // Variation selector 16 asks for the picture of a character that is text by itself.
      if scalar.value == 0xFE0F, hasEmojiBase { return 2 }
      hasEmojiBase = scalar.properties.isEmoji
      widest = max(widest, columns(of: scalar))
    }
    return widest
  }

  /// Columns of one scalar: 0, 1 or 2.
  static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// East Asian Wide and Fullwidth outside the emoji, from EastAsianWidth-15.0.0.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x18D00...0x18D08,
    0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}
