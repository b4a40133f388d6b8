import TaskLang
import TaskRuntime
import TaskScheduler

/// The command line that resumes a run, made of the one that began it.
///
/// Pasted again and again it stays the same as soon as it names the status file that it resumes from.
struct ResumeCommand {
  /// The words that call this program to run a file.
  let program: [String]
  /// What stood behind them.
  let arguments: ParsedArguments
  let options: RunOptions
  let origin: TaskOrigin

  /// The command line.
  ///
  /// - Parameters:
  ///   - report: What came of the run.
  ///   - retries: Whether tasks that failed are to run again.
  /// - Returns: One command of shell.
  func text(_ report: RunReport, retries: Bool) -> String {
    var pieces = arguments.pieces
    let files = resumePieces(report)
    let place =
      pieces.firstIndex { $0.option == Self.option } ?? pieces.firstIndex { $0.endsOptions }
      ?? pieces.endIndex
    pieces.insert(contentsOf: files, at: place)
    let added = place..<place + files.count
    let kept = pieces.indices.filter { added.contains($0) || pieces[$0].option != Self.option }
    var words = kept.map { pieces[$0] }
    if retries, !options.retriesFailed {
      let end = words.firstIndex { $0.endsOptions } ?? words.endIndex
      words.insert(ParsedArguments.Piece(words: ["-R"], option: .retry), at: end)
    }
    return (program + words.flatMap(\.words)).map(ShellWord.shown).joined(separator: " ")
      + origin.redirection
  }

  private static let option = OptionName.resumeFrom

  /// The status files to go on from, as options.
  private func resumePieces(_ report: RunReport) -> [ParsedArguments.Piece] {
    let given = arguments.pieces.filter { $0.option == Self.option }
    // It finds this run's file too, unless that had to be written somewhere else.
    if options.resumeFrom.contains("auto"), !report.isStatusElsewhere { return given }
    let named = zip(given, options.resumeFrom)
    let own = ParsedArguments.Piece(words: ["-r", report.statusPath], option: Self.option)
    if report.hasAllRows {
      let same = named.first { FileSystem.realPath($1) == report.statusPath }
      return [same?.0 ?? own]
    }
    // The file that was gone on from may have been renamed by this run.
    let earlier = named.map { piece, path in
      guard let renamed = report.renamedStatus, FileSystem.realPath(path) == report.statusPath
      else {
        return piece
      }
      return ParsedArguments.Piece(words: ["-r", renamed], option: Self.option)
    }
    return earlier + [own]
  }
}

extension ResumeCommand {
  /// How to run the rest, or else what failed, as a line for people.
  ///
  /// - Parameters:
  ///   - report: What came of the run.
  ///   - isCheckAhead: Whether the barrier that is to be met next is a CHECK; `nil` when nobody knows.
  /// - Returns: `nil` when there is nothing to run.
  func advice(_ report: RunReport, isCheckAhead: Bool?) -> String? {
    let tally = report.tally
    // A task that is another than it was is another at the next try too.
    if report.feedError != nil { return nil }
    let isUnfinished = tally.remaining > 0 || !tally.isFeedEnded || report.lacksRows
    guard isUnfinished else {
      if tally.failed + tally.skippedFailed == 0 { return nil }
      return "to run what failed again\(origin.request): " + text(report, retries: true)
    }
    if meetsFailures(report, isCheckAhead) {
      return "to run what failed again, and then the rest\(origin.request): "
        + text(report, retries: true)
    }
    return "to go on\(origin.request): " + text(report, retries: options.retriesFailed)
  }

  /// Whether a CHECK would find the failures that a resumed run skips.
  private func meetsFailures(_ report: RunReport, _ isCheckAhead: Bool?) -> Bool {
    if case .checkFailed = report.reason { return true }
    return report.openFailures > 0 && isCheckAhead ?? true
  }
}
