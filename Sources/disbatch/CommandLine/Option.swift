/// One row of an option table: how an option is written and what it is for.
struct Option: Sendable {
  /// Whether a value follows.
  enum Value: Sendable {
    case none
    /// A value, by its name in the help.
    case required(String)
    /// A value that may be left out.
    case optional(String)
    /// A value that may be left out and stands behind `=` only.
    case joined(String)
  }

  /// The heading that an option stands under in the help.
  enum Group: String, Sendable, CaseIterable {
    case resources = "Where to run"
    case input = "Input"
    case failure = "Failure and resume"
    case files = "Files and messages"
    case pool = "Changing pool, servers"
    case levels = "What to report"
    case output = "Output"
    case general = "General"
  }

  /// The long name without dashes; also how commands ask for the option.
  let name: String
  /// The one-letter name.
  let short: Character?
  let value: Value
  let group: Group
  /// What it does, as a sentence without a full stop; `nil` hides the option from the help.
  let help: String?
  /// Whether the reference has it, so that its long name may be abbreviated.
  let isReference: Bool

  init(
    _ name: String,
    _ short: Character? = nil,
    _ value: Value = .none,
    _ group: Group,
    _ help: String?,
    isReference: Bool = false
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.group = group
    self.help = help
    self.isReference = isReference
  }
}
