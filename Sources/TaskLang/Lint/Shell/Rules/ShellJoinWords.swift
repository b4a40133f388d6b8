/// What the last word of a PREFIX tells of whether a blank is missing behind it.
enum ShellJoinWords {
  /// Extensions of what is run, behind which a name seldom goes on.
  private static let extensions: [StaticString] = [
    ".py", ".sh", ".bash", ".csh", ".zsh", ".pl", ".R", ".r", ".jl", ".rb", ".js", ".m", ".x",
    ".exe", ".out", ".jar", ".awk", ".lua", ".tcl", ".do", ".sas", ".nf", ".php", ".bin", ".sif",
    ".ipynb", ".json", ".yaml", ".yml", ".toml", ".ini", ".conf", ".cfg", ".xml",
  ]

  /// Whether a word is hardly the beginning of another: a script, or a long option.
  static func isWhole(_ word: Range<Int>, _ parser: borrowing ShellParser) -> Bool {
    let text = parser.text
    let isExtended = extensions.contains {
      let length = $0.utf8CodeUnitCount
      return word.count > length && parser.equals(word.upperBound - length..<word.upperBound, $0)
    }
    if isExtended { return true }
    guard word.count > 4, text[word.lowerBound] == UInt8(ascii: "-"),
      text[word.lowerBound + 1] == UInt8(ascii: "-")
    else { return false }
    return !text[word].contains { byte in
      byte == UInt8(ascii: "=") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
    }
  }

  /// Whether a word that is no option may be whole: a name in front of a word without an extension, or
  /// in front of quotes.
  static func mayBeWhole(
    _ word: Range<Int>,
    before end: Int,
    _ parser: borrowing ShellParser
  ) -> Bool {
    let text = parser.text
    guard word.count > 1, end > word.upperBound, text[word.lowerBound] != UInt8(ascii: "-"),
      !text[word].contains(UInt8(ascii: "="))
    else { return false }
    let next = text[word.upperBound]
    if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") { return true }
    // An extension behind the join makes a name of both, as `sample` and `7.txt`.
    return ASCII.continuesName(next) && !text[word.upperBound..<end].contains(UInt8(ascii: "."))
  }
}
