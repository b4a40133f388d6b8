/// DB803 and DB804: characters that look like blanks, quotes or dashes, and are none to bash.
///
/// What stands in quotes or in a comment is data and left alone.
struct LookalikeCharacters {
  /// Most characters that one fix replaces.
  private static let fixLimit = 50

  private struct Find {
    var range: Range<Int>
    var scalar: Unicode.Scalar
    var replacement: String
  }

  private var spaces: [Find] = []
  private var marks: [Find] = []

  /// Looks at a statement that has text.
  static func check(
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    guard mayHoldLookalikes(piece, bytes) else { return }
    let seen = LookalikeCharacters(piece, of: line, in: bytes)
    if let first = seen.spaces.first {
      findings.add(.invisibleSpace) {
        Diagnostic(
          .invisibleSpace,
          "\(name(of: first.scalar)) is no blank to bash, but part of a word",
          at: line.label(first.range, in: bytes),
          notes: others(seen.spaces),
          fixes: [fix(seen.spaces, "write plain blanks", of: line, in: bytes)]
        )
      }
    }
    if let first = seen.marks.first {
      findings.add(.smartQuotes) {
        Diagnostic(
          .smartQuotes,
          "\(name(of: first.scalar)) is nothing special to bash",
          at: line.label(first.range, in: bytes, "looks like `\(first.replacement)`"),
          notes: others(seen.marks),
          fixes: [fix(seen.marks, "write plain quotes and dashes", of: line, in: bytes)]
        )
      }
    }
  }

  /// Whether some byte begins one of the sequences looked for; most texts in other scripts pass.
  private static func mayHoldLookalikes(_ piece: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    let end = piece.upperBound
    var index = ByteScan.nonASCII(in: bytes, from: piece.lowerBound, to: end)
    while index < end {
      switch bytes[index] {
      case 0xC2, 0xE1, 0xE2: return true
      case 0xE3, 0xEF:
        // U+3000 is E3 80 80 and U+FEFF is EF BB BF.
        let second = index + 1 < end ? bytes[index + 1] : 0
        if second == 0x80 || second == 0xBB { return true }
      default: break
      }
      index = ByteScan.nonASCII(in: bytes, from: index + 1, to: end)
    }
    return false
  }

  private init(_ piece: Range<Int>, of line: PhysicalLine, in bytes: Span<UInt8>) {
    var quote: UInt8?
    var isWordStart = true
    // A directive's own `#` begins no comment.
    var index = piece.lowerBound
    if !piece.isEmpty, bytes[index] == ASCII.hash { index += 1 }
    while index < piece.upperBound {
      let byte = bytes[index]
      let wasWordStart = isWordStart
      isWordStart = ASCII.isBlank(byte) || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "(")
      if byte >= 0x80 {
        let (scalar, length) = UTF8Text.scalar(in: bytes, at: index)
        let isMark = line.offset + index == 0 && scalar?.value == 0xFEFF
        if quote == nil, let scalar, !isMark {
          note(scalar, index..<index + length, isWordStart: wasWordStart)
        }
        index += length
        continue
      }
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        index += 1
      } else if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == ASCII.hash, wasWordStart {
        return
      }
      index += 1
    }
  }

  private mutating func note(_ scalar: Unicode.Scalar, _ range: Range<Int>, isWordStart: Bool) {
    switch scalar.value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
      spaces.append(Find(range: range, scalar: scalar, replacement: " "))
    case 0xAD, 0x180E, 0x200B, 0x2060, 0xFEFF:
      spaces.append(Find(range: range, scalar: scalar, replacement: ""))
    case 0x2018...0x201B, 0x2032:
      marks.append(Find(range: range, scalar: scalar, replacement: "'"))
    case 0x201C...0x201F, 0x2033:
      marks.append(Find(range: range, scalar: scalar, replacement: "\""))
    case 0x2010...0x2013, 0x2212:
      // Within a word a dash is a dash; at its start it was to begin an option.
      if isWordStart { marks.append(Find(range: range, scalar: scalar, replacement: "-")) }
    case 0x2014, 0x2015:
      if isWordStart { marks.append(Find(range: range, scalar: scalar, replacement: "--")) }
    default: break
    }
  }

  private static func name(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    return scalar.properties.name.map { "\(number) \($0)" } ?? number
  }

  private static func others(_ finds: [Find]) -> [String] {
    finds.count == 1 ? [] : ["\(finds.count) such characters stand in this line"]
  }

  private static func fix(
    _ finds: [Find],
    _ message: String,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> FixIt {
    FixIt(
      message: message,
      applicability: .unsafe,
      edits: finds.prefix(fixLimit).map {
        line.edit($0.range, in: bytes, to: Array($0.replacement.utf8))
      }
    )
  }
}
