import TaskLang

/// Why a command refuses a file: its errors, what the reference would have made of them, and the way
/// to have that.
enum Refusal {
  /// Writes the errors and the last word on stderr.
  ///
  /// - Parameters:
  ///   - diagnostics: All findings; those that refuse the file are shown.
  ///   - file: How the file is called.
  ///   - outcome: What did not happen, as "nothing was started".
  ///   - way: What does as the reference would have done.
  ///   - console: Where to write.
  static func show(
    _ diagnostics: [Diagnostic],
    of file: String,
    outcome: String,
    way: String = "--no-check",
    on console: Console
  ) {
    let errors = diagnostics.filter { $0.code.refusesFile }
    let rendered = DiagnosticReport.rendered(
      errors,
      of: file,
      as: .human,
      options: console.renderOptions(forStandardOutput: false)
    )
    console.write(rendered)
    console.say(
      lastWord(Set(errors.map(\.code)), count: errors.count, file: file, outcome: outcome, way: way)
    )
  }

  private static func lastWord(
    _ codes: Set<DiagnosticCode>,
    count: Int,
    file: String,
    outcome: String,
    way: String
  ) -> String {
    let found = "\(file) has \(count) error\(count == 1 ? "" : "s")"
    var done: [String] = []
    for code in codes.sorted(by: { $0.rawValue < $1.rawValue }) {
      if let text = code.referenceBehaviour, !done.contains(text) { done.append(text) }
    }
    guard !done.isEmpty else { return "\(found): \(outcome)" }
    return "\(found): \(outcome). disBatch 3.0 would have \(done.joined(separator: ", and ")); "
      + "\(way) does the same"
  }
}
