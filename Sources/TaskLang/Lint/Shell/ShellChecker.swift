/// The checks of the shell text of commands, made statement by statement as the input passes.
///
/// What it finds never refuses a file. Of a million lines that are nothing but plain words under one
/// PREFIX and SUFFIX only the first is parsed; others are parsed one by one, in linear time.
package struct ShellChecker: Sendable {
  private var parser = ShellParser()
  private var survey = ShellSurvey()
  var findings: ShellFindings
  var outputs = ShellOutputRules()
  private var folders: ShellFolderRules?
  private(set) var site = ShellSite()
  private var contexts = 0
  private(set) var isStale = true
  /// What holds for lines of plain words; nil when it has to be found out.
  private(set) var plain: PlainCommands?
  /// Where a line opened a compound command that it did not end.
  private var openLine: Label?

  /// Makes the checks; DB507 needs to be told of folders.
  package init(
    options: LintOptions = LintOptions(),
    folderExists: (@Sendable ([UInt8]) -> Bool)? = nil
  ) {
    findings = ShellFindings(options: options)
    if options.reports(.logDirectoryMissing) { folders = folderExists.map(ShellFolderRules.init) }
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
    if case .task(let id) = item, let plain, !isStale,
      plain.holds(for: piece, id: id, of: line, in: bytes)
    {
      if plain.isSilent { return }
      return count(piece, of: line, in: bytes)
    }
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
      case .prefix, .suffix: passAffixes()
      case .barrier, .perEngine, .repeatTasks: break
      }
    }
    switch item {
    case .nothing, .end: return
    case .barrier: outputs.passBarrier()
    case .task(let id):
      prepare(lowering)
      check(piece, .task(id: id), of: line, in: bytes)
      if plain == nil { learnPlain(line, in: bytes) }
    case .repeated(let firstID, let indexes, let body):
      guard indexes.count > 0 else { return }
      prepare(lowering)
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
    plain = nil
    if contexts > 0, site.prefix == lowering.prefix, site.suffix == lowering.suffix { return }
    contexts += 1
    site.prefix = lowering.prefix
    site.suffix = lowering.suffix
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
      outputs.check(parser, survey, site, in: bytes, &findings)
      checkFolders(in: bytes)
      ShellVariableRules.check(parser, survey, site, in: bytes, &findings)
      ShellStartRules.check(parser, survey, site, in: bytes, &findings)
    }
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

  /// Finds out what holds for tasks of plain words under these affixes, by one such task.
  private mutating func learnPlain(_ line: PhysicalLine, in bytes: Span<UInt8>) {
    let words = PlainCommands.example
    var trial = site
    trial.line.traits = []
    trial.body = 0..<words.count
    trial.occasion = .task(id: 0)
    trial.line.number = 1
    let (prefix, suffix) = (site.prefix.bytes, site.suffix.bytes)
    let verdict = parser.parse { $0.append(prefix, 0..<words.count, of: words.span, suffix) }
    var plain = PlainCommands(prefix: prefix, suffix: suffix)
    defer { self.plain = plain }
    guard plain.isPossible, verdict == .accepted,
      PlainCommands.isArgument(at: trial.bodyStart, parser)
    else { return plain.isPossible = false }
    var found = ShellFindings(options: findings.options)
    var files = ShellOutputRules()
    var folders = folders
    survey.take(parser)
    let isJoinedWrong = ShellJoinRules.check(parser, trial, in: words.span, &found)
    ShellListRules.check(parser, survey, trial, in: words.span, &found)
    ShellRedirectionRules.check(parser, survey, trial, in: words.span, &found)
    files.check(parser, survey, trial, in: words.span, &found)
    folders?.check(parser, survey, trial, in: words.span, &found)
    ShellVariableRules.check(parser, survey, trial, in: words.span, &found)
    ShellStartRules.check(parser, survey, trial, in: words.span, &found)
    plain.isPossible = !isJoinedWrong && found.isEmpty && !files.remembersFiles
    plain.isUncaptured = files.countsUncaptured
    plain.folders = files.countedFolders
    plain.usesPadding = survey.parameters.contains {
      DisbatchVariable(parser, parser.parameterName($0.node))?.parts.contains(.padded) ?? false
    }
  }

  /// Counts a task of plain words.
  private mutating func count(_ piece: Range<Int>, of line: PhysicalLine, in bytes: Span<UInt8>) {
    guard let plain else { return }
    if plain.isUncaptured { outputs.countUncaptured(1) { line.label(piece, in: bytes) } }
    for folder in plain.folders {
      outputs.count(1, inFolder: folder) { line.label(piece, in: bytes) }
    }
  }

  /// Looks back from the end of the input and hands on what was found.
  package mutating func finish(_ findings: inout Findings) {
    outputs.finish(&self.findings)
    self.findings.finish(&findings)
  }
}
