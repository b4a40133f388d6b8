/// DB701 and DB806: commands that cannot be run, or not be read back.
enum CommandText {
  /// The length from which on the kernel refuses an argument: MAX_ARG_STRLEN of execve(2), 32 pages.
  static let limitBytes = 131_072

  /// Looks at a command with the affixes in force.
  static func check(
    _ body: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    _ findings: inout Findings
  ) {
    let (prefix, suffix) = (lowering.prefix.bytes.count, lowering.suffix.bytes.count)
    let length = prefix + body.count + suffix
    if length >= limitBytes {
      findings.add(.commandTooLong) {
        Diagnostic(
          .commandTooLong,
          "this command has \(length) bytes, and the kernel takes \(limitBytes - 1) at most",
          at: line.label(body, in: bytes),
          notes: [
            "\(prefix) of them are the PREFIX's and \(suffix) the SUFFIX's",
            "the task fails: bash cannot be started (E2BIG)",
          ],
          help: ["put the text into a file, and run that"]
        )
      }
    }
    if findings.options.reports(.resumeUnreadable), beginsLikeBytes(body, bytes, lowering) {
      findings.add(.resumeUnreadable) {
        Diagnostic(
          .resumeUnreadable,
          "the status file cannot tell a command that begins with `b'` from one that is not UTF-8",
          at: line.label(body, in: bytes),
          notes: ["disBatch 3.0 cannot resume a run from such a line"],
          help: ["put a space or `:;` in front"]
        )
      }
    }
  }

  private static func beginsLikeBytes(
    _ body: Range<Int>,
    _ bytes: Span<UInt8>,
    _ lowering: borrowing Lowering
  ) -> Bool {
    var start = lowering.prefix.bytes.prefix(2)
    start += bytes.copy(body.lowerBound..<min(body.upperBound, body.lowerBound + 2))
    start += lowering.suffix.bytes.prefix(2)
    return start.starts(with: [UInt8(ascii: "b"), UInt8(ascii: "'")])
  }
}
