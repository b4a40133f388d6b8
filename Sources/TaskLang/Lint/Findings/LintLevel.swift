/// What is done with findings of a code: the words of `--deny`, `--warn` and `--allow`.
package enum LintLevel: String, Sendable, Hashable, CaseIterable {
  /// They are errors.
  case deny
  /// They are warnings.
  case warn
  /// They are not reported.
  case allow
}
