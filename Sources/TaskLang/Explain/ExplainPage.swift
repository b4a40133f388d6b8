/// What there is to say of one code: the one source of `disbatch explain`, of the pages under
/// Docs/lints, and of the rules in SARIF.
///
/// Texts are Markdown without blocks: a line's end is a blank.
package struct ExplainPage: Sendable, Hashable {
  /// What is found: a noun with what belongs to it, lower case, no full stop.
  package let finds: String
  /// Why that matters, and what disBatch 3.0 does.
  package let why: String
  /// How to mend it.
  package let mend: String
  /// An input with just this finding.
  package let bad: ExplainExample
  /// The same input, mended.
  package let good: ExplainExample
  /// Codes that are near.
  package let related: [DiagnosticCode]
  /// What the examples are written in.
  package let language: ExplainLanguage

  // More than five: one for each part of the value.
  init(
    _ finds: String,
    why: String,
    mend: String,
    bad: ExplainExample,
    good: ExplainExample,
    related: [DiagnosticCode] = [],
    language: ExplainLanguage = .tasks
  ) {
    self.finds = finds
    self.why = Self.joined(why)
    self.mend = Self.joined(mend)
    self.bad = bad
    self.good = good
    self.related = related
    self.language = language
  }

  private static func joined(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// What the checks find in one of its examples, the code asked for if it is an opt-in one.
  ///
  /// No folder exists to them.
  package func findings(in example: ExplainExample, of code: DiagnosticCode) -> [Diagnostic] {
    if language == .settings { return SettingsFile(example.source).diagnostics }
    let options = LintOptions(
      enabled: code.isOptIn ? [code] : [],
      checksShell: code.isOfShell,
      obeysComments: true
    )
    var frontEnd = FrontEnd(checker: Checker(options: options, folderExists: { _ in false }))
    _ = frontEnd.read(example.source.span)
    frontEnd.finish()
    return frontEnd.checker?.diagnostics ?? []
  }

  /// What is found, as a sentence.
  package var summary: String { finds.prefix(1).uppercased() + finds.dropFirst() + "." }
}
