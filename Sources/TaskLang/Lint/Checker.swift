/// The checks of the language, made statement by statement as the input passes.
///
/// It holds what it found and a small memory for the rules that look at more than one line, never
/// the input.
package struct Checker: Sendable {
  /// What was found so far, in the order of finding.
  package private(set) var diagnostics: [Diagnostic] = []

  package init(enabled: Set<DiagnosticCode> = []) {}

  /// Whether something was found for which `run`, `expand` and `fmt` refuse the file.
  package var refusesFile: Bool { diagnostics.contains { $0.code.refusesFile } }

  /// Looks at a statement and what it came to.
  ///
  /// - Parameters:
  ///   - statement: What the piece means.
  ///   - item: What it added to the plan.
  ///   - piece: The bytes of the piece in its line.
  ///   - line: The line; rules for bytes ask its traits first.
  ///   - bytes: The line's bytes.
  ///   - lowering: The state behind the statement.
  package mutating func visit(
    _ statement: Statement,
    _ item: LoweredItem,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering
  ) {
  }

  /// Looks at a statement behind the plan's end, which nothing will run.
  package mutating func visitUnreached(
    _ statement: Statement,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) {
  }

  /// Looks back from the end of the input.
  package mutating func finish(_ lowering: borrowing Lowering) {
  }
}
