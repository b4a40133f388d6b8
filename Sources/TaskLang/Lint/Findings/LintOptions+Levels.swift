extension LintOptions {
  /// Applies overrides; of those that select one code, the last wins.
  package mutating func apply(_ overrides: [LevelOverride]) {
    shellcheckOverrides += overrides
    for code in DiagnosticCode.allCases where code != .shellcheck {
      guard let level = overrides.last(where: { $0.selects(code) })?.level else { continue }
      switch level {
      case .allow: allowed.insert(code)
      case .deny: severities[code] = .error
      case .warn: severities[code] = .warning
      }
      if level != .allow, code.isOptIn { enabled.insert(code) }
    }
  }

  /// The severity of a finding of shellcheck under the overrides; nil where it is not reported.
  func shellcheckSeverity(_ number: Int, _ severity: Severity) -> Severity? {
    switch shellcheckOverrides.last(where: { $0.selects(shellcheck: number, severity) })?.level {
    case .allow: nil
    case .deny: .error
    case .warn: .warning
    case nil: severity
    }
  }
}
