/// One word of shell.
package enum ShellWord {
  /// Bytes as a word, quoted only where they must be: for lines that programs read.
  package static func quoted(_ bytes: [UInt8]) -> [UInt8] {
    // zsh takes a word behind `=` for the name of a program.
    if bytes.first.map({ $0 != UInt8(ascii: "=") }) ?? false, bytes.allSatisfy(isPlain) {
      return bytes
    }
    var word: [UInt8] = []
    word.append(quoted: bytes.span)
    return word
  }

  /// A word for people to paste, which a terminal shows as it is: bash, zsh and ksh read the same bytes.
  ///
  /// What a terminal would obey, hide or reorder, and what is not UTF-8, is written as `$'\x1B'`.
  package static func shown(_ text: String) -> String {
    let bytes = SystemText.bytes(of: text)
    let glyphs = Glyph.glyphs(of: bytes)
    // A tab is drawn as blanks, which would be pasted as blanks.
    guard glyphs.contains(where: { $0.isEscape || $0.isBlank && $0.width > 1 }) else {
      return String(decoding: quoted(bytes), as: UTF8.self)
    }
    var word: [UInt8] = []
    word.append(text: "$'")
    var index = 0
    while index < bytes.count {
      let (scalar, length) = UTF8Text.scalar(in: bytes.span, at: index)
      append(bytes[index..<index + length], scalar, to: &word)
      index += length
    }
    word.append(UInt8(ascii: "'"))
    return String(decoding: word, as: UTF8.self)
  }

  private static func append(
    _ bytes: ArraySlice<UInt8>,
    _ scalar: Unicode.Scalar?,
    to word: inout [UInt8]
  ) {
    switch scalar {
    case "\n": word.append(text: "\\n")
    case "\t": word.append(text: "\\t")
    case "\r": word.append(text: "\\r")
    case "\\": word.append(text: "\\\\")
    case "'": word.append(text: "\\'")
    // Within these quotes an interactive bash may take it for a word of its history.
    case "!": word.append(text: "\\x21")
    case let scalar? where isShown(scalar): word += bytes
    default:
      for byte in bytes {
        let digits = String(byte, radix: 16, uppercase: true)
        word += "\\x\(digits.utf8.count < 2 ? "0" : "")\(digits)".utf8
      }
    }
  }

  /// Whether a terminal shows a scalar that stands alone, so that it needs no other to be seen.
  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    !Glyph.glyphs(of: Array(String(scalar).utf8)).contains(where: \.isEscape)
  }

  /// Whether a byte is itself in every word of shell.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: ","),
      UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "%"):
      true
    default: false
    }
  }
}

extension [UInt8] {
  /// Appends bytes as one word of shell, in single quotes.
  mutating func append(quoted bytes: Span<UInt8>) {
    append(UInt8(ascii: "'"))
    // Safe: the pointer is used only within this call.
    unsafe bytes.withUnsafeBytes { raw in
      var start = 0
      while true {
        let quote = unsafe ByteScan.next(UInt8(ascii: "'"), in: raw, from: start)
        unsafe append(contentsOf: UnsafeRawBufferPointer(rebasing: raw[start..<quote]))
        guard quote < raw.count else { break }
        append(text: "'\\''")
        start = quote + 1
      }
    }
    append(UInt8(ascii: "'"))
  }
}
