/// What one piece of a line means.
///
/// Ranges are in bytes of the physical line.
package enum Statement: Sendable, Hashable {
  /// Nothing but blanks.
  case blank
  /// A line whose first non-blank byte is `#`, and which no marker in column 1 makes more of.
  case comment
  /// A command.
  case task
  /// A line that `#DISBATCH` and a known form begin.
  case directive(Directive)
  /// `#DISBATCH`, a space, and nothing that the language knows: it is dropped, and it closes the
  /// time in which PERENGINE may be said.
  case unknownDirective
}

/// The directives, with the places of their parts.
package enum Directive: Sendable, Hashable {
  case prefix(AffixDirective)
  case suffix(AffixDirective)
  case repeatTasks(RepeatDirective)
  case barrier(BarrierDirective)
  case perEngine(PerEngineDirective)
}

/// `#DISBATCH PREFIX text` or `#DISBATCH SUFFIX text`.
package struct AffixDirective: Sendable, Hashable {
  package var keyword: Range<Int>
  /// All behind the one space; may be empty.
  package var text: Range<Int>
}

/// A decimal number and where it stands.
package struct NumberLiteral: Sendable, Hashable {
  package var range: Range<Int>
  /// Its value, or `nil` for 2^63 and more.
  package var value: Int?
}

/// A word and the number that follows it, as `start 5`.
package struct RepeatClause: Sendable, Hashable {
  package var keyword: Range<Int>
  package var number: NumberLiteral
}

/// `#DISBATCH REPEAT n [start s] [step t] [command]`.
package struct RepeatDirective: Sendable, Hashable {
  package var keyword: Range<Int>
  package var count: NumberLiteral
  package var start: RepeatClause?
  package var step: RepeatClause?
  /// All behind the one space that follows the numbers; `nil` when there is none.
  package var command: Range<Int>?

  /// Behind the last of the numbers.
  package var headEnd: Int {
    (step?.number ?? start?.number ?? count).range.upperBound
  }
}

/// `#DISBATCH BARRIER [CHECK] [key]`.
package struct BarrierDirective: Sendable, Hashable {
  /// The seven bytes `BARRIER`; text that follows them directly is ignored.
  package var keyword: Range<Int>
  /// The five bytes `CHECK`, if they follow.
  package var check: Range<Int>?
  /// All behind the one space; may be empty; `nil` when there is no such space.
  package var key: Range<Int>?
}

/// When a PERENGINE command runs.
public enum PerEngineMoment: String, Sendable, Hashable, CaseIterable {
  /// As an engine joins.
  case start
  /// As an engine leaves.
  case stop
}

/// `#DISBATCH PERENGINE START command` or `... STOP command`.
package struct PerEngineDirective: Sendable, Hashable {
  package var keyword: Range<Int>
  package var event: Range<Int>
  package var moment: PerEngineMoment
  /// Whether the event is written in upper case, as it must be.
  package var isSpelledRight: Bool
  package var command: Range<Int>
}
