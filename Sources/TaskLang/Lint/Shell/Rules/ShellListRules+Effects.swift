extension ShellListRules {
  /// DB405: what stands behind `exit` or `exec` never runs.
  static func checkExit(
    _ pipelines: [Int32],
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    for (place, pipeline) in pipelines.enumerated().dropLast() {
      let isConditional =
        place > 0 && [.and, .or].contains(parser.node(pipelines[place - 1]).mark)
      guard !isConditional, parser.node(pipeline).mark != .ampersand,
        let command = parser.soleCommand(of: pipeline), ends(command, parser)
      else { continue }
      guard findings.admits(.earlyExit, at: parser.node(command).range, of: site) else { return }
      let primary = site.label(parser.node(command).range, in: bytes)
      let rest = site.label(
        Int(parser.node(pipelines[place + 1]).start)..<Int(parser.node(parser.root).end),
        in: bytes,
        "this never runs"
      )
      findings.append(
        Diagnostic(
          .earlyExit,
          "the task ends here",
          at: primary,
          labels: [rest],
          help: ["leave it out, or make it depend on something, as `|| exit`"]
        )
      )
      return
    }
  }

  private static func ends(_ command: Int32, _ parser: borrowing ShellParser) -> Bool {
    if parser.isCalled(command, ["exit"]) { return true }
    return parser.isCalled(command, ["exec"]) && parser.words(of: command).count > 1
  }

  /// DB409: a line that only sets what its own shell is in.
  static func checkEffect(
    _ pipelines: [Int32],
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard findings.reports(.noEffectTask), !site.body.isEmpty else { return }
    if case .perEngine = site.occasion { return }
    guard
      pipelines.allSatisfy({ pipeline in
        guard let command = parser.soleCommand(of: pipeline) else { return false }
        return onlySets(command, parser)
      }), !doesWork(parser, survey, site)
    else { return }
    guard findings.admits(.noEffectTask, at: site.bodyStart..<site.bodyEnd, of: site) else {
      return
    }
    let primary = site.wholeBody(in: bytes)
    var fixes: [FixIt] = []
    if site.prefix.bytes.isEmpty, site.suffix.bytes.isEmpty, case .task = site.occasion,
      let joint = joint(parser, survey),
      let front = site.edit(0..<0, in: .body, of: bytes, to: "#DISBATCH PREFIX "),
      let back = site.edit(site.bodyEnd..<site.bodyEnd, in: .body, of: bytes, to: joint)
    {
      fixes = [
        FixIt(
          message: "put it in front of the tasks that follow",
          applicability: .unsafe,
          edits: [front, back]
        )
      ]
    }
    let diagnostic = Diagnostic(
      .noEffectTask,
      "this has no effect on other tasks: every line is a shell of its own",
      at: primary,
      help: ["say it in a `#DISBATCH PREFIX` in front of the tasks that need it"],
      fixes: fixes
    )
    if case .task(let id) = site.occasion, !fixes.isEmpty {
      findings.append(awaitingTaskBehind: id, diagnostic)
    } else {
      findings.append(diagnostic)
    }
  }

  /// What joins a line that sets something to the tasks; nil where it goes on in the background.
  ///
  /// Files that set up a shell may well end with another status than 0.
  private static func joint(_ parser: borrowing ShellParser, _ survey: ShellSurvey) -> String? {
    guard let last = parser.text.last(where: { !ASCII.isBlank($0) }), last != UInt8(ascii: "&")
    else { return nil }
    if last == UInt8(ascii: ";") { return " " }
    return survey.simples.contains { parser.isCalled($0.node, ["source", "."]) } ? " ; " : " && "
  }

  /// Whether a line that sets something runs programs to find out what, or writes a file of its own.
  private static func doesWork(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite
  ) -> Bool {
    let runs = parser.nodes.contains {
      [.commandSubstitution, .processSubstitution, .backquoted].contains($0.kind)
    }
    return runs
      || survey.redirections.contains {
        Int(parser.node($0.node).start) < site.bodyEnd && ShellTarget($0.node, parser) != nil
      }
  }

  private static func onlySets(_ command: Int32, _ parser: borrowing ShellParser) -> Bool {
    switch parser.node(command).kind {
    case .function: return true
    case .simple:
      let words = parser.words(of: command)
      if words.isEmpty {
        return parser.children(of: command).contains { parser.node($0).kind == .assignment }
      }
      if parser.isCalled(command, ["source", "."]), words.count == 2 {
        return namesEnvironment(parser.node(words[1]).range, parser)
      }
      guard parser.isCalled(command, ShellCommandNames.settings) else { return false }
      guard parser.isCalled(command, ["conda", "module"]) else { return true }
      return words.count > 1
        && parser.isOne(
          parser.node(words[1]).range,
          of: ["activate", "deactivate", "load", "add", "purge", "unload", "use", "swap"]
        )
    default: return false
    }
  }

  /// Whether a sourced file is one that sets things up; others may well do the work.
  private static func namesEnvironment(
    _ range: Range<Int>,
    _ parser: borrowing ShellParser
  ) -> Bool {
    let text = parser.text.span
    return text.contains("env", in: range) || text.contains("Env", in: range)
      || text.contains("activate", in: range) || text.contains("setup", in: range)
      || text.contains("bashrc", in: range) || text.contains("profile", in: range)
  }
}
