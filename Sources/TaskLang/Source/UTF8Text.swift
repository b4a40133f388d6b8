/// UTF-8 as RFC 3629 has it, read from bytes that need not be any.
enum UTF8Text {
  /// The byte order mark, U+FEFF.
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Bytes of the well-formed sequence at `index`, or `nil` where none begins.
  ///
  /// Surrogates, overlong forms and values above U+10FFFF are not well-formed.
  @inline(__always)
  static func sequenceLength(in bytes: Span<UInt8>, at index: Int, end: Int) -> Int? {
    let lead = bytes[index]
    if lead < 0x80 { return 1 }
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, low) = (3, 0xA0)
    case 0xE1...0xEC, 0xEE...0xEF: length = 3
    case 0xED: (length, high) = (3, 0x9F)
    case 0xF0: (length, low) = (4, 0x90)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, high) = (4, 0x8F)
    default: return nil
    }
    guard index + length <= end, bytes[index + 1] >= low, bytes[index + 1] <= high else {
      return nil
    }
    var next = index + 2
    while next < index + length {
      guard bytes[next] & 0xC0 == 0x80 else { return nil }
      next += 1
    }
    return length
  }

  /// Code points in a stretch; a byte that is no part of a well-formed sequence counts as one.
  static func codePoints(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var count = 0
    var index = range.lowerBound
    while index < range.upperBound {
      index += sequenceLength(in: bytes, at: index, end: range.upperBound) ?? 1
      count += 1
    }
    return count
  }

  /// Whether all of a stretch is well-formed.
  package static func isWellFormed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    firstMalformed(in: bytes, range) == nil
  }

  /// The first byte of a stretch that is no part of a well-formed sequence.
  static func firstMalformed(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var index = ByteScan.nonASCII(in: bytes, from: range.lowerBound, to: range.upperBound)
    while index < range.upperBound {
      guard let length = sequenceLength(in: bytes, at: index, end: range.upperBound) else {
        return index
      }
      index = ByteScan.nonASCII(in: bytes, from: index + length, to: range.upperBound)
    }
    return nil
  }
}
