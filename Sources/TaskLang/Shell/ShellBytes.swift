/// Classes of bytes in shell text; only ASCII has meaning there.
extension ASCII {
  /// Whether a byte may begin a name.
  @inline(__always)
  static func startsName(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte == 0x5F
  }

  /// Whether a byte may stand in a name.
  @inline(__always)
  static func continuesName(_ byte: UInt8) -> Bool { startsName(byte) || isDigit(byte) }

  /// Whether a byte is never more than itself within a word.
  @inline(__always)
  static func isOrdinary(_ byte: UInt8) -> Bool {
    if byte >= 0x40 {
      return upperOrdinary & (UInt64(1) << UInt64(byte & 0x3F)) != 0 || byte >= 0x80
    }
    return lowerOrdinary & (UInt64(1) << UInt64(byte)) != 0
  }

  /// 0x00 to 0x3F without tab, line feed, space and `!"$&'()*+;<=>?`.
  private static let lowerOrdinary: UInt64 = 0x07FF_F028_FFFF_F9FF

  /// 0x40 to 0x7F without `@`, `[`, `\`, `` ` `` and `|`.
  private static let upperOrdinary: UInt64 = 0xEFFF_FFFE_E7FF_FFFE
}
