/// The checks of the language, made statement by statement as the input passes.
///
/// It holds what it found and a small memory for the rules that look at more than one line, never
/// the input. A task without odd bytes costs a few comparisons once the rules have nothing to learn
/// from another one.
package struct Checker: Sendable {
  private var findings: Findings
  private var perEngine = LatePerEngine()
  private var barriers = BarrierPlaces()
  private var affixes = AffixUse()
  private var returns = CarriageReturns()
  private var noTasks = NoTasks()
  private var statusRows = StatusFileRows()
  private var comments: SuppressionComments?
  private var duplicates: DuplicateTasks?
  /// The checks of the shell text of commands, where that is looked at.
  package var shell: ShellChecker?
  private let looksAtEveryTask: Bool
  private let looksAtShell: Bool
  /// Whether another ordinary task would change no rule's memory.
  private var isSettled = false
  /// Longest line that is no ordinary task's any more, with the affixes in force.
  private var ordinaryLimit = 0

  /// Whether reading is to end at the first error of the language, as it is for a stream.
  package let endsAtRefusal: Bool

  /// Makes the checks.
  ///
  /// - Parameters:
  ///   - options: What is reported.
  ///   - folderExists: Whether there is a folder of that path, for DB507; without it that rule is off.
  ///   - endsAtRefusal: Whether reading is to end at the first error of the language.
  ///   - remembersOutlines: Whether lines like others are skipped. The findings are the same.
  package init(
    options: LintOptions = LintOptions(),
    folderExists: (@Sendable ([UInt8]) -> Bool)? = nil,
    endsAtRefusal: Bool = false,
    remembersOutlines: Bool = true
  ) {
    self.endsAtRefusal = endsAtRefusal
    findings = Findings(options: options)
    duplicates = options.reports(.duplicateTask) ? DuplicateTasks() : nil
    shell =
      options.checksShell
      ? ShellChecker(
        options: options,
        folderExists: folderExists,
        remembersOutlines: remembersOutlines
      ) : nil
    comments = options.obeysComments ? SuppressionComments() : nil
    looksAtShell = options.checksShell
    looksAtEveryTask = duplicates != nil || options.reports(.resumeUnreadable)
  }

  /// What was found so far: in the order of finding, behind the input's end in that of the places.
  package var diagnostics: [Diagnostic] { findings.kept }

  /// How many findings were left out by the limits, by code.
  package var omitted: [DiagnosticCode: Int] { findings.omitted }

  /// The first finding for which `run`, `expand` and `fmt` refuse the file.
  package var firstRefusal: Diagnostic? { findings.firstRefusal }

  /// Whether something was found for which `run`, `expand` and `fmt` refuse the file.
  package var refusesFile: Bool { findings.firstRefusal != nil }

  /// Tasks shorter than this, with no odd byte and no `#` in front, may pass without `visit`; 0 where
  /// none may.
  package var unseenTaskLimit: Int { looksAtShell ? 0 : skippedTaskLimit }

  /// Ordinary tasks shorter than this change nothing here; 0 while any may.
  ///
  /// The one place that says when a task need not be looked at. Ordinary is what holds no odd byte and does
  /// not begin with `#`.
  @inline(__always)
  private var skippedTaskLimit: Int { isSettled ? ordinaryLimit : 0 }

  /// Whether ordinary tasks of up to this length can be skipped without changing any finding.
  @inline(__always)
  package func skipsTasks(of length: Int) -> Bool { length < skippedTaskLimit }

  /// Looks at a statement and what it came to.
  ///
  /// - Parameters:
  ///   - statement: What the piece means.
  ///   - item: What it added to the plan.
  ///   - piece: The bytes of the piece in its line.
  ///   - line: The line; rules for bytes ask its traits first.
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
    suppressShell()
    shell?.visit(statement, item, piece, of: line, in: bytes, lowering)
    visitLanguage(statement, item, piece, of: line, in: bytes, lowering)
  }

  /// Hands on to the checks of shell text what comments suppress in the line to come.
  @inline(__always)
  package mutating func suppressShell() {
    if !findings.suppressions.entries.isEmpty { shell?.suppress(findings.suppressions.inForce) }
  }

  /// Looks at a statement, but not at its shell text.
  @inline(__always)
  package mutating func visitLanguage(
    _ statement: Statement,
    _ item: LoweredItem,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering
  ) {
    if skipsTasks(of: piece.count), case .task = statement, line.traits.isEmpty,
      bytes[piece.lowerBound] != ASCII.hash
    {
      return
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
    checkText(statement, piece, of: line, in: bytes)
    if skipsTasks(of: piece.count), case .task = statement { return }
    if case .end(let end) = item {
      checkEnd(end, statement, piece, of: line, in: bytes)
      return
    }
    noTasks.note(item, of: line, in: bytes)
    statusRows.check(statement, piece, of: line, in: bytes, &findings)
    perEngine.note(statement, item, piece, of: line, in: bytes)
    barriers.note(item, piece, of: line, in: bytes, &findings)
    affixes.note(statement, item, piece, of: line, in: bytes, lowering, &findings)
    switch item {
    case .task:
      CommandText.check(piece, of: line, in: bytes, lowering, &findings)
      duplicates?.check(piece, of: line, in: bytes, lowering, &findings)
    case .repeated(_, _, let body):
      CommandText.check(body, of: line, in: bytes, lowering, &findings)
    case .perEngine(_, let directive):
      CommandText.check(directive.command, of: line, in: bytes, lowering, &findings)
    case .nothing, .barrier, .end: break
    }
    if case .directive(let directive) = statement {
      check(directive, of: line, in: bytes, lowering)
    }
    settle(item, lowering)
  }

  /// Learns whether the next task may pass unseen.
  private mutating func settle(_ item: LoweredItem, _ lowering: borrowing Lowering) {
    if case .barrier = item { return isSettled = false }
    guard case .task = item else {
      isSettled = isSettled && affixes.isSettled
      return
    }
    let affixBytes = lowering.prefix.bytes.count + lowering.suffix.bytes.count
    ordinaryLimit = CommandText.limitBytes - affixBytes
    isSettled = !looksAtEveryTask && statusRows.isSettled
  }

  /// The rules for directives that need to know what is in force.
  private mutating func check(
    _ directive: Directive,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering
  ) {
    let hasAffix = !lowering.prefix.bytes.isEmpty || !lowering.suffix.bytes.isEmpty
    CommentOnDirective.check(directive, hasAffix: hasAffix, of: line, in: bytes, &findings)
    if case .repeatTasks(let item) = directive {
      RepeatSense.check(item, of: line, in: bytes, lowering, &findings)
    }
  }

  private mutating func checkEnd(
    _ end: PlanEnd,
    _ statement: Statement,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) {
    switch (end, statement) {
    case (.latePerEngine, .directive(.perEngine(let directive))):
      perEngine.checkEnd(directive, piece, of: line, in: bytes, &findings)
    case (.tooLarge, .directive(.repeatTasks(let directive))):
      RepeatSense.checkTooLarge(directive, of: line, in: bytes, &findings)
    case (.tooLarge, _), (.latePerEngine, _):
      findings.add(.indexOverflow) {
        Diagnostic(.indexOverflow, "task ids reach 2^63 here", at: line.label(piece, in: bytes))
      }
    }
  }

  /// The rules that need no more than the line.
  private mutating func checkText(
    _ statement: Statement,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) {
    comments?.note(statement, piece, of: line, in: bytes, &findings)
    if findings.suppressions.isWaiting { isSettled = false }
    if line.traits.contains(.carriageReturn) {
      returns.check(piece, of: line, in: bytes, &findings)
    }
    if line.traits.contains(.nonASCII), piece.lowerBound == 0 {
      OddBytes.checkMark(of: line, in: bytes, &findings)
    }
    switch statement {
    case .blank: return
    case .comment:
      MisplacedMarker.check(piece, &perEngine, of: line, in: bytes, &findings)
      ForeignComments.check(piece, of: line, in: bytes, &findings)
      return
    case .task: MarkerWithoutSpace.check(piece, &perEngine, of: line, in: bytes, &findings)
    case .unknownDirective:
      UnknownDirective.check(
        piece,
        &perEngine,
        of: line,
        in: bytes,
        &findings
      )
      return
    case .directive(let directive):
      KeywordStyle.check(directive, of: line, in: bytes, &findings)
      switch directive {
      case .barrier(let barrier):
        BarrierSpelling.check(barrier, piece, of: line, in: bytes, &findings)
      case .perEngine(let item): PerEngineEvents.check(item, of: line, in: bytes, &findings)
      case .repeatTasks(let item): RepeatClauses.check(item, of: line, in: bytes, &findings)
      case .prefix, .suffix: break
      }
    }
    OddBytes.check(piece, of: line, in: bytes, &findings)
    if line.traits.contains(.nonASCII) {
      LookalikeCharacters.check(piece, of: line, in: bytes, &findings)
    }
  }

  /// Looks at a statement behind the plan's end, which nothing will run.
  package mutating func visitUnreached(
    _ statement: Statement,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) {
    perEngine.noteUnreached(statement)
    checkText(statement, piece, of: line, in: bytes)
  }

  /// Takes in what shellcheck said, before the end is looked back from.
  package mutating func take(_ commands: inout ShellcheckCommands) { commands.finish(&findings) }

  /// Looks back at the shell text that came, and at nothing else: the input goes on, and what would be
  /// said at its end is not known.
  mutating func breakOff(_ lowering: borrowing Lowering) {
    shell?.finish(lowering, &findings)
    findings.finish()
  }

  /// Looks back from the end of the input and puts the findings in order.
  package mutating func finish(_ lowering: borrowing Lowering) {
    if lowering.end == nil {
      barriers.finish(&findings)
      affixes.finish(&findings)
      noTasks.finish(&findings)
    }
    perEngine.finish(&findings)
    shell?.finish(lowering, &findings)
    comments?.finish(&findings)
    // Of a file that is none nothing else is said.
    if statusRows.isFound { findings.keepOnly(.statusFile) }
    findings.finish()
  }
}
