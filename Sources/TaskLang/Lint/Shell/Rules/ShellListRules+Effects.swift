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

  /// DB403: `cd d ; run` runs where it should not when the folder is missing.
  static func checkFolder(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard findings.reports(.cdUnchecked), !stopsAtErrors(parser, survey) else { return }
    for entry in survey.simples where parser.isCalled(entry.node, ["cd"]) {
      if entry.isInFunction { continue }
      guard parser.words(of: entry.node).count > 1,
        let pipeline = uncheckedPipeline(of: entry.node, parser)
      else { continue }
      let mark = Int(parser.node(pipeline).detail)
      guard findings.admits(.cdUnchecked, at: parser.node(entry.node).range, of: site) else {
        return
      }
      let primary = site.label(parser.node(entry.node).range, in: bytes)
      let isApart = mark > 0 && ASCII.isBlank(parser.text[mark - 1])
      let edit = site.edit(mark..<mark + 1, of: bytes, to: isApart ? "&&" : " &&")
      findings.append(
        Diagnostic(
          .cdUnchecked,
          "what follows runs in another folder when this `cd` fails",
          at: primary,
          help: ["write `cd ... &&`, or `cd ... || exit`"],
          fixes: edit.map {
            [FixIt(message: "go on only when it succeeds", applicability: .unsafe, edits: [$0])]
          } ?? []
        )
      )
      return
    }
  }

  /// The pipeline of a command alone, where `;` and more follow it.
  private static func uncheckedPipeline(
    of command: Int32,
    _ parser: borrowing ShellParser
  ) -> Int32? {
    for index in parser.nodes.indices {
      let node = parser.nodes[index]
      guard node.kind == .pipeline, node.firstChild == command, node.lastChild == command else {
        continue
      }
      return node.mark == .semicolon && node.nextSibling >= 0 ? Int32(index) : nil
    }
    return nil
  }

  /// DB409: a line that only sets what its own shell is in.
  static func checkEffect(
    _ pipelines: [Int32],
    _ parser: borrowing ShellParser,
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
      })
    else { return }
    guard findings.admits(.noEffectTask, at: site.bodyStart..<site.bodyEnd, of: site) else {
      return
    }
    let primary = site.wholeBody(in: bytes)
    var fixes: [FixIt] = []
    if site.prefix.bytes.isEmpty, site.suffix.bytes.isEmpty, case .task = site.occasion,
      let front = site.edit(0..<0, in: .body, of: bytes, to: "#DISBATCH PREFIX "),
      let back = site.edit(site.bodyEnd..<site.bodyEnd, in: .body, of: bytes, to: " && ")
    {
      fixes = [
        FixIt(
          message: "put it in front of the tasks that follow",
          applicability: .unsafe,
          edits: [front, back]
        )
      ]
    }
    findings.append(
      Diagnostic(
        .noEffectTask,
        "this has no effect on other tasks: every line is a shell of its own",
        at: primary,
        help: ["say it in a `#DISBATCH PREFIX` in front of the tasks that need it"],
        fixes: fixes
      )
    )
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
