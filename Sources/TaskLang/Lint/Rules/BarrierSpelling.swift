/// DB109 and DB110: barriers that are not what they look like.
enum BarrierSpelling {
  /// Whether a word is `CHECK` in other case, or with one slip of the fingers.
  ///
  /// A word that goes on with something other than letters, as `check1`, is a key.
  static func isNearlyCheck(_ word: Range<Int>, to end: Int, in bytes: Span<UInt8>) -> Bool {
    guard (4...6).contains(word.count) else { return false }
    if word.upperBound < end, !ASCII.isBlank(bytes[word.upperBound]) { return false }
    let folded = bytes.copy(word).map(ASCII.upper(_:))
    return Suggestion.distance(folded, Array("CHECK".utf8)) <= 1
  }

  /// Looks at a barrier.
  static func check(
    _ directive: BarrierDirective,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let end = piece.upperBound
    let behind = (directive.check ?? directive.keyword).upperBound
    let start = bytes.skippingBlanks(from: behind, to: end)
    guard start < end else { return }
    if directive.check == nil, start > behind {
      let word = bytes.letters(from: start, to: end)
      if isNearlyCheck(word, to: end, in: bytes) {
        return addLostCheck(behind..<end, word, of: line, in: bytes, &findings)
      }
    }
    guard bytes[behind] != ASCII.space else { return }
    findings.add(.barrierTrailingText) {
      let keyword = directive.check == nil ? "BARRIER" : "BARRIER CHECK"
      let why =
        ASCII.isBlank(bytes[behind])
        ? "no key: the blank in front of it is no space" : "no key: it stands directly behind"
      return Diagnostic(
        .barrierTrailingText,
        "this is a \(keyword): what follows it directly is passed over",
        at: line.label(behind..<end, in: bytes, why),
        help: ["put one space in front of a key"],
        fixes: [.replacing(behind..<end, with: [], "take it away", .safe, of: line, in: bytes)]
      )
    }
  }

  private static func addLostCheck(
    _ rest: Range<Int>,
    _ word: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    findings.add(.barrierCheckLost) {
      let isSpelledRight = bytes.equals("CHECK", word)
      let hasKey = bytes[rest.lowerBound] == ASCII.space
      let message =
        isSpelledRight
        ? "`CHECK` must follow `BARRIER` after one space"
        : "\(bytes.quoted(word)) is not `CHECK`"
      let meaning =
        hasKey ? "a plain BARRIER with this as its key" : "a plain BARRIER without a key"
      return Diagnostic(
        .barrierCheckLost,
        "\(message): failures are not checked here",
        at: line.label(
          isSpelledRight ? rest.lowerBound..<word.upperBound : word,
          in: bytes,
          meaning
        ),
        notes: ["disBatch 3.0 goes on here, whatever has failed"],
        fixes: [
          .replacing(
            rest.lowerBound..<word.upperBound,
            with: Array(" CHECK".utf8),
            "write ` CHECK`",
            .unsafe,
            of: line,
            in: bytes
          )
        ]
      )
    }
  }
}
