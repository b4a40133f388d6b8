/// DB102 and DB103: comments that were meant as directives.
///
/// `##DISBATCH` is the way to put a directive out of use, and `# disbatch: ...` speaks to the checker;
/// neither is a mistake.
enum MisplacedMarker {
  /// Looks at a comment.
  static func check(
    _ piece: Range<Int>,
    _ perEngine: inout LatePerEngine,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let end = piece.upperBound
    let hash = bytes.skippingBlanks(from: piece.lowerBound, to: end)
    let behindHash = bytes.skippingBlanks(from: hash + 1, to: end)
    let marker = bytes.letters(from: behindHash, to: end)
    guard (6...10).contains(marker.count), marker.upperBound < end,
      ASCII.isBlank(bytes[marker.upperBound])
    else { return }
    let word = bytes.letters(
      from: bytes.skippingBlanks(from: marker.upperBound, to: end),
      to: end
    )
    guard DirectiveRepair.keyword(nearest: word, in: bytes) != nil else { return }
    let isUpperCase = bytes.copy(word).allSatisfy { $0 == ASCII.upper($0) }
    let meant = DirectiveRepair.repaired(from: marker.upperBound, to: end, in: bytes)
    guard isUpperCase || meant != nil else { return }

    let place = hash..<marker.upperBound
    let hasGap = behindHash > hash + 1
    let isDisplaced = hasGap || hash > piece.lowerBound
    let isSpelled = bytes.equals("DISBATCH", marker, foldingCase: !hasGap)
    guard isDisplaced ? isSpelled : isNearlyMarker(marker, word, in: bytes) else { return }
    let repaired = perEngine.accepted(meant)
    if isDisplaced {
      findings.add(.displacedMarker) {
        let reason =
          hasGap
          ? "\(bytes.quoted(place)) has a blank in it"
          : "\(bytes.quoted(place)) does not stand at the start of the line"
        return Diagnostic(
          .displacedMarker,
          "\(reason), so this line is a comment",
          at: line.label(place, in: bytes, "a directive begins with `#DISBATCH` in column 1"),
          help: ["write `##DISBATCH` to put a directive out of use"],
          fixes: fixes(repaired, piece, of: line, in: bytes)
        )
      }
    } else {
      findings.add(.lowercaseMarker) {
        Diagnostic(
          .lowercaseMarker,
          "\(bytes.quoted(place)) is not `#DISBATCH`, so this line is a comment",
          at: line.label(place, in: bytes, "written in upper case, it begins a directive"),
          help: ["write `##DISBATCH` to put a directive out of use"],
          fixes: fixes(repaired, piece, of: line, in: bytes)
        )
      }
    }
  }

  /// Whether a word is the marker in other case, or misspelt in front of a certain keyword.
  private static func isNearlyMarker(
    _ marker: Range<Int>,
    _ word: Range<Int>,
    in bytes: Span<UInt8>
  ) -> Bool {
    if bytes.equals("DISBATCH", marker, foldingCase: true) { return true }
    return DirectiveRepair.keywords.contains(bytes.text(word))
      && Suggestion.nearest(to: bytes.copy(marker), among: ["DISBATCH"]) != nil
  }

  private static func fixes(
    _ repaired: [UInt8]?,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> [FixIt] {
    guard let repaired else { return [] }
    return [
      .replacing(piece, with: repaired, "make it a directive", .unsafe, of: line, in: bytes)
    ]
  }
}
