/// What a reader of findings wants to hear of.
package struct LintOptions: Sendable, Hashable {
  /// Codes that are not reported.
  package var allowed: Set<DiagnosticCode>
  /// Codes that are reported though they are opt-in.
  package var enabled: Set<DiagnosticCode>
  /// Severities that replace those of the codes.
  package var severities: [DiagnosticCode: Severity]
  /// How many findings of one code are kept, the others being counted; nil for all.
  package var limitPerCode: Int?
  /// How many findings are kept altogether.
  package var limit: Int
  /// How many findings of one code that belong to single tasks are reported one by one.
  package var ownLimit: Int
  /// The most tasks of one REPEAT that are not remarked upon.
  package var hugeRepeat: Int
  /// How many bytes of long PREFIXes and SUFFIXes are parsed again and again, in one file.
  package var affixBudget: Int
  /// Whether the shell text of commands is looked at: the families DB3 to DB6.
  package var checksShell: Bool
  /// Whether the program shellcheck is asked about commands.
  package var asksShellcheck: Bool
  /// The levels set for its findings, in order.
  package internal(set) var shellcheckOverrides: [LevelOverride] = []
  /// Whether comments of the form `# disbatch: ignore[CODE]` are obeyed.
  package var obeysComments: Bool

  // More than five: one for each part of the value.
  /// Makes options; those of the tool by default.
  package init(
    allowed: Set<DiagnosticCode> = [],
    enabled: Set<DiagnosticCode> = [],
    severities: [DiagnosticCode: Severity] = [:],
    limitPerCode: Int? = nil,
    limit: Int = 10_000,
    ownLimit: Int = 1000,
    hugeRepeat: Int = 1_000_000,
    affixBudget: Int = 64 << 20,
    checksShell: Bool = false,
    asksShellcheck: Bool = false,
    obeysComments: Bool = false
  ) {
    self.allowed = allowed
    self.enabled = enabled
    self.severities = severities
    self.limitPerCode = limitPerCode
    self.limit = limit
    self.ownLimit = ownLimit
    self.hugeRepeat = hugeRepeat
    self.affixBudget = affixBudget
    self.checksShell = checksShell
    self.asksShellcheck = asksShellcheck
    self.obeysComments = obeysComments
  }

  /// Whether findings of a code are reported.
  package func reports(_ code: DiagnosticCode) -> Bool {
    if code == .shellcheck { return asksShellcheck }
    return !allowed.contains(code) && (!code.isOptIn || enabled.contains(code))
  }
}
