/// The checks of the shell text of commands, made statement by statement as the input passes.
///
/// What it finds never refuses a file. Lines are parsed one by one, in linear time; of lines that differ
/// in nothing that matters only the first is.
package struct ShellChecker: Sendable {
  private var parser = ShellParser()
  private var survey = ShellSurvey()
  var findings: ShellFindings
  var outputs: ShellOutputRules
  private var folders: ShellFolderRules?
  private(set) var site = ShellSite()
  private var contexts = 0
  private var isStale = true
  private var budget: ShellAffixBudget
  /// What is known of lines like others.
  private var outlines: ShellOutlines
  /// How many commands were like one that had been parsed.
  package private(set) var passedOver = 0
  /// Where a line opened a compound command that it did not end.
  private var openLine: Label?

  /// Makes the checks.
  ///
  /// - Parameters:
  ///   - options: What is reported.
  ///   - folderExists: Whether there is a folder of that path; DB507 needs to be told.
  ///   - remembersOutlines: Whether lines like others are skipped. The findings are the same.
  package init(
    options: LintOptions = LintOptions(),
    folderExists: (@Sendable ([UInt8]) -> Bool)? = nil,
    remembersOutlines: Bool = true
  ) {
    findings = ShellFindings(options: options)
    outputs = ShellOutputRules(options: options)
    budget = ShellAffixBudget(bytes: options.affixBudget)
    if options.reports(.logDirectoryMissing) { folders = folderExists.map(ShellFolderRules.init) }
    // What DB507 finds depends on what the words of earlier lines have made.
    outlines = ShellOutlines(isEnabled: remembersOutlines && folders == nil)
  }

  /// Learns which codes comments suppress in the line to come.
  mutating func suppress(_ codes: [DiagnosticCode: Int]) { findings.suppressed = codes }

  /// Looks at a statement and what it came to.
  ///
  /// - Parameters:
  ///   - statement: What the piece means.
  ///   - item: What it added to the plan.
  ///   - piece: The bytes of the piece in its line.
  ///   - line: The line.
  ///   - bytes: The line's bytes.
  ///   - lowering: The state behind the statement.
  @inline(__always)
  package mutating func visit(
    _ statement: Statement,
    _ item: LoweredItem,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering
  ) {
    if case .task(let id) = item, !isStale, passes(piece, id: id, of: line, in: bytes) { return }
    visitUncommon(statement, item, piece, of: line, in: bytes, lowering)
  }

  private mutating func visitUncommon(
    _ statement: Statement,
    _ item: LoweredItem,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering
  ) {
    if case .directive(let directive) = statement {
      switch directive {
      case .prefix, .suffix:
        findings.endTasks(before: lowering.nextID)
        passAffixes()
      case .barrier, .perEngine, .repeatTasks: break
      }
    }
    switch item {
    case .nothing, .end: return
    case .barrier: outputs.passBarrier()
    case .task(let id):
      prepare(lowering)
      check(piece, .task(id: id), of: line, in: bytes)
    case .repeated(let firstID, let indexes, let body):
      guard indexes.count > 0 else { return }
      prepare(lowering)
      if passes(body, times: indexes.count, of: line, in: bytes) { return }
      check(body, .repeated(firstID: firstID, indexes), of: line, in: bytes)
    case .perEngine(_, let directive):
      prepare(lowering)
      check(directive.command, .perEngine, of: line, in: bytes)
    }
  }

  /// Takes note that other affixes may be in force from here on.
  package mutating func passAffixes() { isStale = true }

  /// Takes up the affixes in force for a task that is not parsed.
  mutating func enterTask(_ lowering: borrowing Lowering) {
    prepare(lowering)
    site.context = 2 * contexts
  }

  /// Takes up the affixes in force.
  private mutating func prepare(_ lowering: borrowing Lowering) {
    guard isStale else { return }
    isStale = false
    outlines.dropLine()
    if contexts > 0, site.prefix == lowering.prefix, site.suffix == lowering.suffix { return }
    contexts += 1
    site.prefix = lowering.prefix
    site.suffix = lowering.suffix
    outlines.begin(site.prefix.bytes, site.suffix.bytes)
  }

  private mutating func check(
    _ body: Range<Int>,
    _ occasion: ShellOccasion,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) {
    site.line = line
    site.body = body
    site.occasion = occasion
    site.context = occasion == .perEngine ? 2 * contexts + 1 : 2 * contexts
    findings.beginCommand()
    guard budget.allows(site) else { return passOver(in: bytes) }
    let verdict = parse(body, in: bytes)
    let isJoinedWrong = ShellJoinRules.check(parser, site, in: bytes, &findings)
    switch verdict {
    case .unknown: return
    case .rejected(let error):
      if outputs.observation != nil, ShellSyntaxRules.spansLines(error, parser, site) {
        outputs.observation?.isAlwaysVisited = true
      }
      if !isJoinedWrong {
        ShellSyntaxRules.report(error, openLine: openLine, parser, site, in: bytes, &findings)
      }
      noteOpenLine(error, in: bytes)
    case .accepted:
      guard !isJoinedWrong else { return }
      survey.take(parser)
      ShellListRules.check(parser, survey, site, in: bytes, &findings)
      ShellRedirectionRules.check(parser, survey, site, in: bytes, &findings)
      let uncaptured = outputs.uncapturedCount
      outputs.check(parser, survey, site, in: bytes, &findings)
      checkFolders(in: bytes)
      ShellVariableRules.check(parser, survey, site, in: bytes, &findings)
      ShellStartRules.check(parser, survey, site, in: bytes, &findings)
      if occasion != .perEngine { learn(isUncaptured: outputs.uncapturedCount > uncaptured) }
    }
  }

  /// Notes the current command, which is not parsed.
  private mutating func passOver(in bytes: Span<UInt8>) {
    if outputs.observation != nil {
      outputs.observation?.isAlwaysVisited = true
    } else {
      budget.passOver(site.wholeBody(in: bytes))
    }
  }

  /// Learns from the current line what holds for others like it.
  private mutating func learn(isUncaptured: Bool) {
    outlines.learnStart(parser, site)
    guard outlines.hasOutline, findings.isQuiet,
      findings.recurrences.isEmpty || findings.suppressed.isEmpty
    else { return }
    outlines.learn(
      parser,
      survey,
      site,
      isUncaptured: isUncaptured,
      recurrences: findings.recurrences,
      notes: findings.notes ?? []
    )
  }

  /// Whether a task is like another one that was looked at, and all is done that is left to do.
  private mutating func passes(
    _ piece: Range<Int>,
    id: Int,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> Bool {
    guard let entry = outlines.find(piece, of: bytes) else { return false }
    // What recurs may be another finding where a comment suppresses it.
    if !entry.recurrences.isEmpty, !findings.suppressed.isEmpty { return false }
    if !entry.files.isEmpty {
      (site.line, site.body) = (line, piece)
      let (names, text) = (outlines.outline.names, outlines.text)
      guard outputs.take(entry, names.span, text.span, of: id, in: bytes, site) else {
        return false
      }
    }
    findings.recur(entry.recurrences, entry.notes)
    if entry.isUncaptured { outputs.countUncaptured(1) { line.label(piece, in: bytes) } }
    passedOver &+= 1
    return true
  }

  /// Whether a REPEAT is like another one that was looked at, and all is done that is left to do.
  private mutating func passes(
    _ body: Range<Int>,
    times count: Int,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> Bool {
    guard let entry = outlines.find(body, of: bytes, isRepeat: true),
      entry.recurrences.isEmpty || findings.suppressed.isEmpty
    else { return false }
    findings.recur(entry.recurrences, entry.notes)
    if entry.isUncaptured { outputs.countUncaptured(count) { line.label(body, in: bytes) } }
    passedOver &+= 1
    return true
  }

  /// DB507, which depends on what earlier commands have made.
  private mutating func checkFolders(in bytes: Span<UInt8>) {
    guard folders != nil else { return }
    guard outputs.observation == nil else {
      outputs.observation?.isAlwaysVisited = true
      return
    }
    folders?.check(parser, survey, site, in: bytes, &findings)
  }

  private mutating func parse(_ body: Range<Int>, in bytes: Span<UInt8>) -> ShellVerdict {
    let (prefix, suffix) = (site.prefix.bytes, site.suffix.bytes)
    return parser.parse { text in text.append(prefix, body, of: bytes, suffix) }
  }

  private mutating func noteOpenLine(_ error: ShellSyntaxError, in bytes: Span<UInt8>) {
    guard ShellSyntaxRules.opensLines(error, parser, site), let opener = error.opener else {
      return
    }
    openLine = site.label(opener, in: bytes, "opened here")
  }

  /// Looks back from the end of the input and hands on what was found.
  package mutating func finish(_ lowering: borrowing Lowering, _ findings: inout Findings) {
    self.findings.endTasks(before: lowering.nextID)
    outputs.finish(&self.findings)
    budget.finish(&self.findings)
    self.findings.finish(&findings)
  }
}
