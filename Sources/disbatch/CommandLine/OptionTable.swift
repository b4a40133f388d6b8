/// The option tables of the commands, one row per option.
enum OptionTable {
  /// Options that every command has.
  static let general: [Option] = [
    Option(.help, short: "h", group: .general, help: "Show this help").ofReference,
    Option(.version, group: .general, help: "Show the version").ofReference,
  ]

  static let color = Option(
    .color,
    value: .required("WHEN"),
    group: .output,
    help: "Colours in messages: auto, always or never"
  )

  static let noCheck = Option(
    .noCheck,
    group: .input,
    help: "Do what disBatch 3.0 does with malformed directives instead of refusing the file"
  )
}
