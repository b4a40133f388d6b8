/// The kinds of actions that are offered.
enum CodeActionKind {
  static let quickFix = "quickfix"
  static let fixAll = "source.fixAll.disbatch"
  static let extract = "refactor.extract"
  static let inline = "refactor.inline"
  static let advertised = [quickFix, extract, inline, fixAll]

  /// Whether a client that asks for some kinds wants this one.
  static func isWanted(_ kind: String, among wanted: [String]?) -> Bool {
    guard let wanted else { return true }
    return wanted.contains { $0.isEmpty || kind == $0 || kind.hasPrefix($0 + ".") }
  }
}
