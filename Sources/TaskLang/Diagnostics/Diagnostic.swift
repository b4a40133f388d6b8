/// How bad a finding is.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  case hint, info, warning, error

  private var rank: Int {
    switch self {
    case .hint: 0
    case .info: 1
    case .warning: 2
    case .error: 3
    }
  }

  /// Orders from hint to error.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// A stretch of the input, what to say about it, and the text to show it in.
public struct Label: Hashable, Sendable {
  /// Where.
  public var span: SourceSpan
  /// What to say there; may be empty for the primary label.
  public var message: String
  /// The line, for drawing.
  public var excerpt: Excerpt

  /// Makes a label from its parts.
  public init(span: SourceSpan, message: String, excerpt: Excerpt) {
    self.span = span
    self.message = message
    self.excerpt = excerpt
  }
}

/// One replacement of a span by bytes.
public struct Edit: Hashable, Sendable {
  /// What is replaced; a point for an insertion.
  public var span: SourceSpan
  /// What stands there afterwards.
  public var text: [UInt8]
  /// The line before the edit, for drawing.
  public var excerpt: Excerpt

  /// Makes an edit from its parts.
  public init(span: SourceSpan, text: [UInt8], excerpt: Excerpt) {
    self.span = span
    self.text = text
    self.excerpt = excerpt
  }
}

/// A way of mending a finding.
public struct FixIt: Hashable, Sendable {
  /// How far a fix may be trusted.
  public enum Applicability: String, Sendable, Hashable, CaseIterable {
    /// The expansion is byte-identical before and after.
    case safe
    /// Changes what runs, to what was evidently meant.
    case unsafe
    /// Has parts that a person must fill in.
    case placeholder
  }

  /// What it does, in the imperative.
  public var message: String
  /// How far it may be trusted.
  public var applicability: Applicability
  /// Replacements that do not overlap, in the order of their places.
  public var edits: [Edit]

  /// Makes a fix from its parts; the edits may be given in any order.
  public init(message: String, applicability: Applicability, edits: [Edit]) {
    self.message = message
    self.applicability = applicability
    self.edits = edits.sorted { $0.span.start < $1.span.start }
  }
}

/// One finding: a value that every front (terminal, JSON, editor) draws in its own way.
public struct Diagnostic: Hashable, Sendable {
  /// Which rule found it.
  public var code: DiagnosticCode
  /// The number of a code of shellcheck, 2086 for SC2086; `nil` for findings of our own.
  public var number: Int?
  /// How bad it is; that of the code unless the user said otherwise.
  public var severity: Severity
  /// What is wrong: lower case, no full stop, the user's text quoted in backticks.
  public var message: String
  /// Where it is wrong.
  public var primary: Label
  /// Other places that explain it.
  public var labels: [Label]
  /// Facts: what happens if it stays.
  public var notes: [String]
  /// What to do.
  public var help: [String]
  /// Ways of mending it, best first.
  public var fixes: [FixIt]

  /// The code as it is written, `DB101` or `SC2086`.
  public var codeText: String { number.map { "\(code.rawValue)\($0)" } ?? code.rawValue }

  // More than five: one for each part of the value.
  /// Makes a diagnostic with its code's own severity.
  public init(
    _ code: DiagnosticCode,
    _ message: String,
    at primary: Label,
    labels: [Label] = [],
    notes: [String] = [],
    help: [String] = [],
    fixes: [FixIt] = []
  ) {
    self.code = code
    severity = code.severity
    self.message = message
    self.primary = primary
    self.labels = labels
    self.notes = notes
    self.help = help
    self.fixes = fixes
  }
}
