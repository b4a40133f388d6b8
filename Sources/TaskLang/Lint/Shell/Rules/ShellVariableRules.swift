/// DB311 and DB601 to DB607: variables.
enum ShellVariableRules {
  /// Looks at the variables of a command.
  static func check(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    for entry in survey.parameters {
      let name = parser.parameterName(entry.node)
      if name.count > 8, isPrefixed(name, parser) {
        checkName(name, entry, parser, survey, site, in: bytes, &findings)
      } else if name.count == 1, !entry.isInFunction {
        checkPositional(name, entry, parser, survey, site, in: bytes, &findings)
      }
    }
    ShellArithmeticRules.check(parser, survey, site, in: bytes, &findings)
    ShellForeignNames.check(parser, survey, site, in: bytes, &findings)
    checkAssignments(parser, survey, site, in: bytes, &findings)
    guard findings.reports(.quotedVariable) else { return }
    for entry in survey.singleQuotes {
      checkQuoted(entry, parser, site, in: bytes, &findings)
    }
  }

  private static func isPrefixed(_ name: Range<Int>, _ parser: borrowing ShellParser) -> Bool {
    parser.text.span.starts(
      with: "DISBATCH_",
      at: name.lowerBound,
      end: name.upperBound,
      foldingCase: true
    )
  }

  /// DB601, DB602 and DB603.
  private static func checkName(
    _ name: Range<Int>,
    _ entry: ShellSurvey.Entry,
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let node = parser.node(entry.node)
    if let known = DisbatchVariable(parser, name) {
      checkRepeatIndex(known, name, node, site, in: bytes, &findings)
      checkUndocumented(known, name, node, site, in: bytes, &findings)
      return
    }
    let written = String(decoding: parser.text[name], as: UTF8.self)
    let isAssigned = survey.assignments.contains { assignment in
      let range = parser.node(assignment.node).range
      return parser.nameEnd(from: range.lowerBound) - range.lowerBound == name.count
        && parser.text[range.lowerBound..<range.lowerBound + name.count]
          .elementsEqual(parser.text[name])
    }
    guard !isAssigned else { return }
    if node.mark != .braced, let known = longestKnown(in: written) {
      reportRunsOn(known, name, node, site, in: bytes, parser, &findings)
      return
    }
    let hasDefault = node.mark == .braced && name.upperBound < Int(node.end) - 1
    guard !hasDefault else { return }
    reportUnknown(written, name, node, site, in: bytes, &findings)
  }

  private static func longestKnown(in written: String) -> String? {
    DisbatchVariable.allCases.map(\.rawValue)
      .filter { written.hasPrefix($0) && written.utf8.count > $0.utf8.count }
      .max { $0.utf8.count < $1.utf8.count }
  }

  private static func reportRunsOn(
    _ known: String,
    _ name: Range<Int>,
    _ node: ShellNode,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ parser: borrowing ShellParser,
    _ findings: inout ShellFindings
  ) {
    let meant = name.lowerBound..<name.lowerBound + known.utf8.count
    let edit = site.edit(meant, of: bytes, to: "{\(known)}")
    let isOfLine = site.isInBody(node.range)
    let written = parser.quoted(name)
    guard
      findings.admits(
        .variableRunsOn,
        at: node.range,
        of: site,
        detail: written.hashValue,
        alone: isOfLine
      )
    else { return }
    let primary = site.label(node.range, in: bytes)
    findings.append(
      Diagnostic(
        .variableRunsOn,
        "this is the variable \(written), which is empty",
        at: primary,
        notes: ["a name takes in all letters, digits and `_` that follow"],
        help: ["write `${\(known)}`"],
        fixes: edit.map {
          [FixIt(message: "put the name into braces", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
  }

  private static func reportUnknown(
    _ written: String,
    _ name: Range<Int>,
    _ node: ShellNode,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let known = DisbatchVariable.allCases.map(\.rawValue)
    let meant = Suggestion.nearest(to: Array(written.utf8), among: known)
    let edit = meant.flatMap { site.edit(name, of: bytes, to: $0) }
    guard findings.admits(.unknownVariable, at: node.range, of: site, detail: written.hashValue)
    else { return }
    let primary = site.label(node.range, in: bytes)
    findings.append(
      Diagnostic(
        .unknownVariable,
        "no task has a variable `\(written)`: it is empty",
        at: primary,
        help: meant.map { ["did you mean `\($0)`?"] } ?? [],
        fixes: edit.map {
          [FixIt(message: "write `\(meant ?? "")`", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
  }

  /// DB603.
  private static func checkRepeatIndex(
    _ known: DisbatchVariable,
    _ name: Range<Int>,
    _ node: ShellNode,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard case .task = site.occasion, known == .repeatIndex || known == .repeatIndexPadded else {
      return
    }
    let isPadded = known == .repeatIndexPadded
    let meant = isPadded ? "DISBATCH_TASKID_ZP" : "DISBATCH_TASKID"
    guard
      findings.admits(.repeatIndexOutsideRepeat, at: node.range, of: site, detail: isPadded ? 1 : 0)
    else { return }
    let primary = site.label(node.range, in: bytes)
    // An affix may serve a REPEAT as well, for which the index is right.
    let edit = site.isInBody(node.range) ? site.edit(name, of: bytes, to: meant) : nil
    let line =
      site.isInBody(node.range) ? [] : [site.wholeBody(in: bytes, "no REPEAT made this task")]
    findings.append(
      Diagnostic(
        .repeatIndexOutsideRepeat,
        "outside REPEAT the repeat index is `\(isPadded ? "-00001" : "-1")`",
        at: primary,
        labels: line,
        help: ["use `\(meant)`"],
        fixes: edit.map {
          [FixIt(message: "use the task id", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
  }

  /// DB311.
  private static func checkPositional(
    _ name: Range<Int>,
    _ entry: ShellSurvey.Entry,
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let byte = parser.text[name.lowerBound]
    let isArgument =
      (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "*")
    let node = parser.node(entry.node)
    guard isArgument, findings.reports(.positionalParameter),
      node.mark != .braced || name.upperBound == Int(node.end) - 1,
      !survey.simples.contains(where: {
        parser.isCalled($0.node, ["set", "shift", "getopts", "source", "."])
      })
    else { return }
    guard findings.admits(.positionalParameter, at: node.range, of: site) else { return }
    let primary = site.label(node.range, in: bytes)
    findings.append(
      Diagnostic(
        .positionalParameter,
        "a task has no arguments, so this is always empty",
        at: primary,
        help: ["quote it where another program is to see it, as in awk '{ print $1 }'"]
      )
    )
  }
}
