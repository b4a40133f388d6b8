/// Text and bytes as Python's `repr` shows them.
///
/// The status file has its snippets in this form, and commands that are not UTF-8.
package enum PythonLiteral {
  /// Appends `repr(bytes.decode('utf-8', 'replace'))`.
  package static func appendText(
    _ bytes: some Sequence<UInt8>,
    to line: inout ContiguousArray<UInt8>
  ) {
    let text = String(decoding: Array(bytes), as: UTF8.self)
    let quote = quote(for: text.utf8)
    line.append(quote)
    for scalar in text.unicodeScalars {
      if let escape = escape(scalar.value, quote) {
        line.append(contentsOf: escape.utf8)
      } else if isPrintable(scalar) {
        line.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      } else {
        line.append(contentsOf: numericEscape(scalar.value).utf8)
      }
    }
    line.append(quote)
  }

  /// Appends a literal of bytes, always in single quotes, for readers that know them by `b'`.
  package static func appendBytes(
    _ bytes: some Sequence<UInt8>,
    to line: inout ContiguousArray<UInt8>
  ) {
    let quote = UInt8(ascii: "'")
    line.append(contentsOf: "b'".utf8)
    for byte in bytes {
      if let escape = escape(UInt32(byte), quote) {
        line.append(contentsOf: escape.utf8)
      } else if 0x20..<0x7F ~= byte {
        line.append(byte)
      } else {
        line.append(contentsOf: numericEscape(UInt32(byte)).utf8)
      }
    }
    line.append(quote)
  }

  /// Python takes double quotes only where they save escapes.
  private static func quote(for text: String.UTF8View) -> UInt8 {
    text.contains(UInt8(ascii: "'")) && !text.contains(UInt8(ascii: "\""))
      ? UInt8(ascii: "\"") : UInt8(ascii: "'")
  }

  private static func escape(_ value: UInt32, _ quote: UInt8) -> String? {
    switch value {
    case 0x5C: "\\\\"
    case UInt32(quote): "\\" + String(UnicodeScalar(quote))
    case 0x09: "\\t"
    case 0x0A: "\\n"
    case 0x0D: "\\r"
    default: nil
    }
  }

  private static func numericEscape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    let (letter, width) = value <= 0xFF ? ("x", 2) : value <= 0xFFFF ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
  }

  /// What `str.isprintable` calls so: all but separators (the blank excepted) and category C.
  private static func isPrintable(_ scalar: UnicodeScalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned,
      .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return false
    default:
      return true
    }
  }
}
