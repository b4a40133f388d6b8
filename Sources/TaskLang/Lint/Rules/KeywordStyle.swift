/// DB116: keywords in lower case, which work and look as if they did not.
enum KeywordStyle {
  /// Looks at a directive.
  static func check(
    _ directive: Directive,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let keyword =
      switch directive {
      case .prefix(let affix), .suffix(let affix): affix.keyword
      case .repeatTasks(let item): item.keyword
      case .perEngine(let item): item.keyword
      case .barrier(let barrier): barrier.keyword
      }
    let upper = bytes.copy(keyword).map(ASCII.upper(_:))
    guard upper != bytes.copy(keyword) else { return }
    findings.add(.keywordStyle) {
      Diagnostic(
        .keywordStyle,
        "\(bytes.quoted(keyword)) is usually written in upper case",
        at: line.label(keyword, in: bytes),
        notes: ["`#DISBATCH` and `BARRIER` count in upper case only"],
        fixes: [
          .replacing(keyword, with: upper, "write it in upper case", .safe, of: line, in: bytes)
        ]
      )
    }
  }
}
