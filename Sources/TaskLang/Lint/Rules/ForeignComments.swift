/// DB117 and DB217: comments that other programs would obey, and nothing does here.
enum ForeignComments {
  /// What the lines begin with that schedulers read in job scripts, and who reads them.
  private static let schedulers: [(marker: StaticString, program: String)] = [
    ("#SBATCH", "sbatch"), ("#PBS", "qsub"), ("#BSUB", "bsub"), ("#SWARM", "swarm"),
    ("#$", "qsub"), ("#COBALT", "qsub"), ("#OAR", "oarsub"), ("#PJM", "pjsub"),
    ("#MSUB", "msub"), ("#FLUX:", "flux"),
  ]

  /// Looks at a comment.
  static func check(
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let (start, end) = (piece.lowerBound, piece.upperBound)
    if let found = schedulers.first(where: { isOption($0.marker, piece, bytes) }) {
      let behind = start + found.marker.utf8CodeUnitCount
      findings.add(.sbatchLine) {
        Diagnostic(
          .sbatchLine,
          "\(bytes.quoted(start..<behind)) has no effect in a task file",
          at: line.label(start..<behind, in: bytes, "a comment here"),
          notes: [
            "\(found.program) reads the script that it is given, not the task file of that script"
          ],
          help: [
            "give the option to \(found.program), or write it in the script that starts disbatch"
          ]
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

  /// Whether a comment is a marker, a blank and, as it is for schedulers, an option.
  ///
  /// Words behind the marker are a remark on it, except for `#SBATCH`, which is no word.
  private static func isOption(
    _ marker: StaticString,
    _ piece: Range<Int>,
    _ bytes: Span<UInt8>
  ) -> Bool {
    let end = piece.upperBound
    guard bytes.starts(with: marker, at: piece.lowerBound, end: end) else { return false }
    let behind = piece.lowerBound + marker.utf8CodeUnitCount
    let option = bytes.skippingBlanks(from: behind, to: end)
    guard option > behind, option < end else { return false }
    return bytes[option] == UInt8(ascii: "-")
      || bytes.starts(with: "#SBATCH", at: piece.lowerBound, end: end)
  }
}
