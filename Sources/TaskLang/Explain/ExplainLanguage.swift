/// What an example is written in.
package enum ExplainLanguage: String, Sendable, Hashable {
  /// A task file.
  case tasks
  /// A settings file.
  case settings = "ini"

  /// What the example is called in the picture of its finding.
  package var fileName: String {
    switch self {
    case .tasks: "Tasks"
    case .settings: ".disbatchrc"
    }
  }
}
