/// DB401, DB405 and DB409: what the parts of a command do to each other.
enum ShellListRules {
  /// Looks at the list that is the whole command.
  static func check(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard parser.root >= 0 else { return }
    let pipelines = parser.children(of: parser.root)
    checkCapture(pipelines, parser, survey, site, in: bytes, &findings)
    ShellBackgroundRules.check(parser, survey, site, in: bytes, &findings)
    ShellStatusRules.check(parser, survey, site, in: bytes, &findings)
    checkExit(pipelines, parser, site, in: bytes, &findings)
    ShellGuardRules.check(parser, survey, site, in: bytes, &findings)
    checkEffect(pipelines, parser, survey, site, in: bytes, &findings)
  }

  /// DB401: the redirection of SUFFIX takes the last part only.
  ///
  /// Parts that print nothing are skipped, so that `cd d ; ( ... ) &> log` stays clean.
  private static func checkCapture(
    _ pipelines: [Int32],
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard pipelines.count > 1, let last = pipelines.last else { return }
    let command = parser.node(last).lastChild
    guard command >= 0,
      let redirection = parser.redirections(of: command).first(where: {
        Int(parser.node($0).start) >= site.bodyEnd && parser.capturesOutput($0)
      }),
      let place = pipelines.dropLast().firstIndex(where: { prints($0, parser) })
    else { return }
    let loud = pipelines[place]
    // With nothing but the redirection behind a `&`, DB402 says it better.
    guard !isEmptyCommand(last, parser) else { return }
    let range = parser.node(loud).range
    guard findings.admits(.redirectLastOnly, at: range, of: site) else { return }
    let primary = site.label(range, in: bytes, "the output of this is not captured")
    let label = site.label(
      parser.node(redirection).range,
      in: bytes,
      "this is for the last part only"
    )
    let isConditional = place > 0 && [.and, .or].contains(parser.node(pipelines[place - 1]).mark)
    let keepsMeaning =
      !isConditional && !dependsOnParts(redirection, from: range.lowerBound, parser, survey)
    let fix = keepsMeaning ? wrap(site, in: bytes, from: range.lowerBound) : nil
    findings.append(
      Diagnostic(
        .redirectLastOnly,
        "the SUFFIX redirects only the last of several commands",
        at: primary,
        labels: [label],
        help: ["wrap the commands in `( ... )`, or begin with `exec &> FILE ;`"],
        fixes: fix.map { [$0] } ?? []
      )
    )
  }

  /// Whether a redirection would go elsewhere in front of the parts that begin at `start`, which may go
  /// to another folder or set a variable that the file is named by.
  private static func dependsOnParts(
    _ redirection: Int32,
    from start: Int,
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey
  ) -> Bool {
    guard let target = ShellTarget(redirection, parser) else { return true }
    if target.variables.contains(.opaque) { return true }
    return survey.simples.contains {
      Int(parser.node($0.node).start) >= start && parser.isCalled($0.node, ["cd", "pushd", "popd"])
    }
  }

  /// Wraps the parts from the first that prints on: what stands in front sets what they need.
  private static func wrap(
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    from start: Int
  ) -> FixIt? {
    guard start >= site.bodyStart,
      let open = site.edit(start..<start, in: .body, of: bytes, to: "( "),
      let close = site.edit(site.bodyEnd..<site.bodyEnd, in: .body, of: bytes, to: " )")
    else { return nil }
    return FixIt(
      message: "wrap the commands",
      applicability: .unsafe,
      edits: [open, close]
    )
  }

  /// Whether a pipeline may write to standard output that nothing redirects.
  static func prints(_ pipeline: Int32, _ parser: borrowing ShellParser) -> Bool {
    let last = parser.node(pipeline).lastChild
    guard last >= 0 else { return false }
    return commandPrints(last, parser)
  }

  private static func commandPrints(_ command: Int32, _ parser: borrowing ShellParser) -> Bool {
    if parser.redirections(of: command).contains(where: { parser.capturesOutput($0) }) {
      return false
    }
    switch parser.node(command).kind {
    case .simple:
      if parser.words(of: command).isEmpty { return false }
      guard let name = parser.commandName(of: command) else { return true }
      if parser.isOne(name, of: ShellCommandNames.silent) { return false }
      return !(parser.equals(name, "grep") && isQuiet(command, parser))
    case .function, .condition, .arithmeticCommand, .coprocess: return false
    default:
      return parser.children(of: command).contains { child in
        parser.node(child).kind == .list
          && parser.children(of: child).contains { prints($0, parser) }
      }
    }
  }

  private static func isQuiet(_ command: Int32, _ parser: borrowing ShellParser) -> Bool {
    parser.words(of: command).dropFirst().contains { word in
      let range = parser.node(word).range
      return parser.text[range.lowerBound] == UInt8(ascii: "-")
        && parser.text[range].contains(UInt8(ascii: "q"))
    }
  }

  static func isEmptyCommand(_ pipeline: Int32, _ parser: borrowing ShellParser) -> Bool {
    guard let command = parser.soleCommand(of: pipeline), parser.node(command).kind == .simple
    else { return parser.node(pipeline).firstChild < 0 }
    return parser.children(of: command).allSatisfy { parser.node($0).kind == .redirection }
  }

  /// Whether the command ends by itself when a part of it fails.
  static func stopsAtErrors(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey
  ) -> Bool {
    survey.simples.contains { entry in
      parser.isCalled(entry.node, ["set"])
        && parser.words(of: entry.node).dropFirst().contains { word in
          let range = parser.node(word).range
          return parser.equals(range, "errexit")
            || (parser.text[range.lowerBound] == UInt8(ascii: "-")
              && parser.text[range].contains(UInt8(ascii: "e")))
        }
    }
  }
}
