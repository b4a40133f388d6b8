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

  /// The long name; also how commands ask for the option.
  let name: OptionName
  /// The one-letter name.
  let short: Character?
  let value: Value
  let group: Group
  /// What it does, as a sentence without a full stop; `nil` hides the option from the help.
  let help: String?
  /// Whether the reference has it, so that its long name may be abbreviated.
  private(set) var isReference = false

  init(
    _ name: OptionName,
    short: Character? = nil,
    value: Value = .none,
    group: Group,
    help: String?
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.group = group
    self.help = help
  }

  /// The same, as one that the reference has.
  var ofReference: Option {
    var option = self
    option.isReference = true
    return option
  }
}
