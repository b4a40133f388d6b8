/// DB802: carriage returns, which end lines where no line seems to end.
struct CarriageReturns: Sendable {
  /// Most carriage returns that a fix replaces.
  private static let fixLimit = 20

  private var lastLine = 0
  private var hasRemarked = false

  /// Looks at the pieces of a line that has a carriage return.
  mutating func check(
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let isCRLF = line.isTerminated && bytes[bytes.count - 1] == ASCII.carriageReturn
    if piece.lowerBound > 0 {
      guard lastLine != line.number else { return }
      lastLine = line.number
      findings.add(.loneCr) {
        Self.parting(at: piece.lowerBound - 1, isCRLF ? bytes.count - 1 : bytes.count, line, bytes)
      }
    } else if isCRLF, !hasRemarked, piece.upperBound == bytes.count - 1 {
      hasRemarked = true
      findings.add(.loneCr) {
        var finding = Diagnostic(
          .loneCr,
          "lines of this file end in `\\r\\n`",
          at: line.label(piece.upperBound..<bytes.count, in: bytes),
          notes: ["the `\\r` is no part of a command; other tools may take it for one"]
        )
        finding.severity = .info
        return finding
      }
    }
  }

  private static func parting(
    at first: Int,
    _ end: Int,
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>
  ) -> Diagnostic {
    var count = 0
    var places: [Int] = []
    for index in first..<end where bytes[index] == ASCII.carriageReturn {
      count += 1
      if count <= fixLimit { places.append(index) }
    }
    return Diagnostic(
      .loneCr,
      "a carriage return in the line parts it in two",
      at: line.label(first..<first + 1, in: bytes),
      notes: [
        "the \(count + 1) parts are statements of their own, and all have the line number \(line.number)"
      ],
      fixes: count > fixLimit
        ? []
        : [
          FixIt(
            message: "end the line there",
            applicability: .unsafe,
            edits: places.map { line.edit($0..<$0 + 1, in: bytes, to: [ASCII.lineFeed]) }
          )
        ]
    )
  }
}
