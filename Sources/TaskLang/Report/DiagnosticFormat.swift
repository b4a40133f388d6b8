/// The forms in which diagnostics are written.
package enum DiagnosticFormat: String, Sendable, Hashable, CaseIterable {
  /// Pictures of the source, for people.
  case human
  /// JSON Lines, for programs.
  case json
  /// `file:line:column: error: message [DB101]`, for editors.
  case gcc
  /// Workflow commands of GitHub Actions, the gravest first.
  case github
  /// One SARIF 2.1.0 log, for code scanning.
  case sarif
}
