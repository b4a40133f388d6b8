/// What a word comes to, as far as its text tells.
extension ShellParser {
  /// Stands in a word for what is expanded and not known; no command holds this byte.
  package static let expansion: UInt8 = 0

  /// The bytes of a word without its quotes.
  ///
  /// - Parameters:
  ///   - word: The word's node.
  ///   - variable: The value of a variable that stands for itself alone; `nil` when it is not known.
  /// - Returns: the bytes, with `expansion` in the place of what is not known.
  package func literal(_ word: Int32, variable: (String) -> [UInt8]? = { _ in nil }) -> [UInt8] {
    var bytes: [UInt8] = []
    append(word, isQuoted: false, variable, to: &bytes)
    return bytes
  }

  private func append(
    _ index: Int32,
    isQuoted: Bool,
    _ variable: (String) -> [UInt8]?,
    to bytes: inout [UInt8]
  ) {
    let node = node(index)
    func take(_ text: some Sequence<UInt8>, _ bytes: inout [UInt8]) {
      for byte in text {
        bytes.append(Self.isSpecial(byte, isQuoted: isQuoted) ? Self.expansion : byte)
      }
    }
    var position = Int(node.start) + (isQuoted ? 1 : 0)
    var child = node.firstChild
    while child >= 0 {
      let part = self.node(child)
      take(text[position..<Int(part.start)], &bytes)
      switch part.kind {
      case .singleQuoted: bytes += text[Int(part.start) + 1..<Int(part.end) - 1]
      case .escape: bytes.append(text[Int(part.start) + 1])
      case .doubleQuoted where text[Int(part.start)] == UInt8(ascii: "\""):
        append(child, isQuoted: true, variable, to: &bytes)
      case .parameter: bytes += value(of: child, isQuoted: isQuoted, variable)
      default: bytes.append(Self.expansion)
      }
      position = Int(part.end)
      child = part.nextSibling
    }
    take(text[position..<Int(node.end) - (isQuoted ? 1 : 0)], &bytes)
  }

  /// What `$name` or `${name}` stands for.
  private func value(
    of parameter: Int32,
    isQuoted: Bool,
    _ variable: (String) -> [UInt8]?
  ) -> [UInt8] {
    let name = parameterName(parameter)
    let isWhole = node(parameter).mark != .braced || name.upperBound == Int(node(parameter).end) - 1
    guard isWhole, let value = variable(String(decoding: text[name], as: UTF8.self)) else {
      return [Self.expansion]
    }
    // Without quotes the value is parted at blanks and matched against names of files.
    let isPlain = value.allSatisfy { !ASCII.isBlank($0) && !Self.isSpecial($0, isQuoted: false) }
    return isQuoted || isPlain ? value : [Self.expansion]
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
