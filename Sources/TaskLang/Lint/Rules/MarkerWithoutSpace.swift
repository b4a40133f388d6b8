/// DB104: a line that begins with `#DISBATCH` and no space, which is a task.
enum MarkerWithoutSpace {
  /// Looks at a task whose first byte is `#`.
  static func check(
    _ piece: Range<Int>,
    _ perEngine: inout LatePerEngine,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let start = piece.lowerBound
    guard bytes.starts(with: "#DISBATCH", at: start, end: piece.upperBound) else { return }
    let repaired = perEngine.accepted(
      DirectiveRepair.repaired(from: start + 9, to: piece.upperBound, in: bytes)
    )
    findings.add(.markerWithoutSpace) {
      var lexer = Lexer(piece)
      var word = lexer.word(in: bytes)
      let isBlankBehind = lexer.peek(in: bytes) != nil && word.count == 9
      if isBlankBehind { word = word.lowerBound..<word.upperBound + 1 }
      return Diagnostic(
        .markerWithoutSpace,
        word.count == 9
          ? "`#DISBATCH` alone is a task"
          : "no space behind `#DISBATCH`, so this line is a task",
        at: line.label(word, in: bytes, "to bash this is a comment"),
        notes: ["disBatch 3.0 runs it as a task, which takes an id and does nothing by itself"],
        help: repaired == nil ? ["write `##DISBATCH` where a comment is meant"] : [],
        fixes: repaired.map {
          [.replacing(piece, with: $0, "make it a directive", .unsafe, of: line, in: bytes)]
        } ?? []
      )
    }
  }
}
