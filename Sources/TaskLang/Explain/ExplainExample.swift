/// A small file that shows a finding, or that it is gone.
///
/// Bytes that would not show are written with marks, in the source as on the page: `␠` for a blank
/// at a line's end, `␉` for a tab, `␍` and `␀` for the control bytes, `⟨00A0⟩` for another code
/// point, `⟨E9⟩` for a byte.
package struct ExplainExample: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The file itself.
  package let source: [UInt8]
  /// The file as a page shows it.
  package let shown: String

  /// Makes an example from its picture; the last line's end is added.
  package init(stringLiteral picture: String) {
    shown = picture + "\n"
    source = Self.bytes(of: shown)
  }

  /// Makes an example that is too long to be shown.
  init(_ source: [UInt8], shownAs picture: String) {
    self.source = source
    shown = picture + "\n"
  }

  /// What the marks in the picture mean; nil where there are none.
  package var legend: String? {
    let meanings: [(Character, String)] = [
      ("␠", "`␠` is a space at the line's end"), ("␉", "`␉` is a tab"),
      ("␍", "`␍` is a carriage return"), ("␀", "`␀` is a NUL byte"),
      ("⟨", "`⟨⟩` hold the number of a code point (four digits) or a byte (two)"),
    ]
    let used = meanings.filter { shown.contains($0.0) }.map(\.1)
    return used.isEmpty ? nil : used.joined(separator: "; ")
  }

  private static func bytes(of picture: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var number: String?
    for character in picture {
      switch character {
      case "␠": bytes.append(UInt8(ascii: " "))
      case "␉": bytes.append(UInt8(ascii: "\t"))
      case "␍": bytes.append(UInt8(ascii: "\r"))
      case "␀": bytes.append(0)
      case "⟨": number = ""
      case "⟩":
        append(number ?? "", to: &bytes)
        number = nil
      default:
        if number != nil { number?.append(character) } else { bytes += character.utf8 }
      }
    }
    return bytes
  }

  private static func append(_ number: String, to bytes: inout [UInt8]) {
    if number.count == 2, let byte = UInt8(number, radix: 16) {
      bytes.append(byte)
    } else if let value = UInt32(number, radix: 16), let scalar = Unicode.Scalar(value) {
      bytes += String(Character(scalar)).utf8
    }
  }
}
