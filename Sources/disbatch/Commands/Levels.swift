import TaskLang

/// What the user said about severities: `--deny`, `--warn` and `--allow`, the last word winning.
struct Levels: Sendable {
  /// The wishes in their order.
  private(set) var rules: [LintRule] = []

  /// Reads the options in their order.
  ///
  /// - Throws: `UsageError` for a code, family or name that does not exist.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    for option in arguments.options {
      guard let level = LintLevel(rawValue: option.name.rawValue) else { continue }
      let words = (option.value ?? "").split(separator: ",")
      if words.isEmpty {
        throw UsageError("\(option.name) needs the code of a finding, not an empty word")
      }
      for word in words {
        rules.append(try Self.rule(String(word), level))
      }
    }
  }

  private static func rule(_ selector: String, _ level: LintLevel) throws(UsageError) -> LintRule {
    if let rule = LintRule(selector, level) { return rule }
    let hint = LintRule.suggestion(for: selector)
    throw UsageError(
      "there is no finding '\(selector)'" + (hint.map { "; did you mean '\($0)'?" } ?? "")
    )
  }
}
