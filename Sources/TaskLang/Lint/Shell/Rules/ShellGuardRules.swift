/// DB403 and DB412: commands on which all that follows rests, and whose failure stops nothing.
enum ShellGuardRules {
  /// Looks at `cd` and at what sets up an environment.
  static func check(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard findings.reports(.cdUnchecked) || findings.reports(.activationUnchecked),
      !ShellListRules.stopsAtErrors(parser, survey)
    else { return }
    var isTold: Set<DiagnosticCode> = []
    for entry in survey.simples where !entry.isInFunction {
      guard let code = code(of: entry.node, parser), !isTold.contains(code),
        let pipeline = parser.pipeline(of: entry.node),
        parser.node(pipeline).mark == .semicolon, parser.node(pipeline).nextSibling >= 0
      else { continue }
      isTold.insert(code)
      report(code, entry.node, pipeline, parser, site, in: bytes, &findings)
    }
  }

  private static func code(
    _ words: [Int32],
    _ second: [StaticString],
    _ parser: borrowing ShellParser
  )
    -> Bool
  {
    words.count > 2 && parser.isOne(parser.node(words[1]).range, of: second)
  }

  private static func code(of command: Int32, _ parser: borrowing ShellParser) -> DiagnosticCode? {
    if parser.isCalled(command, ["cd"]) {
      return parser.words(of: command).count > 1 ? .cdUnchecked : nil
    }
    let words = parser.words(of: command)
    if parser.isCalled(command, ["conda", "mamba", "micromamba"]) {
      return code(words, ["activate"], parser) ? .activationUnchecked : nil
    }
    if parser.isCalled(command, ["module"]) {
      return code(words, ["load", "add", "switch", "swap"], parser) ? .activationUnchecked : nil
    }
    if parser.isCalled(command, ["ml"]), words.count > 1 {
      let inspects: [StaticString] = [
        "list", "avail", "spider", "show", "purge", "save", "restore", "help", "keyword", "unload",
      ]
      return parser.isOne(parser.node(words[1]).range, of: inspects) ? nil : .activationUnchecked
    }
    if parser.isCalled(command, ["source", "."]), words.count > 1 {
      let range = parser.node(words[1]).range
      let start = max(range.lowerBound, range.upperBound - 8)
      return parser.equals(start..<range.upperBound, "activate") ? .activationUnchecked : nil
    }
    return nil
  }

  private static func report(
    _ code: DiagnosticCode,
    _ command: Int32,
    _ pipeline: Int32,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let range = parser.node(command).range
    guard findings.admits(code, at: range, of: site) else { return }
    let primary = site.label(range, in: bytes)
    let fix = fix(command, pipeline, parser, site, in: bytes)
    let isFolder = code == .cdUnchecked
    let name = isFolder ? "cd ..." : "..."
    findings.append(
      Diagnostic(
        code,
        isFolder
          ? "what follows runs in another folder when this `cd` fails"
          : "what follows runs without this environment when this fails",
        at: primary,
        help: ["write `\(name) &&`, or `\(name) || exit`"],
        fixes: fix.map { [$0] } ?? []
      )
    )
  }

  /// Lets nothing run that follows in its list: by `&&` where that reaches to the end, else by `exit`.
  private static func fix(
    _ command: Int32,
    _ pipeline: Int32,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>
  ) -> FixIt? {
    let place = parser.node(pipeline)
    // `exit` would end a loop whose other rounds are none of its business.
    let isInLoop = parser.nodes.contains {
      [.forClause, .whileClause, .selectClause].contains($0.kind)
        && $0.range.lowerBound <= place.range.lowerBound
        && $0.range.upperBound >= place.range.upperBound
    }
    guard !isInLoop, !isBehindTest(pipeline, parser) else { return nil }
    let mark = Int(place.detail)
    let message = "go on only when it succeeds"
    if site.part(at: mark) == .body, isChain(behind: pipeline, parser) {
      let isApart = mark > 0 && ASCII.isBlank(parser.text[mark - 1])
      return site.edit(mark..<mark + 1, of: bytes, to: isApart ? "&&" : " &&").map {
        FixIt(message: message, applicability: .unsafe, edits: [$0])
      }
    }
    let end = Int(parser.node(command).end)
    return site.edit(end..<end, in: site.part(at: end - 1), of: bytes, to: " || exit").map {
      FixIt(message: message, applicability: .unsafe, edits: [$0])
    }
  }

  /// Whether all that follows runs only when what stands in front of it has succeeded.
  private static func isChain(behind pipeline: Int32, _ parser: borrowing ShellParser) -> Bool {
    var next = parser.node(pipeline).nextSibling
    while next >= 0 {
      let node = parser.node(next)
      let isEnd = node.nextSibling < 0 && [.none, .semicolon].contains(node.mark)
      guard isEnd || node.mark == .and else { return false }
      next = node.nextSibling
    }
    return true
  }

  /// Whether a test decides if the command runs at all, as in `[ -d x ] && cd x ;`.
  private static func isBehindTest(_ pipeline: Int32, _ parser: borrowing ShellParser) -> Bool {
    for index in parser.nodes.indices where parser.nodes[index].kind == .list {
      let pipelines = parser.children(of: Int32(index))
      guard let place = pipelines.firstIndex(of: pipeline) else { continue }
      guard place > 0, parser.node(pipelines[place - 1]).mark == .and else { return false }
      var first = place - 1
      while first > 0, [.and, .or].contains(parser.node(pipelines[first - 1]).mark) { first -= 1 }
      return pipelines[first..<place].contains { pipeline in
        guard let command = parser.soleCommand(of: pipeline) else { return false }
        return [.condition, .arithmeticCommand].contains(parser.node(command).kind)
          || parser.isCalled(command, ["test", "["])
      }
    }
    return false
  }
}
