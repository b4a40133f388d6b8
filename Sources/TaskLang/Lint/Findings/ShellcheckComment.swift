/// What the program shellcheck says of a command: one comment of its format `json1`.
package struct ShellcheckComment: Sendable, Hashable {
  /// A replacement that it proposes.
  package struct Replacement: Sendable, Hashable {
    /// Where, as columns of the command.
    package let columns: Range<Int>
    /// What is to stand there.
    package let text: String

    package init(columns: Range<Int>, text: String) {
      self.columns = columns
      self.text = text
    }
  }

  /// The number of its code: 2086 for SC2086.
  package let number: Int
  package let severity: Severity
  package let message: String
  /// Where, as columns of the command from 1, in code points; the end is exclusive.
  package let columns: Range<Int>
  package let replacements: [Replacement]

  package init(
    number: Int,
    severity: Severity,
    message: String,
    columns: Range<Int>,
    replacements: [Replacement] = []
  ) {
    self.number = number
    self.severity = severity
    self.message = message
    self.columns = columns
    self.replacements = replacements
  }

  /// Codes that shellcheck is not asked for, since they are wrong of a line of a task file, or said
  /// better by a finding of ours.
  package static let excluded: [(number: Int, reason: StaticString)] = [
    (1090, "a sourced file whose name is expanded cannot be looked into"),
    (1091, "a sourced file is not part of the task file"),
    (2148, "a task needs no #! line: bash is given it"),
    (2153, "variables of the environment look like misspellings of each other"),
    (2154, "variables come from the environment of the run and of the task"),
    (2069, "DB406 says it"),
    (2164, "DB403 says it"),
  ]

  /// Codes that are left out of what it says of a PREFIX: what a PREFIX sets is for some tasks to use.
  static let excludedInPrefix: Set<Int> = [2034]

  /// The code for what is not quoted: wrong of numbers that disBatch sets.
  static let unquoted = 2086

  /// The number in a word such as `SC2086`.
  package static func number(in word: String) -> Int? {
    guard word.hasPrefix("SC"), word.utf8.count == 6 else { return nil }
    let digits = word.dropFirst(2)
    return digits.utf8.allSatisfy { ASCII.isDigit($0) } ? Int(digits) : nil
  }
}
