extension DiagnosticCode {
  /// Every word that selects findings: codes, names and families.
  package static let selectors: [String] = {
    var families: [String] = []
    for code in allCases where families.last != code.family { families.append(code.family) }
    return allCases.flatMap { [$0.rawValue, $0.name] } + families
  }()

  /// The findings that a code, a name or a family stands for; none where there is no such word.
  ///
  /// A code of shellcheck, as `SC2086`, stands for some of that program's findings.
  package static func selected(by selector: String) -> [DiagnosticCode] {
    if ShellcheckComment.number(in: selector) != nil { return [.shellcheck] }
    return allCases.filter {
      $0.rawValue == selector || $0.name == selector || $0.family == selector
    }
  }
}
