/// A level for some findings, as the user sets it: `deny=DB205`, or `--deny DB205`.
package struct LevelOverride: Sendable, Hashable {
  /// A code, a name, a family, `all` or `warnings`.
  package let selector: String
  /// How the findings that it selects are reported.
  package let level: LintLevel

  /// Makes an override; nil where the word selects nothing.
  package init?(_ selector: String, _ level: LintLevel) {
    guard Self.words.contains(selector) || !DiagnosticCode.selected(by: selector).isEmpty else {
      return nil
    }
    self.selector = selector
    self.level = level
  }

  private static let words = ["all", "warnings"]

  /// The word that was probably meant by one that selects nothing.
  package static func suggestion(for selector: String) -> String? {
    Suggestion.nearest(to: selector.utf8, among: words + DiagnosticCode.selectors)
  }

  /// Whether it selects a code.
  ///
  /// `all` and `warnings` select what is on already; opt-in findings are enabled by name.
  package func selects(_ code: DiagnosticCode) -> Bool {
    switch selector {
    case "all": !code.isOptIn
    case "warnings": code.severity == .warning && !code.isOptIn
    default: selector == code.rawValue || selector == code.name || selector == code.family
    }
  }

  /// Whether it selects a finding of shellcheck.
  func selects(shellcheck number: Int, _ severity: Severity) -> Bool {
    switch selector {
    case "all", DiagnosticCode.shellcheck.rawValue, DiagnosticCode.shellcheck.name: true
    case "warnings": severity == .warning
    default: ShellcheckComment.number(in: selector) == number
    }
  }
}
