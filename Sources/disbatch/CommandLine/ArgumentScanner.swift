import TaskLang

/// Words of a command line to options and operands, by a table.
///
/// Options stand before or behind operands; short ones joined or not; a long one's value behind a
/// space or `=`; long names of the reference's own options abbreviated. `--` ends the options.
struct ArgumentScanner {
  private let table: [Option]
  private var words: ArraySlice<String>
  private var result = ParsedArguments()

  private init(_ words: [String], _ table: [Option]) {
    self.table = table
    self.words = words[...]
  }

  /// Takes a command line apart.
  ///
  /// - Throws: `UsageError` that names the word and what would be right.
  static func scan(_ words: [String], _ table: [Option]) throws(UsageError) -> ParsedArguments {
    var scanner = ArgumentScanner(words, table)
    try scanner.scanAll()
    return scanner.result
  }

  private mutating func scanAll() throws(UsageError) {
    while let word = words.popFirst() {
      if word == "--" {
        result.pieces.append(ParsedArguments.Piece(words: [word], option: nil, endsOptions: true))
        words.forEach { addOperand($0) }
        return
      }
      if word.hasPrefix("--") {
        try scanLong(word)
      } else if word.hasPrefix("-"), word.count > 1, !isNumber(word) {
        try scanShort(word.dropFirst())
      } else {
        addOperand(word)
      }
    }
  }

  private mutating func scanLong(_ word: String) throws(UsageError) {
    // Of scalars: what stands behind the '=' may begin with a mark that Swift takes for a part of it.
    let parts = word.unicodeScalars.dropFirst(2).split(
      separator: "=",
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    let option = try find(String(parts[0]))
    let joined = parts.count > 1 ? String(parts[1]) : nil
    switch option.value {
    case .none:
      if let joined {
        throw UsageError("\(option.name) takes no value, but '\(joined)' stands behind its '='")
      }
      add(option, nil, as: [word])
    case .required(let meta):
      let taken = joined == nil ? takeValue() : nil
      guard let value = joined ?? taken else {
        throw UsageError("\(option.name) needs a value: \(meta)")
      }
      add(option, value, as: [word] + (taken.map { [$0] } ?? []))
    case .optional:
      let taken = joined == nil ? takeValue() : nil
      add(option, joined ?? taken, as: [word] + (taken.map { [$0] } ?? []))
    case .joined:
      add(option, joined, as: [word])
    }
  }

  private mutating func scanShort(_ letters: Substring) throws(UsageError) {
    var rest = letters.unicodeScalars
    while let scalar = rest.popFirst() {
      let letter = Character(scalar)
      guard let option = table.first(where: { $0.short == letter }) else {
        throw UsageError(
          "unknown option '-\(letter)'\(letters.count > 1 ? " in '-\(letters)'" : "")"
        )
      }
      guard case .none = option.value else {
        let written = "-\(letter)\(String(rest))"
        if rest.first == "=" { rest.removeFirst() }
        let taken = rest.isEmpty ? takeValue() : nil
        guard let value = rest.isEmpty ? taken : String(rest) else {
          throw UsageError("-\(letter) (\(option.name)) needs a value\(meta(of: option))")
        }
        add(option, value, as: [written] + (taken.map { [$0] } ?? []))
        return
      }
      add(option, nil, as: ["-\(letter)"])
    }
  }

  private func meta(of option: Option) -> String {
    if case .required(let meta) = option.value { ": \(meta)" } else { "" }
  }

  /// The next word, unless it looks like an option.
  private mutating func takeValue() -> String? {
    guard let next = words.first, !next.hasPrefix("-") || next == "-" || isNumber(next) else {
      return nil
    }
    return words.popFirst()
  }

  private func isNumber(_ word: String) -> Bool {
    word.hasPrefix("-") && Double(word) != nil
  }

  private mutating func add(_ option: Option, _ value: String?, as words: [String]) {
    result.options.append(ParsedArguments.Given(name: option.name, value: value))
    result.pieces.append(ParsedArguments.Piece(words: words, option: option.name))
  }

  private mutating func addOperand(_ word: String) {
    result.operands.append(word)
    result.pieces.append(ParsedArguments.Piece(words: [word], option: nil))
  }

  private func find(_ name: String) throws(UsageError) -> Option {
    if let exact = table.first(where: { $0.name.rawValue == name }) { return exact }
    let abbreviated =
      name.isEmpty ? [] : table.filter { $0.isReference && $0.name.rawValue.hasPrefix(name) }
    if abbreviated.count == 1 { return abbreviated[0] }
    if abbreviated.count > 1 {
      let all = abbreviated.map(\.name.description).joined(separator: ", ")
      throw UsageError("'--\(name)' could be any of \(all)")
    }
    let names = table.filter { $0.help != nil }.map(\.name.rawValue)
    let nearest = Suggestion.nearest(to: name.utf8, among: names)
    let hint = nearest.map { "; did you mean '--\($0)'?" } ?? ""
    throw UsageError("unknown option '--\(name)'\(hint)")
  }
}
