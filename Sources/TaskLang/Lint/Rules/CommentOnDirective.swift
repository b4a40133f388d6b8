/// DB115: a comment behind a directive, which is no comment.
enum CommentOnDirective {
  /// Looks at a directive.
  ///
  /// `hasAffix` says whether a PREFIX or SUFFIX is in force.
  static func check(
    _ directive: Directive,
    hasAffix: Bool,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let text: Range<Int>?
    let meaning: String
    var canGo = false
    switch directive {
    case .prefix(let affix): (text, meaning) = (affix.text, "the PREFIX: every task is a comment")
    case .suffix: return
    case .repeatTasks(let item):
      (text, meaning, canGo) = (item.command, "the command", hasAffix)
    case .perEngine(let item): (text, meaning) = (item.command, "the command")
    case .barrier(let barrier): (text, meaning, canGo) = (barrier.key, "the key", true)
    }
    guard let text else { return }
    let start = bytes.skippingBlanks(from: text.lowerBound, to: text.upperBound)
    guard start < text.upperBound, bytes[start] == ASCII.hash else { return }
    let place = start..<text.upperBound
    findings.add(.commentOnDirective) {
      Diagnostic(
        .commentOnDirective,
        "a directive cannot carry a comment",
        at: line.label(place, in: bytes, "this is \(meaning)"),
        help: ["put the comment on a line of its own"],
        fixes: canGo
          ? [
            .replacing(
              text.lowerBound - 1..<text.upperBound,
              with: [],
              "take it away",
              .unsafe,
              of: line,
              in: bytes
            )
          ] : []
      )
    }
  }
}
