extension LintOptions {
  /// Takes in wishes about findings; of those that speak of one code, the last wins.
  package mutating func apply(_ rules: [LintRule]) {
    for code in DiagnosticCode.allCases {
      guard let level = rules.last(where: { $0.selects(code) })?.level else { continue }
      switch level {
      case .allow: allowed.insert(code)
      case .deny: severities[code] = .error
      case .warn: severities[code] = .warning
      }
      if level != .allow, code.isOptIn { enabled.insert(code) }
    }
  }
}
