/// The bytes that the language knows, and what kinds of bytes there are.
enum ASCII {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let verticalTab: UInt8 = 0x0B
  static let formFeed: UInt8 = 0x0C
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let hash: UInt8 = 0x23
  static let zero: UInt8 = 0x30
  static let nine: UInt8 = 0x39

  /// Whether a byte is blank within a line: space, tab, VT or FF.
  ///
  /// Line feed and carriage return end lines, so they never stand within one.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == space || byte == tab || byte == verticalTab || byte == formFeed
  }

  /// Whether a byte is a decimal digit.
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte >= zero && byte <= nine }

  /// A letter's upper case; other bytes as they are.
  @inline(__always)
  static func upper(_ byte: UInt8) -> UInt8 {
    byte >= 0x61 && byte <= 0x7A ? byte &- 0x20 : byte
  }
}

extension Span<UInt8> {
  /// Whether the bytes from `start` on begin with `word`.
  @inline(__always)
  func starts(with word: StaticString, at start: Int, end: Int, foldingCase: Bool = false) -> Bool {
    let length = word.utf8CodeUnitCount
    guard end - start >= length else { return false }
    // Safe: a static string's code units live for ever and index stays below their count.
    let letters = unsafe word.utf8Start
    for index in 0..<length {
      let byte = self[start + index]
      let letter = unsafe letters[index]
      if byte != letter && !(foldingCase && ASCII.upper(byte) == ASCII.upper(letter)) {
        return false
      }
    }
    return true
  }

  /// Whether a stretch is `word` and nothing else.
  func equals(_ word: StaticString, _ range: Range<Int>, foldingCase: Bool = false) -> Bool {
    range.count == word.utf8CodeUnitCount
      && starts(
        with: word,
        at: range.lowerBound,
        end: range.upperBound,
        foldingCase: foldingCase
      )
  }

  /// A copy of a stretch.
  ///
  /// - Complexity: O(length).
  func copy(_ range: Range<Int>) -> [UInt8] {
    // Safe: `extracting` checks the range, and the pointer is used only within this call.
    unsafe extracting(range).withUnsafeBufferPointer { unsafe [UInt8]($0) }
  }
}
