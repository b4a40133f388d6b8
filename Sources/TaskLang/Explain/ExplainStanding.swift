/// What a finding does, in a sentence.
enum ExplainStanding {
  /// The severity, what it stops, and whether it must be asked for.
  static func sentence(of code: DiagnosticCode) -> String {
    if code == .shellcheck {
      return "As grave as shellcheck says: error, warning, info, or hint for its style. "
        + "Reported only with `--shellcheck`."
    }
    var text: String
    switch code.severity {
    case .error: text = "An error: `disbatch check` exits with 1."
    case .warning: text = "A warning: fails only under `--deny`."
    case .info: text = "Information: fails only under `--deny`."
    case .hint: text = "A hint: fails only under `--deny`."
    }
    if code.refusesFile {
      text += " `run`, `expand` and `fmt` refuse a file that has it."
    }
    if code.isOptIn { text += " Reported only when asked for, as with `--warn \(code.rawValue)`." }
    return text
  }
}
