/// DB803 and DB804: characters that look like blanks, quotes or dashes, and are none to bash.
///
/// What stands in quotes or in a comment is data and left alone.
struct LookalikeCharacters {
  /// Most characters that one fix replaces.
  private static let fixLimit = 50

  private static let numberSigns: Set<UInt32> = [
    0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD,
  ]

  private struct Find {
    var range: Range<Int>
    var scalar: Unicode.Scalar
    var replacement: String
    /// How many characters it is, where several stand in a row.
    var count = 1
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
          message(first),
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

  private static func message(_ find: Find) -> String {
    let name = name(of: find.scalar)
    if find.count > 1 {
      return
        "\(find.count) characters that cannot be seen are part of a word to bash: \(name) first"
    }
    return find.replacement.isEmpty
      ? "\(name) cannot be seen, and is part of a word to bash"
      : "\(name) is no blank to bash, but part of a word"
  }

  /// Whether some byte may begin one of the sequences looked for; most texts in other scripts pass.
  private static func mayHoldLookalikes(_ piece: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    let end = piece.upperBound
    var index = ByteScan.nonASCII(in: bytes, from: piece.lowerBound, to: end)
    while index < end {
      let second = index + 1 < end ? bytes[index + 1] : 0
      switch bytes[index] {
      case 0xC2, 0xCD, 0xE1, 0xE2, 0xF0, 0xF3: return true
      // U+061C is D8 9C, U+3000 and U+3164 begin with E3 80 and E3 85, selectors and U+FEFF with EF.
      case 0xD8: if second == 0x9C { return true }
      case 0xE3: if second == 0x80 || second == 0x85 { return true }
      case 0xEF: if [0xB8, 0xBB, 0xBE, 0xBF].contains(second) { return true }
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
          let range = index..<index + length
          if Self.isInvisible(scalar), !joins(scalar, range, in: bytes) {
            noteInvisible(scalar, range)
          } else {
            note(scalar, range, isWordStart: wasWordStart)
          }
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

  /// Whether a character has no shape of its own: those that Unicode says may be ignored, what formats
  /// text (Cf), such as the controls of writing direction, and the controls behind ASCII.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 || scalar.value == 0x85 { return false }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint { return true }
    switch properties.generalCategory {
    case .control: return true
    // Number signs of Arabic, Syriac and Kaithi belong to this category and are drawn.
    case .format: return !numberSigns.contains(scalar.value)
    default: return false
    }
  }

  /// Whether a joiner, a selector or a tag belongs to the character of another script, or the picture,
  /// in front of it.
  private func joins(_ scalar: Unicode.Scalar, _ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard range.lowerBound > 0, bytes[range.lowerBound - 1] >= 0x80,
      spaces.last?.range.upperBound != range.lowerBound
    else { return false }
    switch scalar.value {
    case 0x200C, 0x200D:
      return range.upperBound < bytes.count && bytes[range.upperBound] >= 0x80
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0xE0020...0xE007F, 0x180B...0x180F, 0x34F: return true
    default: return false
    }
  }

  private mutating func noteInvisible(_ scalar: Unicode.Scalar, _ range: Range<Int>) {
    if let last = spaces.last, last.replacement.isEmpty, last.range.upperBound == range.lowerBound {
      spaces[spaces.count - 1].range = last.range.lowerBound..<range.upperBound
      spaces[spaces.count - 1].count += 1
    } else {
      spaces.append(Find(range: range, scalar: scalar, replacement: ""))
    }
  }

  private mutating func note(_ scalar: Unicode.Scalar, _ range: Range<Int>, isWordStart: Bool) {
    switch scalar.value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
      spaces.append(Find(range: range, scalar: scalar, replacement: " "))
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
    let count = finds.reduce(0) { $0 + $1.count }
    return finds.count == 1 ? [] : ["\(count) such characters stand in this line"]
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
