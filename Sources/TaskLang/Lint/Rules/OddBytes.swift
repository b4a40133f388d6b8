/// DB702, DB801 and DB805: bytes that do not belong into a text.
enum OddBytes {
  /// Looks for a byte order mark at the start of the input.
  static func checkMark(
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    guard line.offset == 0, bytes.count >= 3, bytes.copy(0..<3) == UTF8Text.mark else { return }
    findings.add(.bom) {
      Diagnostic(
        .bom,
        "the file begins with a byte order mark, so its first line is a task",
        at: line.label(0..<3, in: bytes, "U+FEFF"),
        notes: ["disBatch 3.0 runs the first line as a command, even if it is a comment"],
        help: ["save the file as UTF-8 without a byte order mark"],
        fixes: [
          FixIt(
            message: "take the mark away",
            applicability: .unsafe,
            edits: [line.edit(0..<3, in: bytes, to: [])]
          )
        ]
      )
    }
  }

  /// Looks at a statement that has text.
  static func check(
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    if line.traits.contains(.nul), let place = piece.first(where: { bytes[$0] == 0 }) {
      findings.add(.nulByte) {
        Diagnostic(
          .nulByte,
          "a NUL byte cannot be part of a command",
          at: line.label(place..<place + 1, in: bytes),
          notes: ["disBatch 3.0 cannot start such a task, and gives it return code 200"]
        )
      }
    }
    if line.traits.contains(.nonASCII), let place = UTF8Text.firstMalformed(in: bytes, piece) {
      findings.add(.invalidUtf8) {
        Diagnostic(
          .invalidUtf8,
          "this line is not UTF-8",
          at: line.label(place..<place + 1, in: bytes),
          notes: ["the bytes reach bash as they are; the status file shows the command as `b'...'`"]
        )
      }
    }
  }
}
