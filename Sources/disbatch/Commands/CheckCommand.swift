import TaskLang

/// `disbatch check`: diagnostics of task files.
struct CheckCommand {
  private let files: [String]
  private let format: DiagnosticFormat
  private let levels: Levels
  private let limit: Int?
  private let console: Console

  /// Reads the command line.
  init(_ words: [String]) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, Tables.check)
    console = Console(
      command: "disbatch check",
      color: try arguments.choice("color", of: Console.ColorChoice.self) ?? .auto
    )
    format = try arguments.choice("format", of: DiagnosticFormat.self) ?? .human
    limit = try arguments.number("max-errors", in: 0...Int.max)
    levels = try Levels(arguments)
    files = try arguments.files()
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
    do {
      var output = try OutputFile(nil)
      for file in files {
        worst = max(worst, check(file, &report, to: &output))
      }
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
    _ report: inout DiagnosticReport,
    to output: inout OutputFile
  ) -> Int32 {
    do {
      let input = try InputFile(file)
      var frontEnd = FrontEnd(checker: Checker(options: levels.options))
      _ = try input.readChunks { frontEnd.read($0) { _, _, _, _, _ in true } }
      frontEnd.finish { _, _, _, _, _ in true }
      let found = frontEnd.checker?.diagnostics ?? []
      var buffer: [UInt8] = []
      for diagnostic in found.prefix(limit ?? found.count) {
        report.append(CollectionOfOne(diagnostic), of: input.displayName, to: &buffer)
        if buffer.count >= Expander.bufferLimit { _ = output.drain(&buffer) }
      }
      report.endFile(
        input.displayName,
        omitted: frontEnd.checker?.omitted ?? [:],
        to: &buffer
      )
      _ = output.drain(&buffer)
      return found.contains { $0.severity == .error } ? ExitCode.failure : ExitCode.success
    } catch {
      console.say(error.message)
      return ExitCode.usage
    }
  }
}
