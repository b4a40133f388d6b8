/// A comment that speaks to the checks: `# disbatch: ignore[DB203] reason`.
///
/// It knows the form only; what a comment does is the matter of `Suppressions`.
package struct SuppressionComment: Sendable, Equatable {
  /// What is asked for.
  package enum Verb: String, CaseIterable, Sendable {
    /// Keeps findings of the next line that is no comment, and of comments up to it, to itself.
    case ignore
    /// The same, and it is a finding when there is none.
    case expect
    /// Keeps findings to itself from the next line on.
    case disable
    /// Ends what `disable` began.
    case enable
    /// Keeps findings of the whole file to itself.
    case ignoreFile = "ignore-file"
  }

  /// Why a comment has no effect.
  package enum Fault: Error, Sendable, Equatable {
    case unknownVerb(Range<Int>)
    case missingList(Verb, Range<Int>)
    case openList(Range<Int>)
    case emptyList(Range<Int>)
  }

  /// What is asked for.
  package let verb: Verb
  /// From `disbatch:` to the blanks behind `]`, as offsets in the line.
  package let place: Range<Int>
  /// The words between the brackets, as offsets in the line.
  package let selectors: [Range<Int>]

  /// Whether a comment begins with `#`, blanks and `disbatch:`; then where that word begins.
  package static func start(in piece: Range<Int>, of bytes: Span<UInt8>) -> Int? {
    let hash = bytes.skippingBlanks(from: piece.lowerBound, to: piece.upperBound)
    guard hash < piece.upperBound, bytes[hash] == ASCII.hash else { return nil }
    let word = bytes.skippingBlanks(from: hash + 1, to: piece.upperBound)
    return bytes.starts(with: "disbatch:", at: word, end: piece.upperBound) ? word : nil
  }

  /// Reads the comment whose `disbatch:` begins at `start`.
  package init(
    startingAt start: Int,
    in piece: Range<Int>,
    of bytes: Span<UInt8>
  ) throws(Fault) {
    let end = piece.upperBound
    let word = bytes.skippingBlanks(from: start + 9, to: end)
    var next = word
    while next < end, Self.isLetter(bytes[next]) { next += 1 }
    let name = word..<next
    guard let verb = Verb(rawValue: bytes.text(name)) else {
      throw .unknownVerb(name.isEmpty ? start..<min(start + 9, end) : name)
    }
    guard next < end, bytes[next] == UInt8(ascii: "[") else { throw .missingList(verb, name) }
    let open = next
    var selectors: [Range<Int>] = []
    repeat {
      let first = bytes.skippingBlanks(from: next + 1, to: end)
      next = first
      while next < end, Self.isLetter(bytes[next]) { next += 1 }
      if next > first { selectors.append(first..<next) }
      next = bytes.skippingBlanks(from: next, to: end)
    } while next < end && bytes[next] == UInt8(ascii: ",")
    guard next < end, bytes[next] == UInt8(ascii: "]") else { throw .openList(open..<end) }
    if selectors.isEmpty { throw .emptyList(open..<next + 1) }
    self.verb = verb
    self.selectors = selectors
    place = start..<bytes.skippingBlanks(from: next + 1, to: end)
  }

  /// Letters, digits and `-`: what codes, names, families and verbs are made of.
  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(ASCII.upper(byte)) || (0x30...0x39).contains(byte)
      || byte == UInt8(ascii: "-")
  }
}
