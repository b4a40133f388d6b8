/// How an expansion is written.
public enum ExpansionFormat: String, Sendable, Hashable, CaseIterable {
  /// A flat task file.
  case tasks
  /// A shell command a line, for bash, xargs or GNU parallel.
  case bash
  /// JSON Lines, one object for each item.
  case json
}
