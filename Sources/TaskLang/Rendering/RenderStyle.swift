/// How the parts of a picture are distinguished; never where they are.
package enum RenderStyle: Sendable, Hashable {
  /// Text only.
  case plain
  /// Text with the colours of an ANSI terminal.
  case ansi

  /// What a stretch of a picture is.
  package enum Role: Sendable, Hashable {
    case text
    case heading
    case severity(Severity)
    case gutter
    case secondary
    case escape
    case removed
    case added
  }

  /// The bytes that switch a role's colour on; empty when it has none.
  func opening(_ role: Role) -> String {
    guard self == .ansi else { return "" }
    return switch role {
    case .text: ""
    case .heading: "\u{1B}[1m"
    case .severity(.error): "\u{1B}[1;31m"
    case .severity(.warning): "\u{1B}[1;33m"
    case .severity(.info): "\u{1B}[1;36m"
    case .severity(.hint): "\u{1B}[1;32m"
    case .gutter, .secondary: "\u{1B}[1;34m"
    case .escape: "\u{1B}[7m"
    case .removed: "\u{1B}[31m"
    case .added: "\u{1B}[32m"
    }
  }

  /// The bytes that end what `opening` began.
  func closing(_ role: Role) -> String { opening(role).isEmpty ? "" : "\u{1B}[0m" }
}
