/// DB308, DB406 and DB407: redirections that do not do what they seem to.
enum ShellRedirectionRules {
  /// Looks at the redirections of a command.
  static func check(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    for (index, entry) in survey.redirections.enumerated() {
      if parser.node(entry.node).mark == .hereDocument {
        checkHereDocument(entry.node, parser, site, in: bytes, &findings)
      }
      checkOrder(index, parser, survey, site, in: bytes, &findings)
    }
    checkError(parser, site, in: bytes, &findings)
  }

  private static func checkHereDocument(
    _ redirection: Int32,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let range = parser.node(redirection).range
    let isOfLine = site.isInBody(range)
    guard findings.admits(.heredoc, at: range, of: site, alone: isOfLine) else { return }
    let primary = site.label(range, in: bytes)
    findings.append(
      Diagnostic(
        .heredoc,
        "a here-document is empty here: its lines are tasks of their own",
        at: primary,
        help: ["use `<<< \"text\"`, or a file"]
      )
    )
  }

  /// DB406: `2>&1 > log` leaves standard error where standard output was.
  ///
  /// `2>&1 > file | filter` is left alone: it is how the errors alone are filtered. So is what stands in
  /// `$( )`, `<( )`, or a group whose output something reads or redirects.
  private static func checkOrder(
    _ index: Int,
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let first = survey.redirections[index]
    let node = parser.node(first.node)
    guard node.mark == .duplicateOutput, parser.descriptor(of: first.node) == 2,
      node.firstChild >= 0, parser.equals(parser.node(node.firstChild).range, "1"),
      first.owner >= 0, ![.pipe, .pipeBoth].contains(parser.node(first.owner).mark),
      !first.isInSubstitution, !first.isPiped, !isRedirectedThroughout(parser, survey),
      let second = survey.redirections[(index + 1)...].first(where: {
        $0.owner == first.owner && parser.capturesOutput($0.node)
          && [.output, .append, .clobber].contains(parser.node($0.node).mark)
      })
    else { return }
    let other = parser.node(second.node).range
    guard findings.admits(.redirectOrder, at: node.range, of: site) else { return }
    let primary = site.label(node.range, in: bytes, "sent to where standard output is now")
    let label = site.label(other, in: bytes, "only standard output goes here")
    var fixes: [FixIt] = []
    let texts = [other, node.range].map {
      String(decoding: parser.text[$0], as: UTF8.self)
    }
    if let front = site.edit(node.range, of: bytes, to: texts[0]),
      let back = site.edit(other, of: bytes, to: texts[1])
    {
      fixes = [
        FixIt(message: "exchange them", applicability: .unsafe, edits: [front, back])
      ]
    }
    findings.append(
      Diagnostic(
        .redirectOrder,
        "standard error does not go to the file",
        at: primary,
        labels: [label],
        help: ["write `2>&1` behind the redirection of standard output, or use `&>`"],
        fixes: fixes
      )
    )
  }

  /// Whether `exec` has sent standard output somewhere for all that follows.
  private static func isRedirectedThroughout(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey
  ) -> Bool {
    survey.simples.contains {
      parser.isCalled($0.node, ["exec"])
        && parser.redirections(of: $0.node).contains { parser.capturesOutput($0) }
    }
  }

  /// DB407: SUFFIX redirects standard output alone.
  private static func checkError(
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard parser.root >= 0, !site.suffix.bytes.isEmpty else { return }
    let last = parser.node(parser.root).lastChild
    let command = last < 0 ? -1 : parser.node(last).lastChild
    guard command >= 0 else { return }
    let redirections = parser.redirections(of: command)
    guard
      let output = redirections.first(where: {
        Int(parser.node($0).start) >= site.bodyEnd && parser.capturesOutput($0)
      }),
      !redirections.contains(where: { parser.capturesError($0) }),
      !isNull(output, parser)
    else { return }
    guard findings.admits(.stderrNotCaptured, at: parser.node(output).range, of: site) else {
      return
    }
    let primary = site.label(parser.node(output).range, in: bytes)
    findings.append(
      Diagnostic(
        .stderrNotCaptured,
        "standard error is not captured",
        at: primary,
        notes: ["the status file keeps 80 bytes of it"],
        help: ["use `&>`, or add `2>&1` or `2> FILE`"]
      )
    )
  }

  private static func isNull(_ redirection: Int32, _ parser: borrowing ShellParser) -> Bool {
    let target = parser.node(redirection).firstChild
    return target >= 0 && parser.equals(parser.node(target).range, "/dev/null")
  }
}
