import TaskLang

/// What the user said about severities: `--deny`, `--warn` and `--allow`, the last word winning.
struct Levels: Sendable {
  private enum Level: Sendable { case deny, warn, allow }

  private var rules: [(selector: String, level: Level)] = []

  /// Reads the options in their order.
  ///
  /// - Throws: `UsageError` for a code, family or name that does not exist.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    for option in arguments.options {
      let level: Level
      switch option.name {
      case "deny": level = .deny
      case "warn": level = .warn
      case "allow": level = .allow
      default: continue
      }
      for selector in (option.value ?? "").split(separator: ",") {
        try Self.check(String(selector))
        rules.append((String(selector), level))
      }
    }
  }

  /// What the checks are to report, and how.
  var lintOptions: LintOptions {
    var options = LintOptions(checksShell: true)
    for code in DiagnosticCode.allCases {
      switch level(of: code) {
      case nil: continue
      case .allow: options.allowed.insert(code)
      case .deny: options.severities[code] = .error
      case .warn: options.severities[code] = .warning
      }
      if level(of: code) != .allow, code.isOptIn { options.enabled.insert(code) }
    }
    return options
  }

  private func level(of code: DiagnosticCode) -> Level? {
    rules.last { Self.matches($0.selector, code) }?.level
  }

  private static func matches(_ selector: String, _ code: DiagnosticCode) -> Bool {
    // `all` and `warnings` speak of what is on already; pedantic findings are asked for by name.
    switch selector {
    case "all": !code.isOptIn
    case "warnings": code.severity == .warning && !code.isOptIn
    default: selector == code.rawValue || selector == code.name || selector == code.family
    }
  }

  private static func check(_ selector: String) throws(UsageError) {
    let known =
      ["all", "warnings"] + DiagnosticCode.allCases.flatMap { [$0.rawValue, $0.name, $0.family] }
    if known.contains(selector) { return }
    let hint = Suggestion.nearest(to: selector.utf8, among: known)
    throw UsageError(
      "there is no finding '\(selector)'" + (hint.map { "; did you mean '\($0)'?" } ?? "")
    )
  }
}
