/// Reads what Python's `repr` wrote.
package enum PythonLiteralReader {
  /// The bytes of a literal of text (as UTF-8) or of bytes.
  ///
  /// - Returns: `nil` where the text is no single literal.
  package static func bytes(_ text: Span<UInt8>) -> [UInt8]? {
    var index = 0
    let isBytes = text.count > 0 && text[0] == UInt8(ascii: "b")
    if isBytes { index = 1 }
    guard text.count >= index + 2 else { return nil }
    let quote = text[index]
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
    let end = text.count - 1
    guard text[end] == quote else { return nil }
    index += 1
    var result: [UInt8] = []
    while index < end {
      let byte = text[index]
      if byte == quote { return nil }
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      guard index < end else { return nil }
      let letter = text[index]
      index += 1
      switch letter {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(letter)
      case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
        let width = letter == UInt8(ascii: "x") ? 2 : letter == UInt8(ascii: "u") ? 4 : 8
        guard index + width <= end, let value = hexadecimal(text.extracting(index..<index + width))
        else { return nil }
        index += width
        if isBytes {
          guard let byte = UInt8(exactly: value) else { return nil }
          result.append(byte)
        } else {
          guard let scalar = UnicodeScalar(value) else { return nil }
          result.append(contentsOf: Array(String(scalar).utf8))
        }
      default: return nil
      }
    }
    return result
  }

  private static func hexadecimal(_ digits: Span<UInt8>) -> UInt32? {
    var value: UInt32 = 0
    for index in digits.indices {
      let digit: UInt8
      switch digits[index] {
      case let byte where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"):
        digit = byte - UInt8(ascii: "0")
      case let byte where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"):
        digit = byte - UInt8(ascii: "a") + 10
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
