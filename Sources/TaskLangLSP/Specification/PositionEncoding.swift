/// The code units in which characters of a line are counted, as client and server agreed.
package enum PositionEncoding: String, Sendable, Hashable, CaseIterable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// Units of the character that a byte begins; 0 for the bytes that only go on with one.
  ///
  /// Documents come as JSON strings, so their bytes are well-formed UTF-8.
  @inline(__always)
  func units(ofCharacterAt lead: UInt8) -> Int {
    switch self {
    case .utf8:
      if lead < 0x80 { return 1 }
      if lead < 0xC0 { return 0 }
      return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    case .utf16: return lead & 0xC0 == 0x80 ? 0 : lead >= 0xF0 ? 2 : 1
    case .utf32: return lead & 0xC0 == 0x80 ? 0 : 1
    }
  }
}
