import TaskLang
import TaskRuntime

/// What `disbatch check` would find in the task file of a run that is about to start, counted.
///
/// Only the beginning of a long file is looked at, so that its first task need not wait: a tenth of a
/// second, seldom two. Of the rest it is not known whether it is like the beginning.
struct FindingsAhead {
  /// How many bytes of commands are checked, PREFIX and SUFFIX included: 40,000 commands of usual length.
  private static let mostBytes = 4 << 20

  private var tally = FindingTally()
  /// How many lines were looked at, if there are more.
  private var lineCount: Int?

  /// Looks at a file, with the settings and the comments that `disbatch check` heeds.
  ///
  /// - Parameter input: What can be read twice.
  /// - Throws: `UsageError` when it, or its settings, cannot be read.
  init(of input: RunOptions.Input) throws(UsageError) {
    var options = LintOptions(checksShell: true, obeysComments: true)
    var lookup = try SettingsLookup(ParsedArguments())
    var folder = "-"
    if case .file(let path) = input { folder = path }
    try lookup.settings(for: folder).settings.apply(to: &options, before: [])
    var frontEnd = FrontEnd(checker: CheckCommand.checker(options))
    var room = Self.mostBytes
    let isWhole = try InputFile(input).readChunks { chunk in
      frontEnd.read(chunk) { _, piece, _, _, lowering in
        room -= piece.count + lowering.prefix.bytes.count + lowering.suffix.bytes.count
        return room > 0
      }
    }
    if isWhole {
      frontEnd.finish()
    } else {
      lineCount = frontEnd.lineCount
      frontEnd.breakOff()
    }
    guard let checker = frontEnd.checker else { return }
    for finding in checker.diagnostics { tally.count(finding.severity) }
    for (code, count) in checker.omitted {
      tally.count(options.severities[code] ?? code.severity, times: count)
    }
  }

  /// How many findings there are and how to see them, in a line; `nil` where there is nothing to say.
  ///
  /// - Parameters:
  ///   - file: How the file is called.
  ///   - command: What shows them, as a line to paste.
  /// - Returns: a line without an end.
  func text(of file: String, shownBy command: String) -> String? {
    let parts = [Severity.error, .warning].filter { tally[$0] > 0 }.map { severity in
      "\(tally[severity]) \(severity.rawValue)\(tally[severity] == 1 ? "" : "s")"
    }
    if parts.isEmpty { return nil }
    let counts = parts.joined(separator: " and ")
    guard let lineCount else { return "\(counts) in \(file); see: \(command)" }
    return "at least \(counts) in the first \(lineCount) lines of \(file); see: \(command)"
  }
}
