/// Which command a command line asks for.
struct Command: Sendable {
  /// The commands, and the names that are kept for later ones.
  enum Kind: String, Sendable {
    case check, expand, run, fmt, status, explain, lsp, help
    /// What a driver starts.
    case engine
    case later
  }

  let kind: Kind
  /// The word that was written for it.
  let word: String
  /// Whether no word was written: `disbatch FILE` is `disbatch run FILE`.
  let isImplied: Bool

  private static let laterNames: Set<String> = [
    "report", "monitor", "simulate", "output", "doctor",
  ]

  /// The command that a first word names.
  ///
  /// - Parameters:
  ///   - word: The first word of the command line.
  ///   - isReferenceName: Whether we were called as `disBatch`, which only runs.
  /// - Returns: The command; `run` where the word names none.
  static func named(_ word: String?, isReferenceName: Bool) -> Command {
    let implied = Command(kind: .run, word: "run", isImplied: true)
    guard let word else { return implied }
    // The engine is started under either name.
    if word == "engine" { return Command(kind: .engine, word: word, isImplied: false) }
    if isReferenceName { return implied }
    if laterNames.contains(word) { return Command(kind: .later, word: word, isImplied: false) }
    guard let kind = Kind(rawValue: word), kind != .later else { return implied }
    return Command(kind: kind, word: word, isImplied: false)
  }

  /// How messages begin.
  var title: String { kind == .later || isImplied ? "disbatch" : "disbatch \(word)" }

  /// What to type for help.
  var helpLine: String { kind == .later || kind == .help ? "disbatch --help" : "\(title) --help" }

  /// The answer to `--help` and `--version`, wherever they stand in front of `--`.
  func generalAnswer(_ words: [String]) -> String? {
    let options = words.prefix { $0 != "--" }
    if options.contains("--version") { return Main.version + "\n" }
    guard options.contains("--help") || options.contains("-h") else { return nil }
    return isImplied && kind == .run ? HelpText.overview + "\n" + HelpText.run : help
  }

  /// The help of this command.
  var help: String {
    switch kind {
    case .check: HelpText.check
    case .expand: HelpText.expand
    case .run: HelpText.run
    case .fmt: HelpText.fmt
    case .status: HelpText.status
    case .explain: HelpText.explain
    case .lsp: HelpText.lsp
    case .engine, .help, .later: HelpText.overview
    }
  }
}
