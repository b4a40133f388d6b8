import TaskLang

/// Which command a command line asks for.
struct Command: Sendable {
  /// The commands.
  enum Kind: String, Sendable, CaseIterable {
    case check, expand, run, fmt, status, output, explain, lsp, help
    /// What a driver starts.
    case engine
    /// A name that is kept for a command to come.
    case reserved
  }

  let kind: Kind
  /// The word that was written for it.
  let word: String
  /// Whether no word was written: `disbatch FILE` is `disbatch run FILE`.
  let isImplied: Bool
  /// Whether it was called as `disBatch`, which only runs.
  var isReferenceName = false

  private static let reservedNames: Set<String> = [
    "report", "monitor", "simulate", "doctor",
  ]

  /// What users may write.
  static let names = Kind.allCases.filter { $0 != .engine && $0 != .reserved }.map(\.rawValue)

  /// A question to stand behind a message about a word that is nearly a command; empty for others.
  static func question(about word: String) -> String {
    let name = Suggestion.nearest(to: word.utf8, among: names)
    return name.map { "; did you mean 'disbatch \($0)'?" } ?? ""
  }

  /// The command that a first word names.
  ///
  /// - Parameters:
  ///   - word: The first word of the command line.
  ///   - isReferenceName: Whether we were called as `disBatch`, which only runs.
  /// - Returns: The command; `run` where the word names none.
  static func named(_ word: String?, isReferenceName: Bool) -> Command {
    let implied = Command(
      kind: .run,
      word: "run",
      isImplied: true,
      isReferenceName: isReferenceName
    )
    guard let word, !isReferenceName else { return implied }
    if reservedNames.contains(word) {
      return Command(kind: .reserved, word: word, isImplied: false)
    }
    guard let kind = Kind(rawValue: word), kind != .reserved else { return implied }
    return Command(kind: kind, word: word, isImplied: false)
  }

  private var program: String { isReferenceName ? "disBatch" : "disbatch" }

  /// How messages begin.
  var title: String { kind == .reserved || isImplied ? program : "\(program) \(word)" }

  /// What to type for help.
  var helpLine: String { kind == .help ? "\(program) --help" : "\(title) --help" }

  /// How a command line begins that runs a task file, whatever its name, and can be pasted.
  var runWords: [String] {
    Invocation(isReferenceName: isReferenceName).words + (isReferenceName ? [] : ["run"])
  }

  /// The answer to `--help` and `--version`, wherever they stand in front of `--`.
  ///
  /// Written out they are answered on any command line; joined or abbreviated, where the rest can be
  /// understood.
  func generalAnswer(_ words: [String]) -> String? {
    let options = words.prefix { $0 != "--" }
    let arguments = try? ArgumentScanner.scan(words, table)
    func isAsked(_ name: OptionName) -> Bool {
      options.contains("\(name)") || arguments?.has(name) == true
    }
    if isAsked(.version) { return Version.current + "\n" }
    guard isAsked(.help) || options.contains("-h") else { return nil }
    return isImplied && !isReferenceName ? HelpText.overview + "\n" + help : help
  }

  /// The options of this command.
  private var table: [Option] {
    switch kind {
    case .check: OptionTable.check
    case .expand: OptionTable.expand
    case .run: OptionTable.run
    case .fmt: OptionTable.fmt
    case .status: OptionTable.status
    case .output: OptionTable.output
    case .explain: OptionTable.explain
    case .lsp: OptionTable.lsp
    case .engine, .help, .reserved: OptionTable.general
    }
  }

  /// The help of this command.
  var help: String {
    switch kind {
    case .check: HelpText.check
    case .expand: HelpText.expand
    case .run: isReferenceName ? HelpText.referenceRun : HelpText.run
    case .fmt: HelpText.fmt
    case .status: HelpText.status
    case .output: HelpText.output
    case .explain: HelpText.explain
    case .lsp: HelpText.lsp
    case .engine, .help, .reserved: HelpText.overview
    }
  }
}
