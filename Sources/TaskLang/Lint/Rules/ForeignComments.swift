/// DB117 and DB217: comments that other programs would obey, and nothing does here.
enum ForeignComments {
  /// Looks at a comment.
  static func check(
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let (start, end) = (piece.lowerBound, piece.upperBound)
    if bytes.starts(with: "#SBATCH", at: start, end: end), start + 7 < end,
      ASCII.isBlank(bytes[start + 7])
    {
      findings.add(.sbatchLine) {
        Diagnostic(
          .sbatchLine,
          "`#SBATCH` has no effect in a task file",
          at: line.label(start..<start + 7, in: bytes, "a comment here"),
          notes: ["sbatch reads the script that it is given, not the task file of that script"],
          help: ["give the option to sbatch, or write it in the script that starts disbatch"]
        )
      }
    }
    if start == 0, line.number == 1, bytes.starts(with: "#!", at: start, end: end) {
      findings.add(.shebang) {
        Diagnostic(
          .shebang,
          "a task file is no script: `#!` has no effect",
          at: line.label(piece, in: bytes, "a comment here"),
          notes: ["each line is run by a bash of its own"]
        )
      }
    }
  }
}
