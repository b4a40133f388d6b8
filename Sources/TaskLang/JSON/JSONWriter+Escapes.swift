extension JSONWriter {
  /// Appends the inside of a string: whole runs of plain bytes, and an escape where one is due.
  ///
  /// - Complexity: one look at each eight bytes of plain text.
  static func appendEscaped(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    // A view of the same bytes, which is not kept.
    let span = unsafe bytes.bindMemory(to: UInt8.self).span
    let count = bytes.count
    var runStart = 0
    var index = 0
    while true {
      unsafe index = firstSpecial(in: bytes, from: index)
      guard index < count else { break }
      let byte = unsafe bytes[index]
      if byte >= 0x80 {
        let (scalar, length) = UTF8Text.scalar(in: span, at: index)
        if let scalar {
          if isObeyed(scalar) {
            unsafe out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[runStart..<index]))
            appendEscape(scalar, to: &out)
            runStart = index + length
          }
          index += length
          continue
        }
      }
      unsafe out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[runStart..<index]))
      appendEscape(byte, to: &out)
      index += 1
      runStart = index
    }
    unsafe out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[runStart..<count]))
  }

  /// Where the next quote, backslash, control byte or non-ASCII byte stands, or the end.
  private static func firstSpecial(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    let count = bytes.count
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var index = start
    while index &+ 8 <= count {
      // In bounds by the condition above; alignment does not matter to `loadUnaligned`.
      let word = unsafe UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      )
      let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      // The lowest high bit set marks the first byte found; bits above it may be false ones.
      let control = (word &- (ones &* 0x20)) & ~word
      let quote = (quotes &- ones) & ~quotes
      let backslash = (backslashes &- ones) & ~backslashes
      let found = (control | quote | backslash | word) & highs
      if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < count {
      let byte = unsafe bytes[index]
      if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        return index
      }
      index &+= 1
    }
    return count
  }

  /// Whether a terminal would obey a character, or turn the order of others round.
  ///
  /// The answer is JSON all the same where it is written as it is; but people look at it too.
  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func appendEscape(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
    let digits = String(scalar.value, radix: 16)
    out.append(contentsOf: "\\u".utf8)
    out.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
    out.append(contentsOf: digits.utf8)
  }

  private static func appendEscape(_ byte: UInt8, to out: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): out.append(contentsOf: "\\\"".utf8)
    case UInt8(ascii: "\\"): out.append(contentsOf: "\\\\".utf8)
    case UInt8(ascii: "\n"): out.append(contentsOf: "\\n".utf8)
    case UInt8(ascii: "\r"): out.append(contentsOf: "\\r".utf8)
    case UInt8(ascii: "\t"): out.append(contentsOf: "\\t".utf8)
    case 0x80...: out.append(contentsOf: [0xEF, 0xBF, 0xBD])
    default:
      let digits = Array("0123456789abcdef".utf8)
      out.append(contentsOf: "\\u00".utf8)
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
  }
}
