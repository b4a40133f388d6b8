extension DiagnosticCode {
  /// Every word that selects findings: codes, names and families.
  package static let selectors: [String] = {
    var families: [String] = []
    for code in allCases where families.last != code.family { families.append(code.family) }
    return allCases.flatMap { [$0.rawValue, $0.name] } + families
  }()

  /// The findings that a code, a name or a family stands for; none where there is no such word.
  package static func selected(by selector: String) -> [DiagnosticCode] {
    allCases.filter {
      $0.rawValue == selector || $0.name == selector || $0.family == selector
    }
  }
}
