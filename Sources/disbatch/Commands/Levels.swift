import TaskLang

/// The levels that the user set by `--deny`, `--warn` and `--allow`; the last one wins.
struct Levels: Sendable {
  /// The overrides in their order.
  private(set) var overrides: [LevelOverride] = []

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
        overrides.append(try Self.parsed(String(word), level))
      }
    }
  }

  private static func parsed(
    _ selector: String,
    _ level: LintLevel
  ) throws(UsageError) -> LevelOverride {
    if let found = LevelOverride(selector, level) { return found }
    let hint = LevelOverride.suggestion(for: selector)
    throw UsageError(
      "there is no finding '\(selector)'" + (hint.map { "; did you mean '\($0)'?" } ?? "")
    )
  }
}
