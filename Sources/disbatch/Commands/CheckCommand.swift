import TaskLang
import TaskRuntime

/// `disbatch check`: diagnostics of task files.
struct CheckCommand {
  private let files: [String]
  private let format: DiagnosticFormat
  private let levels: Levels
  private let lookup: SettingsLookup
  let mending: Mending
  private let limit: Int?
  private let checksPaths: Bool
  private let shellcheck: Shellcheck?
  let console: Console

  /// Reads the command line.
  init(_ words: [String]) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, OptionTable.check)
    console = Console(
      command: "disbatch check",
      color: try arguments.choice(.color, of: Console.ColorChoice.self) ?? .auto
    )
    format = try arguments.choice(.format, of: DiagnosticFormat.self) ?? .human
    limit = try arguments.number(.maxErrors, in: 0...Int.max)
    checksPaths = arguments.has(.checkPaths)
    shellcheck =
      arguments.has(.shellcheck) ? try Shellcheck(arguments.value(.shellcheck)) : nil
    levels = try Levels(arguments)
    lookup = try SettingsLookup(arguments)
    mending = try Self.mending(arguments)
    files = try arguments.files()
    if shellcheck != nil, mending != .none {
      throw UsageError("--shellcheck goes without --fix and --diff")
    }
  }

  private static func mending(_ arguments: ParsedArguments) throws(UsageError) -> Mending {
    let allowsUnsafe = arguments.has(.unsafeFixes)
    if arguments.has(.diff) { return .diff(allowsUnsafe: allowsUnsafe) }
    if arguments.has(.fix) { return .inPlace(allowsUnsafe: allowsUnsafe) }
    if allowsUnsafe { throw UsageError("--unsafe-fixes goes with --fix or --diff") }
    return .none
  }

  /// Checks all files.
  ///
  /// - Returns: The exit code: the worst of what the files gave.
  func run() -> Int32 {
    var report = DiagnosticReport(
      format: format,
      options: console.renderOptions(forStandardOutput: true)
    )
    var worst = ExitCode.success
    var lookup = lookup
    do {
      var output = try OutputFile(nil)
      for file in files {
        worst = max(worst, check(file, &lookup, &report, to: &output))
      }
      var buffer: [UInt8] = []
      report.finish(to: &buffer)
      if mending == .none { _ = output.drain(&buffer) } else { console.write(buffer) }
      try output.finish()
    } catch {
      console.say(error.message)
      return ExitCode.usage
    }
    if format == .human, report.tally.total > 0 || files.count > 1 {
      console.write(report.tally.summary + "\n")
    }
    return worst
  }

  private func check(
    _ file: String,
    _ lookup: inout SettingsLookup,
    _ report: inout DiagnosticReport,
    to output: inout OutputFile
  ) -> Int32 {
    do {
      var options = LintOptions(
        checksShell: true,
        asksShellcheck: shellcheck != nil,
        obeysComments: true
      )
      if checksPaths { options.enabled.insert(.logDirectoryMissing) }
      let found = try lookup.settings(for: file)
      found.settings.apply(to: &options, before: levels.overrides)
      let settingsVerdict = show(found, &report, to: &output)
      if mending != .none {
        return max(settingsVerdict, try mend(file, options, &report, to: &output))
      }
      return max(settingsVerdict, try check(file, options, &report, to: &output))
    } catch {
      console.say(error.message)
      return ExitCode.usage
    }
  }

  /// Shows what is wrong with settings, once.
  private func show(
    _ found: SettingsLookup.Found,
    _ report: inout DiagnosticReport,
    to output: inout OutputFile
  ) -> Int32 {
    guard found.isNew, let path = found.path, !found.settings.diagnostics.isEmpty else {
      return ExitCode.success
    }
    var buffer: [UInt8] = []
    report.append(found.settings.diagnostics, of: path, to: &buffer)
    report.endFile(path, to: &buffer)
    if mending == .none { _ = output.drain(&buffer) } else { console.write(buffer) }
    return ExitCode.failure
  }

  private func check(
    _ file: String,
    _ options: LintOptions,
    _ report: inout DiagnosticReport,
    to output: inout OutputFile
  ) throws(UsageError) -> Int32 {
    let input = try InputFile(file)
    guard let checker = try checked(input, options) else { return ExitCode.success }
    show(checker, of: input.displayName, options, &report) { _ = output.drain(&$0) }
    return hasErrors(checker, options) ? ExitCode.failure : ExitCode.success
  }

  /// Shows what the checks found in a file, and ends it.
  ///
  /// Where not all is to be shown, errors are shown first: a warning may be what an error has caused.
  func show(
    _ checker: Checker,
    of file: String,
    _ options: LintOptions,
    _ report: inout DiagnosticReport,
    _ write: (inout [UInt8]) -> Void
  ) {
    let found = checker.diagnostics
    let limit = limit ?? found.count
    var errorRoom = min(limit, found.count { $0.severity == .error })
    var otherRoom = limit - errorRoom
    var buffer: [UInt8] = []
    for diagnostic in found {
      let hasRoom = diagnostic.severity == .error ? errorRoom > 0 : otherRoom > 0
      if diagnostic.severity == .error { errorRoom -= 1 } else { otherRoom -= 1 }
      guard hasRoom else {
        report.leaveOut(CollectionOfOne(diagnostic))
        continue
      }
      report.append(CollectionOfOne(diagnostic), of: file, to: &buffer)
      if buffer.count >= Expander.bufferLimit {
        write(&buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    report.endFile(
      file,
      omitted: checker.omitted,
      severities: options.severities,
      to: &buffer
    )
    write(&buffer)
    let count = max(0, found.count - limit) + checker.omitted.values.reduce(0, +)
    if format != .human, count > 0 {
      console.say("\(file): \(count) more finding\(count == 1 ? " is" : "s are") not shown")
    }
  }

  /// The checks behind the end of an input, with what shellcheck says where it is asked.
  private func checked(
    _ input: borrowing InputFile,
    _ options: LintOptions
  ) throws(UsageError) -> Checker? {
    var frontEnd = FrontEnd(checker: Self.checker(options))
    guard let shellcheck else {
      _ = try input.readChunks { frontEnd.read($0) }
      frontEnd.finish()
      return frontEnd.checker
    }
    var inquiry = ShellcheckInquiry(shellcheck, options)
    _ = try input.readChunks { chunk in
      frontEnd.read(chunk) { inquiry.take($0, $1, $2, $3, $4) }
    }
    frontEnd.finish({ inquiry.take($0, $1, $2, $3, $4) }, conclude: { inquiry.conclude(&$0) })
    if let failure = inquiry.failure { throw failure }
    return frontEnd.checker
  }

  /// The checks, with a file system to ask.
  static func checker(_ options: LintOptions) -> Checker {
    Checker(options: options) { folder in
      FileSystem.isDirectory(SystemText.text(of: folder))
    }
  }

  /// Whether something was found that fails, among what is shown or beyond the limits.
  func hasErrors(_ checker: Checker, _ options: LintOptions) -> Bool {
    let severities = options.severities
    return checker.diagnostics.contains { $0.severity == .error }
      || checker.omitted.keys.contains { (severities[$0] ?? $0.severity) == .error }
  }
}
