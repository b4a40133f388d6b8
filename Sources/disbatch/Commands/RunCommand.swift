import TaskLang
import TaskRuntime
import TaskScheduler

/// `disbatch run`: runs the tasks of a file.
struct RunCommand {
  private let options: RunOptions
  private let console: Console
  /// How a command line begins that runs a file.
  private let runWords: [String]
  /// What is to be said of options that are accepted and change nothing.
  private let remarks: [String]
  private let isQuiet: Bool
  private let isDryRun: Bool
  private let manner: RunDisplay.Manner
  /// The task file; `nil` for standard input and pipes, which can be read only once.
  ///
  /// It is looked at before the run, since its file system may not answer behind it.
  private let lastingFile: String?

  /// Reads the command line.
  ///
  /// - Parameters:
  ///   - words: What stands behind the command.
  ///   - command: How it was written.
  /// - Throws: `UsageError` for what cannot be carried out.
  init(_ words: [String], as command: Command) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, Tables.run)
    runWords = command.runWords
    console = Console(
      command: command.title,
      color: try arguments.choice("color", of: Console.ColorChoice.self) ?? .auto
    )
    try Self.checkExclusions(arguments)
    try LaterOptions.refuse(arguments)
    if arguments.operands.count > 1 {
      throw UsageError(
        "one task file at a time, but these are named: "
          + arguments.operands.map { "'\($0)'" }.joined(separator: ", ")
      )
    }
    guard let file = arguments.operands.first else {
      throw UsageError("no task file named; '-' is standard input")
    }
    remarks = LaterOptions.remarks(arguments)
    isQuiet = arguments.has("quiet")
    isDryRun = arguments.has("dry-run")
    manner = try Self.manner(arguments)
    options = try Self.options(arguments, file: file, words: words)
    let isPipe = file == "-" || (try? FileSystem.status(of: file))?.kind == .other
    lastingFile = isPipe ? nil : file
  }

  private static func manner(_ arguments: ParsedArguments) throws(UsageError) -> RunDisplay.Manner {
    switch try arguments.choice("progress", of: ProgressChoice.self) ?? .auto {
    case .plain: .plain
    case .never: .messages
    case .auto:
      Terminal.isTerminal(2) && !arguments.has("quiet")
        && EnvironmentVariable.value("TERM") != "dumb"
        ? .painted : .messages
    }
  }

  /// What makes a task the one that an earlier run ended.
  private enum ResumeChoice: String, CaseIterable { case id, text }

  /// When progress is shown.
  private enum ProgressChoice: String, CaseIterable { case auto, plain, never }

  private static func checkExclusions(_ arguments: ParsedArguments) throws(UsageError) {
    if arguments.has("startup-only") {
      for name in ["ssh-node", "env-resource", "retire-cmd", "jobs"] where arguments.has(name) {
        throw UsageError("-S (--startup-only) and --\(name) exclude each other")
      }
    }
    for name in ["retry", "force-resume", "resume-by"]
    where arguments.has(name) && !arguments.has("resume-from") {
      throw UsageError("--\(name) needs -r STATUSFILE")
    }
    if arguments.has("force-resume"), arguments.has("resume-by") {
      throw UsageError("--force-resume and --resume-by exclude each other")
    }
    if arguments.has("results"), arguments.has("output") {
      throw UsageError(
        "--results and --output exclude each other: output is kept in files or in one file"
      )
    }
    if arguments.has("jobs"), arguments.has("ssh-node") {
      throw UsageError("-j N is short for -s localhost:N; only one of them can be given")
    }
  }

  private static func options(
    _ arguments: ParsedArguments,
    file: String,
    words: [String]
  ) throws(UsageError) -> RunOptions {
    var options = RunOptions(input: file == "-" ? .standardInput : .file(file))
    options.prefix = arguments.value("prefix") ?? "."
    if options.prefix.isEmpty {
      throw UsageError("-p needs a folder or the beginning of file names")
    }
    options.hosts = arguments.values("ssh-node")
    options.jobs = try arguments.number("jobs", in: 1...1_000_000)
    options.coresPerTask = try arguments.fraction("cpusPerTask")
    options.tasksPerHost = try arguments.number("tasksPerNode", in: 1...1_000_000)
    options.label = arguments.value("label")
    options.logPath = arguments.value("logfile")
    options.logLevel = try level(arguments)
    if let folder = try arguments.path("results") { options.keeping = .results(folder) }
    if let file = try arguments.path("output") { options.keeping = .log(file) }
    options.hasStatusHeader = arguments.has("status-header")
    options.tellsFailures = arguments.has("exit-code")
    options.checks = !arguments.has("no-check")
    options.resumeFrom = arguments.values("resume-from")
    options.retriesFailed = arguments.has("retry")
    if arguments.has("force-resume") { options.resumeIdentity = .id }
    switch try arguments.choice("resume-by", of: ResumeChoice.self) {
    case nil, .id: break
    case .text: options.resumeIdentity = .text
    }
    options.policy = try arguments.policy()
    options.mail = try arguments.mail()
    options.taskTimeout = try arguments.duration("timeout")
    options.resources = arguments.values("env-resource").flatMap {
      $0.split(separator: ",").map(String.init)
    }
    options.niceness = Int32(try arguments.number("nice", in: 0...19) ?? 0)
    options.arguments = words
    return options
  }

  private static func level(_ arguments: ParsedArguments) throws(UsageError) -> LogFile.Level {
    switch arguments.value("loglevel") {
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

  /// Checks the file and runs it.
  ///
  /// - Returns: The exit code.
  func run() -> Int32 {
    for remark in remarks { console.write(remark + "\n") }
    var total: Int?
    do {
      if options.checks {
        switch try checkFile() {
        case .refused: return ExitCode.usage
        case .accepted(let count): total = count
        }
      }
    } catch {
      console.say(error.message)
      return ExitCode.usage
    }
    if isDryRun { return showPlan() }
    let display = RunDisplay(console, manner: manner, isQuiet: isQuiet, total: total)
    do throws(RunError) {
      let report = try Run.perform(options, observer: display)
      display.clear()
      tell(report, failures: display.keptFailures)
      return report.exitCode
    } catch {
      display.clear()
      // Texts of the reference stand alone on their line, as scripts look for them.
      console.write(MessageText.drawn(error.message) + "\n")
      return error.exitCode
    }
  }

  /// Shows what would be run, on stdout.
  private func showPlan() -> Int32 {
    do {
      let input = try InputFile(options.input.argument)
      var plan = DryRun()
      _ = try ExpandCommand.findings(of: input, takeTasks: { plan.takeTasks($0) }) {
        plan.take($0, line: $1.number)
      }
      let (place, files) = try Run.prepare(options)
      return console.answer(plan.text(options, place, files))
    } catch let error as RunError {
      console.write(MessageText.drawn(error.message) + "\n")
      return error.exitCode
    } catch {
      console.say((error as? UsageError)?.message ?? "\(error)")
      return ExitCode.usage
    }
  }

  /// Says on stderr how the run went.
  ///
  /// - Parameters:
  ///   - report: How it went.
  ///   - failures: The first failures, a line each, if they have not been shown.
  private func tell(_ report: RunReport, failures: [String]) {
    if !report.diagnostics.filter({ $0.code.refusesFile }).isEmpty {
      let name = options.input.name
      Refusal.show(report.diagnostics, of: name, outcome: "nothing behind was started", on: console)
    }
    if let explanation = report.explanation { console.write(explanation + "\n") }
    if report.reason == .completed, report.tally.offered + report.tally.skipped == 0 { return }
    let tally = report.tally
    if isQuiet, report.exitCode == 0, tally.failed + tally.perEngineFailed == 0 { return }
    for line in failures { console.write(line + "\n") }
    let others = Int(report.tally.failed) - failures.count
    if !failures.isEmpty, others > 0 { console.write("... and \(others) more\n") }
    for line in report.summary { console.write(StatusText.shown(line, .max) + "\n") }
    if let advice = advice(report) { console.write(advice + "\n") }
  }

  /// How to run the rest, or else what failed; `nil` when there is nothing to run, or the input cannot
  /// be had again.
  private func advice(_ report: RunReport) -> String? {
    guard lastingFile != nil else { return nil }
    if report.tally.remaining > 0 || !report.tally.isFeedEnded {
      // Failures that are passed over would fail the same CHECK again.
      if case .checkFailed = report.reason {
        return "to run what failed again, and then the rest: "
          + resumeCommand(report, retries: true)
      }
      return "to go on: " + resumeCommand(report, retries: options.retriesFailed)
    }
    let failed = report.tally.failed + report.tally.skippedFailed
    if failed == 0 { return nil }
    return "to run what failed again: " + resumeCommand(report, retries: true)
  }

  /// The command line that goes on from this run.
  private func resumeCommand(_ report: RunReport, retries: Bool) -> String {
    var words = options.arguments
    // The file that was gone on from may have been renamed by this run.
    if let renamed = report.renamedStatus {
      let paths = options.resumeFrom.filter { FileSystem.realPath($0) == report.statusPath }
      words = words.map { Self.replacing(paths, by: renamed, in: $0) }
    }
    // No option's value is `--`, so the first one ends the options.
    let end = words.firstIndex(of: "--") ?? words.endIndex
    let isRetryNew = retries && !options.retriesFailed
    words.insert(contentsOf: ["-r", report.statusPath] + (isRetryNew ? ["-R"] : []), at: end)
    return (runWords + words).map(ShellWord.shown).joined(separator: " ")
  }

  /// A word that is one of these paths, or an option with one joined to it, with another in its place.
  private static func replacing(_ paths: [String], by path: String, in word: String) -> String {
    let named = paths.filter { word == $0 || word.hasPrefix("-") && word.hasSuffix($0) }
    guard let old = named.max(by: { $0.count < $1.count }) else { return word }
    return word.dropLast(old.count) + path
  }

  /// What the checks say of the file.
  private enum Verdict {
    case refused
    /// It may run; the count is known where the file can be read twice.
    case accepted(taskCount: Int?)
  }

  /// Checks a file that can be read twice, and shows the errors for which it is refused.
  ///
  /// What comes through a pipe is checked as it comes. A named one is not even opened here: whoever
  /// writes into it would see it closed again.
  private func checkFile() throws(UsageError) -> Verdict {
    guard let path = lastingFile else { return .accepted(taskCount: nil) }
    let input = try InputFile(path)
    var counter = TaskCounter()
    let found = try ExpandCommand.findings(
      of: input,
      takeTasks: { counter.count += $0 },
      { item, _ in counter.take(item) }
    )
    if found.contains(where: { $0.code.refusesFile }) {
      Refusal.show(found, of: input.displayName, outcome: "nothing was started", on: console)
      return .refused
    }
    let remarks = found.filter { $0.severity >= .warning }.count
    if remarks > 0, !isQuiet {
      console.say("\(remarks) finding\(remarks == 1 ? "" : "s") in \(path): see 'disbatch check'")
    }
    return .accepted(taskCount: counter.count)
  }
}

/// Counts the tasks of a plan.
private struct TaskCounter {
  var count = 0

  mutating func take(_ item: LoweredItem) {
    switch item {
    case .task: count += 1
    case .repeated(_, let indexes, _): count += indexes.count
    case .nothing, .barrier, .perEngine, .end: break
    }
  }
}
