/// DB404: the exit status of the work is lost.
enum ShellStatusRules {
  /// What masks a status, and what there is to say of it.
  private struct Mask {
    var command: Int32
    var message: String
    var help: [String] = []
    /// Another severity than that of the code.
    var severity: Severity?
    /// Distinguishes findings under one PREFIX and SUFFIX.
    var detail: Int
    var fix: FixIt?
  }

  /// Looks at the part of a command that decides its status.
  static func check(
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
    let mask =
      commands.count > 1
      ? pipelineMask(final, commands, parser, survey, site, in: bytes)
      : listMask(final, pipelines, parser, survey)
    guard let mask else { return }
    let range = parser.node(mask.command).range
    guard findings.admits(.statusMasked, at: range, of: site, detail: mask.detail) else { return }
    var diagnostic = Diagnostic(
      .statusMasked,
      mask.message,
      at: site.label(range, in: bytes),
      notes: ["`-r -R`, `-f` and BARRIER CHECK look at that status alone"],
      help: mask.help,
      fixes: mask.fix.map { [$0] } ?? []
    )
    if let severity = mask.severity { diagnostic.severity = severity }
    findings.append(diagnostic)
  }

  /// A pipeline whose last command hands on what it reads.
  ///
  /// `head` ends when it has read enough, which ends the others with SIGPIPE, and the status of `grep`
  /// may be what matters: those are remarks.
  private static func pipelineMask(
    _ final: Int32,
    _ commands: [Int32],
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>
  ) -> Mask? {
    guard parser.isCalled(final, ShellCommandNames.passing), !setsPipefail(parser, survey),
      !commands.dropLast().allSatisfy({ isTrivial($0, parser) })
    else { return nil }
    let message = "the exit status of this pipeline is that of its last command"
    if parser.isCalled(final, ["head"]) {
      let help = [
        "with `set -o pipefail` it would fail where `head` ends first; `${PIPESTATUS[0]}` tells"
      ]
      return Mask(command: final, message: message, help: help, severity: .info, detail: 3)
    }
    if parser.isCalled(final, ["grep"]) {
      let help = ["begin with `set -o pipefail ;` if failures of the others count as well"]
      return Mask(command: final, message: message, help: help, severity: .info, detail: 4)
    }
    return Mask(
      command: final,
      message: message,
      help: ["begin with `set -o pipefail ;`"],
      detail: 0,
      fix: pipefail(final, parser, survey, site, in: bytes)
    )
  }

  /// A list whose last part succeeds whatever came before it.
  private static func listMask(
    _ final: Int32,
    _ pipelines: [Int32],
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey
  ) -> Mask? {
    guard pipelines.count > 1 else { return nil }
    let mark = parser.node(pipelines[pipelines.count - 2]).mark
    let work = pipelines.dropLast().last { !isTrivialPipeline($0, parser) }
    // Who writes these most often means them, so they are reported but are no warnings.
    if mark == .or, parser.isCalled(final, ["true", ":"]) {
      return Mask(
        command: final,
        message: "a failure of the task will not show",
        severity: .info,
        detail: 1
      )
    }
    guard let work else { return nil }
    if exitsWithZero(final, parser), mark == .or || mark == .semicolon {
      guard mark == .or || !ShellListRules.stopsAtErrors(parser, survey),
        mark == .or || !isConditional(work, pipelines, parser)
      else { return nil }
      return Mask(
        command: final,
        message: "a failure of the task will not show",
        help: ["leave it out, or write `exit` alone, which keeps the status"],
        severity: .info,
        detail: 5
      )
    }
    guard parser.isCalled(final, ShellCommandNames.reporters) else { return nil }
    if mark == .or {
      return Mask(
        command: final,
        message: "the exit status of a task that fails is that of this",
        help: ["write `|| { ... ; exit 1 ; }`"],
        detail: 6
      )
    }
    guard mark == .semicolon, !ShellListRules.stopsAtErrors(parser, survey),
      !isConditional(work, pipelines, parser)
    else { return nil }
    return Mask(
      command: final,
      message: "the exit status of the task is that of this, whatever happened before",
      detail: 2
    )
  }

  private static func exitsWithZero(_ command: Int32, _ parser: borrowing ShellParser) -> Bool {
    let words = parser.words(of: command)
    return words.count == 2 && parser.isCalled(command, ["exit"])
      && parser.equals(parser.node(words[1]).range, "0")
  }

  /// Puts `set -o pipefail` in front, where no other pipeline would fail by it.
  ///
  /// In the line if it begins with a command, so that other lines under the same PREFIX stay as they
  /// are.
  private static func pipefail(
    _ final: Int32,
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>
  ) -> FixIt? {
    let endsOthers = survey.simples.contains { entry in
      entry.node != final && parser.isCalled(entry.node, ["head", "grep"])
    }
    guard !endsOthers else { return nil }
    let isAtStart = site.prefix.bytes.span.isBlank(0..<site.prefix.bytes.count)
    let body = bytes.skippingBlanks(from: site.body.lowerBound, to: site.body.upperBound)
    let place = body - site.body.lowerBound + site.bodyStart
    let start = Int(parser.node(parser.root).start)
    let beginsCommand = parser.nodes.contains { $0.kind == .pipeline && Int($0.start) == place }
    let edit: Edit? =
      if isAtStart || !beginsCommand {
        site.edit(start..<start, of: bytes, to: "set -o pipefail ; ")
      } else {
        site.edit(place..<place, in: .body, of: bytes, to: "set -o pipefail && ")
      }
    return edit.map { FixIt(message: "let a failure show", applicability: .unsafe, edits: [$0]) }
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

  /// Whether the failure of a part has been looked at: `a || b` or `a && b` around it.
  private static func isConditional(
    _ pipeline: Int32,
    _ pipelines: [Int32],
    _ parser: borrowing ShellParser
  ) -> Bool {
    guard let place = pipelines.firstIndex(of: pipeline), place > 0 else { return false }
    return parser.node(pipelines[place - 1]).mark == .or
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
}
