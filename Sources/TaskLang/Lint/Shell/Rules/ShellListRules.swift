/// DB401 to DB405 and DB409: what the parts of a command do to each other.
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
    checkCapture(pipelines, parser, site, in: bytes, &findings)
    checkBackground(pipelines, parser, survey, site, in: bytes, &findings)
    checkStatus(parser, survey, site, in: bytes, &findings)
    checkExit(pipelines, parser, site, in: bytes, &findings)
    checkFolder(parser, survey, site, in: bytes, &findings)
    checkEffect(pipelines, parser, site, in: bytes, &findings)
  }

  /// DB401: the redirection of SUFFIX takes the last part only.
  ///
  /// Parts that print nothing are passed over, so that `cd d ; ( ... ) &> log` stays clean.
  private static func checkCapture(
    _ pipelines: [Int32],
    _ parser: borrowing ShellParser,
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
      let loud = pipelines.dropLast().first(where: { prints($0, parser) })
    else { return }
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
    let fix = wrap(parser, site, in: bytes, from: range.lowerBound)
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

  private static func wrap(
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    from start: Int
  ) -> FixIt? {
    guard start >= site.bodyStart,
      let open = site.edit(site.bodyStart..<site.bodyStart, in: .body, of: bytes, to: "( "),
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

  private static func isEmptyCommand(_ pipeline: Int32, _ parser: borrowing ShellParser) -> Bool {
    guard let command = parser.soleCommand(of: pipeline), parser.node(command).kind == .simple
    else { return parser.node(pipeline).firstChild < 0 }
    return parser.children(of: command).allSatisfy { parser.node($0).kind == .redirection }
  }

  /// DB402: what a trailing `&` starts is still running when the task ends.
  private static func checkBackground(
    _ pipelines: [Int32],
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard
      let place = pipelines.lastIndex(where: { parser.node($0).mark == .ampersand }),
      pipelines[(place + 1)...].allSatisfy({ isEmptyCommand($0, parser) }),
      !survey.simples.contains(where: { parser.isCalled($0.node, ["wait"]) })
    else { return }
    let start = Int(parser.node(pipelines[place]).detail)
    guard findings.admits(.backgroundEscapes, at: start..<start + 1, of: site) else { return }
    let primary = site.label(start..<start + 1, in: bytes)
    let hasRest = place + 1 < pipelines.count
    let edit = site.edit(start..<start + 1, of: bytes, to: "")
    findings.append(
      Diagnostic(
        .backgroundEscapes,
        "the task ends while this is still running",
        at: primary,
        notes: hasRest
          ? ["its slot is given to another task, and the redirection behind `&` is that of nothing"]
          : ["its slot is given to another task, and its exit status is lost"],
        help: ["leave out the `&`, or add `; wait`"],
        fixes: edit.map {
          [FixIt(message: "leave out the `&`", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
  }

  /// The list whose last part decides the status: the command, or what its only group holds.
  private static func decidingList(_ parser: borrowing ShellParser) -> Int32 {
    var list = parser.root
    while true {
      let pipelines = parser.children(of: list)
      guard pipelines.count == 1, let command = parser.soleCommand(of: pipelines[0]),
        [.subshell, .group].contains(parser.node(command).kind)
      else { return list }
      list = parser.node(command).firstChild
    }
  }

  /// DB404: the exit status of the work is lost.
  private static func checkStatus(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let pipelines = parser.children(of: decidingList(parser))
    guard let last = pipelines.last,
      parser.node(last).mark == .none || pipelines.count == 1
        || parser.node(last).mark == .semicolon
    else { return }
    let commands = parser.commands(of: last)
    guard let final = commands.last else { return }
    if commands.count > 1 {
      guard parser.isCalled(final, ShellCommandNames.passing), !setsPipefail(parser, survey),
        !commands.dropLast().allSatisfy({ isTrivial($0, parser) })
      else { return }
      report(
        final,
        "the exit status of this pipeline is that of its last command",
        nil,
        "set -o pipefail ; ",
        parser,
        site,
        in: bytes,
        &findings
      )
      return
    }
    guard pipelines.count > 1 else { return }
    let before = pipelines[pipelines.count - 2]
    let mark = parser.node(before).mark
    if mark == .or, parser.isCalled(final, ["true", ":"]) {
      // Who writes this most often means it, so it is told but does not warn.
      report(
        final,
        "a failure of the task will not show",
        .info,
        nil,
        parser,
        site,
        in: bytes,
        &findings
      )
      return
    }
    guard mark == .semicolon, parser.isCalled(final, ShellCommandNames.reporters),
      let work = pipelines.dropLast().last(where: { !isTrivialPipeline($0, parser) }),
      !stopsAtErrors(parser, survey), !isConditional(work, pipelines, parser)
    else { return }
    report(
      final,
      "the exit status of the task is that of this, whatever happened before",
      nil,
      nil,
      parser,
      site,
      in: bytes,
      &findings
    )
  }

  /// Whether the failure of a part has been looked at: `a || b` or `a && b` around it.
  private static func isConditional(
    _ pipeline: Int32,
    _ pipelines: [Int32],
    _ parser: borrowing ShellParser
  ) -> Bool {
    guard let place = pipelines.firstIndex(of: pipeline), place > 0 else { return false }
    return parser.node(pipelines[place - 1]).mark == .or
  }

  private static func report(
    _ command: Int32,
    _ message: String,
    _ severity: Severity?,
    _ insertion: String?,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard
      findings.admits(
        .statusMasked,
        at: parser.node(command).range,
        of: site,
        detail: severity != nil ? 1 : insertion == nil ? 2 : 0
      )
    else { return }
    let primary = site.label(parser.node(command).range, in: bytes)
    let start = Int(parser.node(parser.root).start)
    let edit = insertion.flatMap { site.edit(start..<start, of: bytes, to: $0) }
    var diagnostic = Diagnostic(
      .statusMasked,
      message,
      at: primary,
      notes: ["`-r -R`, `-f` and BARRIER CHECK look at that status alone"],
      help: insertion == nil ? [] : ["begin with `set -o pipefail ;`"],
      fixes: edit.map {
        [FixIt(message: "let a failure show", applicability: .unsafe, edits: [$0])]
      } ?? []
    )
    if let severity { diagnostic.severity = severity }
    findings.append(diagnostic)
  }

  private static func isTrivialPipeline(
    _ pipeline: Int32,
    _ parser: borrowing ShellParser
  ) -> Bool {
    parser.commands(of: pipeline).allSatisfy { isTrivial($0, parser) }
  }

  private static func isTrivial(_ command: Int32, _ parser: borrowing ShellParser) -> Bool {
    switch parser.node(command).kind {
    case .simple:
      if parser.words(of: command).isEmpty { return true }
      return parser.isCalled(command, ShellCommandNames.trivial)
        || parser.isCalled(command, ShellCommandNames.silent)
    case .condition, .arithmeticCommand, .function: return true
    default:
      return parser.children(of: command).allSatisfy { child in
        parser.node(child).kind != .list
          || parser.children(of: child).allSatisfy { isTrivialPipeline($0, parser) }
      }
    }
  }

  private static func setsPipefail(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey
  ) -> Bool {
    survey.simples.contains { entry in
      parser.isCalled(entry.node, ["set"])
        && parser.words(of: entry.node).contains {
          parser.equals(parser.node($0).range, "pipefail")
        }
    } || survey.parameters.contains { parser.equals(parser.parameterName($0.node), "PIPESTATUS") }
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
