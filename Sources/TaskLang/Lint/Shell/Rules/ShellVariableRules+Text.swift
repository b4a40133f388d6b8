extension ShellVariableRules {
  /// DB606.
  static func checkAssignments(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    for entry in survey.assignments {
      check(assignment: parser.node(entry.node).range, parser, site, in: bytes, &findings)
    }
    for entry in survey.simples
    where parser.isCalled(entry.node, ["export", "declare", "typeset", "readonly"]) {
      for word in parser.words(of: entry.node).dropFirst() {
        check(assignment: parser.node(word).range, parser, site, in: bytes, &findings)
      }
    }
  }

  private static func check(
    assignment range: Range<Int>,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let end = parser.nameEnd(from: range.lowerBound)
    let name = range.lowerBound..<end
    guard end < range.upperBound, parser.text[end] == UInt8(ascii: "="),
      let known = DisbatchVariable(parser, name)
    else { return }
    // A task that no REPEAT made has no index to hide; `expand --inline` gives it one so.
    if case .task = site.occasion, known.parts.contains(.repeatIndex) { return }
    guard findings.admits(.variableAssigned, at: name, of: site, detail: known.rawValue.hashValue)
    else { return }
    let primary = site.label(name, in: bytes)
    findings.append(
      Diagnostic(
        .variableAssigned,
        "this hides the value that disBatch gives to `\(known.rawValue)`",
        at: primary,
        help: ["use another name"]
      )
    )
  }

  /// DB605.
  static func checkQuoted(
    _ entry: ShellSurvey.Entry,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let range = parser.node(entry.node).range
    let text = parser.text.span
    guard text.contains("$DISBATCH_", in: range) || text.contains("${DISBATCH_", in: range),
      entry.owner >= 0, parser.node(entry.owner).kind == .simple,
      let name = parser.commandName(of: entry.owner),
      !parser.isOne(name, of: ShellCommandNames.interpreters)
    else { return }
    guard findings.admits(.quotedVariable, at: range, of: site) else { return }
    let primary = site.label(range, in: bytes)
    findings.append(
      Diagnostic(
        .quotedVariable,
        "nothing is expanded between single quotes",
        at: primary,
        help: ["use double quotes if the value is wanted"]
      )
    )
  }

  /// DB607; a name with a default is ready for what is not there.
  static func checkUndocumented(
    _ known: DisbatchVariable,
    _ name: Range<Int>,
    _ node: ShellNode,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard findings.reports(.undocumentedVariable), !known.isDocumented else { return }
    let hasDefault = node.mark == .braced && name.upperBound < Int(node.end) - 1
    guard !hasDefault,
      findings.admits(
        .undocumentedVariable,
        at: node.range,
        of: site,
        detail: known.rawValue.hashValue
      )
    else { return }
    let isOurs = known == .attempt
    let primary = site.label(node.range, in: bytes)
    findings.append(
      Diagnostic(
        .undocumentedVariable,
        isOurs
          ? "disBatch 3.0 has no variable `\(known.rawValue)`: it is empty there"
          : "the documentation of disBatch 3.0 does not promise `\(known.rawValue)`",
        at: primary,
        help: isOurs ? ["write `${\(known.rawValue):-1}` where the file is to run with both"] : []
      )
    )
  }
}
