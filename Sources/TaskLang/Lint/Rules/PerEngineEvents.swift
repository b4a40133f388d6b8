/// DB111, and what the other rules need to know of `START` and `STOP`.
enum PerEngineEvents {
  /// The event that a word is, nearly is, or says in other words.
  static func nearest(to word: Range<Int>, in bytes: Span<UInt8>) -> String? {
    let written = bytes.copy(word)
    if let event = Suggestion.nearest(to: written, among: ["START", "STOP"]) { return event }
    switch Suggestion.nearest(
      to: written,
      among: ["BEGIN", "INIT", "ENTER", "SETUP", "END", "EXIT", "FINISH", "TEARDOWN"]
    ) {
    case "BEGIN", "INIT", "ENTER", "SETUP": return "START"
    case nil: return nil
    default: return "STOP"
    }
  }

  /// Looks at a PERENGINE.
  static func check(
    _ directive: PerEngineDirective,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    guard !directive.isSpelledRight else { return }
    findings.add(.perengineEventCase) {
      let event = directive.moment == .start ? "START" : "STOP"
      return Diagnostic(
        .perengineEventCase,
        "\(bytes.quoted(directive.event)) must be written `\(event)`",
        at: line.label(directive.event, in: bytes),
        notes: ["disBatch 3.0 crashes at this line, and the run hangs"],
        fixes: [
          .replacing(
            directive.event,
            with: Array(event.utf8),
            "write it in upper case",
            .unsafe,
            of: line,
            in: bytes
          )
        ]
      )
    }
  }
}
