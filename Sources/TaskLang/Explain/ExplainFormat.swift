/// The forms in which `disbatch explain` writes.
package enum ExplainFormat: String, Sendable, Hashable, CaseIterable {
  /// For a terminal.
  case text
  /// For the pages under Docs/lints and for editors.
  case markdown
  /// One object, for programs.
  case json
}
