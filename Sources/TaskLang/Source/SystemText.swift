/// Bytes of the system, such as paths, words of a command line and variables, as text and back.
///
/// What is UTF-8 is itself in the text. Each other byte is one scalar, U+10FF80 for 0x80 up to U+10FFFF
/// for 0xFF; where the system has one of these scalars in UTF-8, each of its bytes is such a scalar too.
/// So nothing is lost, and no two names have one text. The text is for within: what people see goes
/// through `MessageText`, what is pasted through `ShellWord`, what must be UTF-8 through `replacing(_:)`.
package enum SystemText {
  /// Byte 0x80 is the scalar 0x80 above it, and so on.
  private static let base: UInt32 = 0x10FF00

  /// The text for bytes.
  package static func text(of bytes: some Collection<UInt8>) -> String {
    // The scalars that stand for bytes, like all from U+100000 on, begin with this byte.
    if !bytes.contains(0xF4), let text = String(validating: bytes, as: UTF8.self) { return text }
    let bytes = Array(bytes)
    var text = String.UnicodeScalarView()
    var index = 0
    while index < bytes.count {
      let (scalar, length) = UTF8Text.scalar(in: bytes.span, at: index)
      if let scalar, byte(for: scalar) == nil {
        text.append(scalar)
        index += length
      } else {
        text.append(self.scalar(for: bytes[index]))
        index += 1
      }
    }
    return String(text)
  }

  /// The bytes that a text stands for.
  package static func bytes(of text: some StringProtocol) -> [UInt8] {
    if !text.utf8.contains(0xF4) { return Array(text.utf8) }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if let byte = byte(for: scalar) {
        bytes.append(byte)
      } else {
        bytes += Array(scalar.utf8)
      }
    }
    return bytes
  }

  /// The text with U+FFFD for each byte that is not UTF-8, for formats that cannot have it.
  package static func replacing(_ text: String) -> String {
    if !text.utf8.contains(0xF4) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(byte(for: scalar) == nil ? scalar : "\u{FFFD}")
    }
    return String(result)
  }

  private static func scalar(for byte: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(base + UInt32(byte)) ?? "\u{FFFD}"
  }

  private static func byte(for scalar: Unicode.Scalar) -> UInt8? {
    scalar.value >= base + 0x80 ? UInt8(truncatingIfNeeded: scalar.value) : nil
  }
}
