/// Tasks of nothing but plain words: what is known of one under a PREFIX and SUFFIX holds for all.
struct PlainCommands: Sendable {
  /// The task by which it is found out.
  static let example: [UInt8] = Array("w w".utf8)

  /// Whether such tasks may be passed over.
  var isPossible: Bool
  /// Whether their output goes nowhere.
  var isUncaptured = false
  /// Folders that each of them writes a file into.
  var folders: [UInt64] = []
  /// Whether a number padded to six digits is used.
  var usesPadding = false
  private let startsCommand: Bool

  /// Whether there is nothing to be counted either.
  var isSilent: Bool { !isUncaptured && folders.isEmpty }

  init(prefix: [UInt8], suffix: [UInt8]) {
    let ends: [UInt8] = [
      ASCII.space, ASCII.tab, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"),
      UInt8(ascii: "("),
    ]
    let begins: [UInt8] = [
      ASCII.space, ASCII.tab, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"),
      UInt8(ascii: ")"),
    ]
    isPossible =
      (prefix.last.map(ends.contains) ?? true) && (suffix.first.map(begins.contains) ?? true)
    startsCommand = prefix.isEmpty
  }

  /// Whether the example's words are words of one simple command.
  static func isArgument(at start: Int, _ parser: borrowing ShellParser) -> Bool {
    for index in parser.nodes.indices where parser.nodes[index].kind == .simple {
      let words = parser.words(of: Int32(index)).map { parser.node($0).range }
      if words.contains(start..<start + 1), words.contains(start + 2..<start + 3) { return true }
    }
    return false
  }

  /// Whether a line is of this kind.
  @inline(__always)
  func holds(
    for piece: Range<Int>,
    id: Int,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> Bool {
    guard isPossible, piece.count < 65_536 else { return false }
    if usesPadding, max(id, line.number) >= ShellOutputRules.paddedLimit { return false }
    return Self.isPlain(piece, in: bytes, startsCommand: startsCommand)
  }

  private static func isPlain(
    _ piece: Range<Int>,
    in bytes: Span<UInt8>,
    startsCommand: Bool
  ) -> Bool {
    var index = piece.lowerBound
    let end = piece.upperBound
    var hash: UInt64 = 14_695_981_039_346_656_037
    while index < end {
      let byte = bytes[index]
      if byte == ASCII.space { break }
      guard isPlain(byte) else { return false }
      hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211
      index += 1
    }
    let first = bytes[piece.lowerBound]
    if startsCommand, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { return false }
    guard index > piece.lowerBound, !specialNames.contains(hash) else { return false }
    while index < end {
      let byte = bytes[index]
      if isPlain(byte) || byte == ASCII.space || byte == UInt8(ascii: "=") {
        index += 1
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        guard let close = closing(byte, from: index + 1, to: end, in: bytes) else { return false }
        index = close + 1
      } else {
        return false
      }
    }
    return true
  }

  private static func closing(
    _ quote: UInt8,
    from start: Int,
    to end: Int,
    in bytes: Span<UInt8>
  ) -> Int? {
    for index in start..<end {
      let byte = bytes[index]
      if byte == quote { return index }
      // Variables in double quotes, and names of variables anywhere, are looked at closely.
      if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "`") || byte == UInt8(ascii: "\\") {
        return nil
      }
    }
    return nil
  }

  /// Letters, digits, `%+,-./:@^_` and bytes that are not ASCII.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    if byte >= 0x80 { return true }
    let mask: UInt64 = byte < 0x40 ? 0x07FF_F820_0000_0000 : 0x07FF_FFFE_C7FF_FFFF
    return mask & (UInt64(1) << UInt64(byte & 0x3F)) != 0
  }

  /// Hashes of the first words that rules or the grammar know.
  private static let specialNames: Set<UInt64> = {
    let reserved: [StaticString] = [
      "if", "then", "else", "elif", "fi", "case", "esac", "for", "select", "while", "until", "do",
      "done", "in", "function", "time", "coproc",
    ]
    let lists = [
      reserved, ShellCommandNames.silent, ShellCommandNames.reporters, ShellCommandNames.trivial,
      ShellCommandNames.passing, ShellCommandNames.settings, ShellCommandNames.interpreters,
      ShellCommandNames.readers, ShellCommandNames.launchers,
    ]
    var hashes: Set<UInt64> = []
    for name in lists.joined() {
      var hash: UInt64 = 14_695_981_039_346_656_037
      for byte in name.description.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
      hashes.insert(hash)
    }
    return hashes
  }()
}
