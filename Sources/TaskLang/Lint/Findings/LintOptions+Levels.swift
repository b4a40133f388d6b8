extension LintOptions {
  /// Takes in wishes about findings; of those that speak of one code, the last wins.
  package mutating func apply(_ rules: [LintRule]) {
    shellcheckRules += rules
    for code in DiagnosticCode.allCases where code != .shellcheck {
      guard let level = rules.last(where: { $0.selects(code) })?.level else { continue }
      switch level {
      case .allow: allowed.insert(code)
      case .deny: severities[code] = .error
      case .warn: severities[code] = .warning
      }
      if level != .allow, code.isOptIn { enabled.insert(code) }
    }
  }

  /// How grave a finding of shellcheck is by the wishes; nil where it is not wanted.
  func shellcheckSeverity(_ number: Int, _ severity: Severity) -> Severity? {
    switch shellcheckRules.last(where: { $0.selects(shellcheck: number, severity) })?.level {
    case .allow: nil
    case .deny: .error
    case .warn: .warning
    case nil: severity
    }
  }
}
