/// What words say without their quotes.
extension ShellParser {
  /// Stands in a literal for what is expanded; no command holds this byte.
  package static let expansion: UInt8 = 0

  /// The bytes of a word without its quotes.
  package func literal(_ word: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    append(word, isQuoted: false, to: &bytes)
    return bytes
  }

  private func append(_ index: Int32, isQuoted: Bool, to bytes: inout [UInt8]) {
    let node = nodes[Int(index)]
    func take(_ range: Range<Int>, _ bytes: inout [UInt8]) {
      for place in range {
        let byte = text[place]
        bytes.append(Self.isSpecial(byte, isQuoted: isQuoted) ? Self.expansion : byte)
      }
    }
    var position = Int(node.start) + (isQuoted ? 1 : 0)
    var child = node.firstChild
    while child >= 0 {
      let part = nodes[Int(child)]
      take(position..<Int(part.start), &bytes)
      switch part.kind {
      case .singleQuoted: bytes += text[Int(part.start) + 1..<Int(part.end) - 1]
      case .escape: bytes.append(text[Int(part.start) + 1])
      case .doubleQuoted where text[Int(part.start)] == UInt8(ascii: "\""):
        append(child, isQuoted: true, to: &bytes)
      default: bytes.append(Self.expansion)
      }
      position = Int(part.end)
      child = part.nextSibling
    }
    take(position..<Int(node.end) - (isQuoted ? 1 : 0), &bytes)
  }

  private static func isSpecial(_ byte: UInt8, isQuoted: Bool) -> Bool {
    if isQuoted { return byte == UInt8(ascii: "\\") }
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "{"),
      UInt8(ascii: "~"):
      return true
    default: return false
    }
  }
}
