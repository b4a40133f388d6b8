extension ShellOutline {
  /// What the bytes of a word tell of it.
  struct WordFacts {
    /// The first `=` that stands outside of quotes; -1 for none.
    var equals = -1
    /// Whether there are quotes, variables or backslashes.
    var isQuoted = false
    /// Whether there are single quotes or backslashes.
    var isRaw = false
    /// Whether bytes stand outside of quotes that may be patterns, braces or the like.
    var isOdd = false
    /// Whether names of variables were written down.
    var hasVariable = false
  }

  /// Letters, digits, `%+,-./:@^_` and bytes that are not ASCII.
  @inline(__always)
  static func isPlain(_ byte: UInt8) -> Bool {
    if byte >= 0x80 { return true }
    let mask: UInt64 = byte < 0x40 ? 0x07FF_F820_0000_0000 : 0x07FF_FFFE_C7FF_FFFF
    return mask & (UInt64(1) << UInt64(byte & 0x3F)) != 0
  }

  /// Reads to the end of a word, which starts at `index`.
  ///
  /// The variables in it are written down at once.
  ///
  /// - Returns: What it is made of; nil where that has no outline.
  mutating func scanWord(of bytes: Span<UInt8>) -> WordFacts? {
    var facts = WordFacts()
    while index < end {
      index = ByteScan.nameLike(in: bytes, from: index, to: end)
      guard index < end else { break }
      let byte = bytes[index]
      if Self.isPlain(byte) {
        index += 1
        continue
      }
      switch byte {
      case ASCII.space, ASCII.tab, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"),
        UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"):
        return facts
      case UInt8(ascii: "="):
        if facts.equals < 0 { facts.equals = index }
        index += 1
      case UInt8(ascii: "{"):
        // `{DISBATCH_TASKID}` matters to a rule.
        if self.byte(behind: 1, of: bytes) == UInt8(ascii: "D") { return nil }
        facts.isOdd = true
        index += 1
      case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "]"),
        UInt8(ascii: "}"), UInt8(ascii: "~"), UInt8(ascii: "!"), ASCII.hash:
        facts.isOdd = true
        index += 1
      case UInt8(ascii: "\\"):
        (facts.isQuoted, facts.isRaw) = (true, true)
        guard self.byte(behind: 1, of: bytes) >= 0x20 else { return nil }
        index += 2
      case UInt8(ascii: "'"):
        (facts.isQuoted, facts.isRaw) = (true, true)
        guard skipSingleQuoted(of: bytes) else { return nil }
      case UInt8(ascii: "\""):
        facts.isQuoted = true
        guard skipDoubleQuoted(of: bytes, &facts) else { return nil }
      case UInt8(ascii: "$"):
        facts.isQuoted = true
        guard takeVariable(of: bytes, Mark.plainVariable, &facts) else { return nil }
      default: return nil
      }
    }
    return facts
  }

  /// Whether the `$` at hand may begin one of our names that the line has a part in: of PREFIX and SUFFIX
  /// all lines have the same.
  private func mayName(of bytes: Span<UInt8>) -> Bool {
    guard index < body.upperBound else { return false }
    var start = index + 1
    while start < body.lowerBound {
      guard ASCII.continuesName(bytes[start]) || bytes[start] == UInt8(ascii: "{") else {
        return false
      }
      start += 1
    }
    let next = byte(behind: 1, of: bytes)
    return next == UInt8(ascii: "D") || next == UInt8(ascii: "{")
  }

  /// What stands in single quotes matters to a rule where it names one of our variables.
  private mutating func skipSingleQuoted(of bytes: Span<UInt8>) -> Bool {
    index += 1
    while index < end {
      index = ByteScan.nameLike(in: bytes, from: index, to: end)
      guard index < end else { break }
      let byte = bytes[index]
      if byte == UInt8(ascii: "'") {
        index += 1
        return true
      }
      if byte == UInt8(ascii: "$"), mayName(of: bytes) { return false }
      if Self.isMark(byte) { return false }
      index += 1
    }
    return false
  }

  /// Whether a byte could be taken for a mark of an outline.
  @inline(__always)
  private static func isMark(_ byte: UInt8) -> Bool { byte < 0x20 && byte != ASCII.tab }

  private mutating func skipDoubleQuoted(of bytes: Span<UInt8>, _ facts: inout WordFacts) -> Bool {
    index += 1
    while index < end {
      index = ByteScan.nameLike(in: bytes, from: index, to: end)
      guard index < end else { break }
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        return true
      case UInt8(ascii: "$"):
        guard takeVariable(of: bytes, Mark.quotedVariable, &facts) else { return false }
      case UInt8(ascii: "\\"):
        facts.isRaw = true
        guard byte(behind: 1, of: bytes) >= 0x20 else { return false }
        index += 2
      case UInt8(ascii: "`"): return false
      case UInt8(ascii: "{") where byte(behind: 1, of: bytes) == UInt8(ascii: "D"): return false
      case let byte:
        if Self.isMark(byte) { return false }
        index += 1
      }
    }
    return false
  }

  /// `$name`, `${name}`, `$1`, `$?` and the like.
  private mutating func takeVariable(
    of bytes: Span<UInt8>,
    _ mark: UInt8,
    _ facts: inout WordFacts
  ) -> Bool {
    let start = index
    index += 1
    let isBraced = byte(behind: 0, of: bytes) == UInt8(ascii: "{")
    if isBraced { index += 1 }
    let first = byte(behind: 0, of: bytes)
    if ASCII.startsName(first) {
      while index < end, ASCII.continuesName(bytes[index]) { index += 1 }
    } else if !isBraced, ASCII.isDigit(first) || Self.isSpecialParameter(first) {
      index += 1
    } else {
      return false
    }
    if isBraced {
      guard byte(behind: 0, of: bytes) == UInt8(ascii: "}") else { return false }
      index += 1
    }
    append(start..<index, of: bytes, mark)
    facts.hasVariable = true
    return true
  }

  private static func isSpecialParameter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "@"), UInt8(ascii: "*"),
      UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: "$"):
      true
    default: false
    }
  }

  /// A word where a name, an assignment or an argument may stand.
  mutating func takeWord(of bytes: Span<UInt8>) -> Bool {
    let start = index
    guard let facts = scanWord(of: bytes), index > start else { return false }
    let range = start..<index
    let next = byte(behind: 0, of: bytes)
    if next == UInt8(ascii: "<") || next == UInt8(ascii: ">"), isDescriptor(range, bytes) {
      return !facts.isOdd && takeRedirection(from: start, of: bytes)
    }
    if state.awaitsName { return take(name: range, facts, of: bytes) }
    return take(argument: range, facts, of: bytes) && !isReservedAnywhere(range, bytes)
  }

  /// `in`, `do`, `esac` and `]]`, which may be reserved behind other words.
  private func isReservedAnywhere(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    guard range.count == 2 || range.count == 4 else { return false }
    return bytes.equals("in", range) || bytes.equals("do", range) || bytes.equals("esac", range)
      || bytes.equals("]]", range)
  }

  /// A name or an assignment.
  private mutating func take(
    name range: Range<Int>,
    _ facts: WordFacts,
    of bytes: Span<UInt8>
  ) -> Bool {
    state.isEmpty = false
    if facts.equals >= 0 {
      guard isName(range.lowerBound..<facts.equals, bytes) else { return false }
      append(range.lowerBound..<facts.equals, of: bytes, Mark.value)
      add(.assignment, range)
      return true
    }
    let first = bytes[range.lowerBound]
    guard !facts.isOdd, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return false }
    state.awaitsName = false
    add(.word, range)
    if facts.isQuoted {
      state.arguments = .ofUnknown
      append(Mark.quotedName)
      return true
    }
    state.arguments = known.arguments(behind: range, of: bytes)
    switch state.arguments {
    case .ofReserved: return false
    case .ofUnknown: append(Mark.name)
    default: append(range, of: bytes, Mark.text)
    }
    return true
  }

  private func isName(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    guard !range.isEmpty, ASCII.startsName(bytes[range.lowerBound]) else { return false }
    for index in range where !ASCII.continuesName(bytes[index]) { return false }
    return true
  }

  /// An argument of a command.
  ///
  /// - Returns: Whether it has an outline.
  private mutating func take(
    argument range: Range<Int>,
    _ facts: WordFacts,
    of bytes: Span<UInt8>
  ) -> Bool {
    switch state.arguments {
    case .ofUnknown, .ofReserved, .unread:
      if facts.hasVariable || key.last != Mark.argument { append(Mark.argument) }
      add(.word, range)
    case .formats where !facts.hasVariable && !holdsPercent(range, bytes):
      append(Mark.argument)
      add(.word, range)
    case .files where bytes[range.lowerBound] != UInt8(ascii: "-"):
      guard !facts.isOdd, !facts.isRaw else { return false }
      append(Mark.output)
      add(.output, range)
    case .folder where !facts.isQuoted:
      append(Mark.folder)
      add(.folder, range)
    case .options where bytes[range.lowerBound] != UInt8(ascii: "-"):
      append(Mark.argument)
      add(.word, range)
    case .assignments
    where facts.equals >= 0 && isName(range.lowerBound..<facts.equals, bytes):
      append(range.lowerBound..<facts.equals, of: bytes, Mark.value)
      add(.word, range)
    case .read, .folder, .options, .assignments, .formats, .files:
      append(range, of: bytes, Mark.text)
      add(.word, range)
    }
    return true
  }

  private func holdsPercent(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    for index in range where bytes[index] == UInt8(ascii: "%") { return true }
    return false
  }

  /// A redirection.
  ///
  /// - Parameters:
  ///   - start: Where it starts: the descriptor, if there is one in front of `index`.
  ///   - bytes: The line.
  /// - Returns: Whether it has an outline.
  mutating func takeRedirection(from start: Int, of bytes: Span<UInt8>) -> Bool {
    append(Mark.redirection)
    let descriptor = start..<index
    let isBoth = bytes[index] == UInt8(ascii: "&")
    if isBoth { index += 1 }
    let angle = bytes[index]
    index += 1
    switch byte(behind: 0, of: bytes) {
    case UInt8(ascii: "("): return false
    case angle:
      index += 1
      if angle == UInt8(ascii: "<") {
        guard byte(behind: 0, of: bytes) == angle else { return false }
        index += 1
      }
    case UInt8(ascii: "&") where !isBoth, UInt8(ascii: ">") where angle == UInt8(ascii: "<"),
      UInt8(ascii: "|") where angle == UInt8(ascii: ">") && !isBoth:
      index += 1
    default: break
    }
    append(descriptor.lowerBound..<index, of: bytes, Mark.redirection)
    let number = pieces.count
    add(.redirection, start..<start)
    // A rule asks what stands in front of a descriptor that SUFFIX makes of an argument.
    if start < min(descriptor.upperBound, body.upperBound),
      descriptor.upperBound >= body.upperBound
    {
      return false
    }
    state.isEmpty = false
    let isDuplication = !isBoth && bytes[index - 1] == UInt8(ascii: "&")
    let isOutput = angle == UInt8(ascii: ">") || isBoth
    while index < end, bytes[index] == ASCII.space || bytes[index] == ASCII.tab { index += 1 }
    guard index < end, bytes[index] != ASCII.hash else { return false }
    guard isDuplication ? takeDuplicate(of: bytes) : takeFile(of: bytes, isOutput: isOutput) else {
      return false
    }
    close(piece: number)
    return true
  }

  /// The digits or the `-` behind `>&` and `<&`.
  private mutating func takeDuplicate(of bytes: Span<UInt8>) -> Bool {
    let start = index
    if bytes[index] == UInt8(ascii: "-") {
      index += 1
    } else {
      while index < end, ASCII.isDigit(bytes[index]) { index += 1 }
    }
    guard index > start, index - start < 10, endsToken(bytes) else { return false }
    append(start..<index, of: bytes, Mark.text)
    return true
  }

  /// Whether what ends at `index` ends there in any case.
  private func endsToken(_ bytes: Span<UInt8>) -> Bool {
    switch byte(behind: 0, of: bytes) {
    case ASCII.space, ASCII.tab, ASCII.lineFeed, UInt8(ascii: ";"), UInt8(ascii: "&"),
      UInt8(ascii: "|"), UInt8(ascii: ")"):
      true
    default: false
    }
  }

  /// The file of a redirection.
  private mutating func takeFile(of bytes: Span<UInt8>, isOutput: Bool) -> Bool {
    let start = index
    guard let facts = scanWord(of: bytes), index > start else { return false }
    let next = byte(behind: 0, of: bytes)
    if next == UInt8(ascii: "<") || next == UInt8(ascii: ">"), isDescriptor(start..<index, bytes) {
      return false
    }
    if isOutput {
      guard !facts.isOdd, !facts.isRaw else { return false }
      append(Mark.output)
      add(.output, start..<index)
    } else {
      append(Mark.input)
      add(.input, start..<index)
    }
    return true
  }
}
