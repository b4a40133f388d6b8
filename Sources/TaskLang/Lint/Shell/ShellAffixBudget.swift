/// Bounds the time for commands that are parsed with long affixes, each of them anew.
///
/// Affixes of no more than 64 times the line's length are always parsed: the time for that grows with
/// the file. What is longer counts against a budget for the whole file.
struct ShellAffixBudget: Sendable {
  private static let ordinaryShare = 64

  private let limit: Int
  private var spent = 0
  /// How many commands were not looked at.
  private var passedOver = 0
  private var first: Label?

  init(bytes: Int) { limit = bytes }

  /// Whether a command may be parsed, the bytes of which are taken from the budget then.
  mutating func allows(_ site: ShellSite) -> Bool {
    let affixes = site.prefix.bytes.count + site.suffix.bytes.count
    let excess = affixes - Self.ordinaryShare * site.body.count
    guard excess > 0 else { return true }
    guard spent + excess <= limit else { return false }
    spent += excess
    return true
  }

  /// Takes note of a command that was not allowed.
  mutating func passOver(_ label: @autoclosure () -> Label) {
    passedOver += 1
    if first == nil { first = label() }
  }

  /// DB905, which speaks of the whole file.
  func finish(_ findings: inout ShellFindings) {
    guard let first, findings.reports(.limitReached) else { return }
    findings.append(
      Diagnostic(
        .limitReached,
        passedOver == 1
          ? "this command is not looked into, its PREFIX and SUFFIX being long"
          : "\(passedOver) commands are not looked into, their PREFIX and SUFFIX being long; "
            + "this is the first",
        at: first,
        notes: ["each was parsed with its PREFIX and SUFFIX, until that were \(limit) bytes"],
        help: ["put what is long into a script, and call that"]
      )
    )
  }
}
