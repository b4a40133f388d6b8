import TaskLang
import TaskRuntime
import TaskScheduler

/// `disbatch run`: runs the tasks of a file.
struct RunCommand {
  private let options: RunOptions
  private let console: Console
  /// Remarks about options that are accepted and have no effect.
  private let remarks: [String]
  private let isQuiet: Bool
  private let isDryRun: Bool
  private let manner: RunDisplay.Manner
  private let resume: ResumeCommand

  /// Reads the command line.
  ///
  /// - Parameters:
  ///   - words: What stands behind the command.
  ///   - command: How it was written.
  /// - Throws: `UsageError` for what cannot be carried out.
  init(_ words: [String], as command: Command) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, OptionTable.run)
    var console = Console(
      command: command.title,
      color: try arguments.choice(.color, of: Console.ColorChoice.self) ?? .auto
    )
    try Self.checkExclusions(arguments)
    try UnsupportedOptions.refuse(arguments)
    remarks = UnsupportedOptions.remarks(arguments)
    isQuiet = arguments.has(.quiet)
    isDryRun = arguments.has(.dryRun)
    manner = try Self.manner(arguments)
    options = try Self.options(arguments, words: words)
    resume = ResumeCommand(
      program: command.runWords,
      arguments: arguments,
      options: options,
      origin: TaskOrigin(options.input)
    )
    if !isDryRun { console.writeBehind() }
    self.console = console
  }

  private static func manner(_ arguments: ParsedArguments) throws(UsageError) -> RunDisplay.Manner {
    switch try arguments.choice(.progress, of: ProgressChoice.self) ?? .auto {
    case .plain: .plain
    case .never: .messages
    case .auto:
      Terminal.isTerminal(2) && !arguments.has(.quiet)
        && EnvironmentVariable.value("TERM") != "dumb"
        ? .painted : .messages
    }
  }

  /// What makes a task the one that an earlier run ended.
  private enum ResumeChoice: String, CaseIterable { case id, text }

  /// When progress is shown.
  private enum ProgressChoice: String, CaseIterable { case auto, plain, never }

  private static func checkExclusions(_ arguments: ParsedArguments) throws(UsageError) {
    if arguments.has(.startupOnly) {
      for name in [OptionName.sshNode, .envResource, .retireCommand, .jobs]
      where arguments.has(name) {
        throw UsageError("-S (--startup-only) and \(name) exclude each other")
      }
    }
    for name in [OptionName.retry, .forceResume, .resumeBy]
    where arguments.has(name) && !arguments.has(.resumeFrom) {
      throw UsageError("\(name) needs -r STATUSFILE")
    }
    if arguments.has(.forceResume), arguments.has(.resumeBy) {
      throw UsageError("--force-resume and --resume-by exclude each other")
    }
    if arguments.has(.results), arguments.has(.output) {
      throw UsageError(
        "--results and --output exclude each other: output is kept in files or in one file"
      )
    }
    if arguments.has(.outputLimit), !arguments.has(.results), !arguments.has(.output) {
      throw UsageError("--output-limit needs --results DIR or --output FILE, which keep output")
    }
    if arguments.has(.jobs), arguments.has(.sshNode) {
      throw UsageError("-j N is short for -s localhost:N; only one of them can be given")
    }
  }

  private static func options(
    _ arguments: ParsedArguments,
    words: [String]
  ) throws(UsageError) -> RunOptions {
    var options = RunOptions(input: try arguments.input())
    options.prefix = arguments.value(.prefix) ?? "."
    if options.prefix.isEmpty {
      throw UsageError("-p needs a folder or the beginning of file names")
    }
    options.hosts = arguments.values(.sshNode)
    options.jobs = try arguments.number(.jobs, in: 1...1_000_000)
    options.coresPerTask = try arguments.fraction(.cpusPerTask)
    options.tasksPerHost = try arguments.number(.tasksPerNode, in: 1...1_000_000)
    options.label = arguments.value(.label)
    options.logPath = arguments.value(.logFile)
    options.logLevel = try level(arguments)
    if let folder = try arguments.path(.results) { options.keeping = .results(folder) }
    if let file = try arguments.path(.output) { options.keeping = .log(file) }
    options.outputLimit = try arguments.size(.outputLimit)
    options.hasStatusHeader = arguments.has(.statusHeader)
    options.failuresSetExitStatus = arguments.has(.exitCode)
    options.checks = !arguments.has(.noCheck)
    options.resumeFrom = arguments.values(.resumeFrom)
    options.retriesFailed = arguments.has(.retry)
    if arguments.has(.forceResume) { options.resumeIdentity = .id }
    switch try arguments.choice(.resumeBy, of: ResumeChoice.self) {
    case nil, .id: break
    case .text: options.resumeIdentity = .text
    }
    options.policy = try arguments.policy()
    options.mail = try arguments.mail()
    options.taskTimeout = try arguments.limit(.timeout)
    options.resources = arguments.values(.envResource).flatMap {
      $0.split(separator: ",").map(String.init)
    }
    options.niceness = Int32(try arguments.number(.nice, in: 0...19) ?? 0)
    options.arguments = words
    return options
  }

  private static func level(_ arguments: ParsedArguments) throws(UsageError) -> LogFile.Level {
    switch arguments.value(.logLevel) {
    case nil, "INFO": .info
    case "CRITICAL": .critical
    case "ERROR": .error
    case "WARNING": .warning
    case "DEBUG": .debug
    case let other?:
      throw UsageError(
        "--loglevel takes one of CRITICAL, ERROR, WARNING, INFO, DEBUG, not '\(other)'"
      )
    }
  }

  /// So long is waited at the end for whoever reads stderr and the log.
  private static let patience = Interval.seconds(2)

  /// Checks the file and runs it.
  ///
  /// - Returns: The exit code.
  func run() -> Int32 {
    if !isQuiet { for remark in remarks { console.write(remark + "\n") } }
    var end = checkAndPerform()
    let deadline = Clock.now + Self.patience
    end.log?.conclude(end.words, by: deadline)
    console.finish(by: deadline)
    return end.code
  }

  /// How it ended.
  private struct End {
    var code: Int32
    /// The driver's log, and what it is still to have.
    var log: LogFile?
    var words: [String] = []
  }

  private func checkAndPerform() -> End {
    var survey: PlanSurvey?
    do {
      if options.checks {
        switch try checkFile() {
        case .refused: return End(code: ExitCode.usage)
        case .accepted(let found): survey = found
        }
      }
    } catch {
      console.say(error.message)
      return End(code: ExitCode.usage)
    }
    if isDryRun { return End(code: showPlan()) }
    let display = RunDisplay(console, manner: manner, isQuiet: isQuiet, total: survey?.taskCount)
    do throws(RunError) {
      let report = try Run.perform(options, observer: display)
      display.clear()
      let words = closingWords(report, survey, failures: display.keptFailures)
      tell(report, words)
      return End(code: report.exitCode, log: report.log, words: words.lines)
    } catch {
      display.clear()
      console.tell(error)
      return End(code: error.exitCode)
    }
  }

  /// Shows what would be run, on stdout.
  private func showPlan() -> Int32 {
    var plan = DryRun()
    do throws(RunError) {
      let rehearsal = try Run.rehearse(options, say: { if !isQuiet { console.say($0) } }) {
        plan.take($0, retried: $1)
      }
      if rehearsal.diagnostics.contains(where: { $0.code.refusesFile }) {
        let name = options.input.name
        Refusal.show(rehearsal.diagnostics, of: name, outcome: "nothing was run", on: console)
        return ExitCode.usage
      }
      return console.answer(plan.text(options, rehearsal.plan, rehearsal.files))
    } catch {
      console.tell(error)
      return error.exitCode
    }
  }

  /// What a run says at its end, on stderr and in the driver's log.
  private struct ClosingWords {
    /// Why it ended as it did; `nil` where there is nothing to explain.
    var explanation: String?
    /// How it went and what to do next.
    var others: [String] = []

    var lines: [String] { (explanation.map { [$0] } ?? []) + others }
  }

  /// The summary of how the run went.
  ///
  /// - Parameters:
  ///   - report: How it went.
  ///   - survey: What is in the plan; `nil` when nobody knows.
  ///   - failures: The lines about the first failures, if they have not been shown.
  /// - Returns: The words, a line each.
  private func closingWords(
    _ report: RunReport,
    _ survey: PlanSurvey?,
    failures: [[String]]
  ) -> ClosingWords {
    var words = ClosingWords(explanation: report.explanation)
    if report.reason == .completed, report.tally.offered + report.tally.skipped == 0 {
      return words
    }
    words.others = Array(failures.joined())
    let others = Int(report.tally.failed) - failures.count
    if !failures.isEmpty, others > 0 { words.others.append("... and \(others) more") }
    words.others += report.summary.map { StatusText.shown($0, .max) }
    let advice = resume.advice(report, isCheckAhead: isCheckAhead(report, survey))
    if let advice { words.others.append(advice) }
    return words
  }

  /// Says on stderr how the run went.
  private func tell(_ report: RunReport, _ words: ClosingWords) {
    if !report.diagnostics.filter({ $0.code.refusesFile }).isEmpty {
      let name = options.input.name
      Refusal.show(report.diagnostics, of: name, outcome: "nothing behind was started", on: console)
    }
    let isError = report.exitCode != ExitCode.success
    if let explanation = words.explanation, isError {
      console.say(explanation)
    } else if let explanation = words.explanation, !isQuiet {
      console.write(explanation + "\n")
    }
    if isQuiet, !isError, report.tally.failed + report.tally.perEngineFailed == 0 { return }
    for line in words.others { console.write(line + "\n") }
  }

  /// Whether the barrier that the run would have met next is a CHECK; `nil` when nobody knows.
  private func isCheckAhead(_ report: RunReport, _ survey: PlanSurvey?) -> Bool? {
    if let known = report.isCheckAhead { return known }
    guard let survey else { return nil }
    let next = Int(report.tally.barriersMet)
    return next < survey.checks.count && survey.checks[next]
  }

  /// Says how much `disbatch check` finds in the file, which stops no run.
  private func tellFindings() {
    let program = Invocation(isReferenceName: false).words + ["check"]
    var command = program.map(ShellWord.shown).joined(separator: " ")
    switch options.input {
    case .file(let path): command += (path.hasPrefix("-") ? " -- " : " ") + ShellWord.shown(path)
    case .lines(let lines): command += " - <<< " + ShellWord.shown(lines.joined(separator: "\n"))
    case .standardInput: return
    }
    // Settings that cannot be read are a matter of the check.
    let findings = try? FindingsAhead(of: options.input)
    if let text = findings?.text(of: options.input.title, shownBy: command) { console.say(text) }
  }

  /// What the checks say of the file.
  private enum Verdict {
    case refused
    /// It may run; what is in it is known where it can be read twice.
    case accepted(PlanSurvey?)
  }

  /// Checks a file that can be read twice, and shows the errors for which it is refused.
  ///
  /// What comes through a pipe is checked as it comes. A named one is not even opened here: whoever
  /// writes into it would see it closed again.
  private func checkFile() throws(UsageError) -> Verdict {
    guard resume.origin.isLasting else { return .accepted(nil) }
    let input = try InputFile(options.input)
    var survey = PlanSurvey()
    let found = try ExpandCommand.findings(
      of: input,
      takeTasks: { survey.taskCount += $0 },
      { item, _ in survey.take(item) }
    )
    if found.contains(where: { $0.code.refusesFile }) {
      Refusal.show(found, of: input.displayName, outcome: "nothing was started", on: console)
      return .refused
    }
    if !isQuiet { tellFindings() }
    return .accepted(survey)
  }
}

/// The parts of a plan that a run reports.
private struct PlanSurvey {
  var taskCount = 0
  /// Whether each barrier is a CHECK, in their order.
  var checks: [Bool] = []

  mutating func take(_ item: LoweredItem) {
    switch item {
    case .task: taskCount += 1
    case .repeated(_, let indexes, _): taskCount += indexes.count
    case .barrier(_, let directive): checks.append(directive.check != nil)
    case .nothing, .perEngine, .end: break
    }
  }
}
