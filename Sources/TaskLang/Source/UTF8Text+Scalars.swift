extension UTF8Text {
  /// The scalar at `index` and its length in bytes; nil and 1 where none begins.
  static func scalar(
    in bytes: Span<UInt8>,
    at index: Int
  ) -> (scalar: Unicode.Scalar?, length: Int) {
    guard let length = sequenceLength(in: bytes, at: index, end: bytes.count) else {
      return (nil, 1)
    }
    guard length > 1 else { return (Unicode.Scalar(bytes[index]), 1) }
    var value = UInt32(bytes[index]) & (0x7F >> UInt32(length))
    for next in (index + 1)..<(index + length) { value = value << 6 | UInt32(bytes[next]) & 0x3F }
    return (Unicode.Scalar(value), length)
  }
}
