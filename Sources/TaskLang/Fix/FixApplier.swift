/// Applies fixes to an input that is held whole, until none is left to apply.
package struct FixApplier {
  /// What came of it.
  package struct Result: Sendable {
    /// The input with the fixes in it.
    package var source: [UInt8]
    /// How many fixes were applied.
    package var appliedCount: Int
    /// What is found in the result.
    package var diagnostics: [Diagnostic]
  }

  /// Most rounds of finding and mending; fixes that undo each other must not go on for ever.
  private static let roundLimit = 100

  private let allowsUnsafe: Bool
  private let findings: ([UInt8]) -> [Diagnostic]

  /// Makes an applier.
  ///
  /// - Parameters:
  ///   - allowsUnsafe: Whether fixes that change what runs are wanted too.
  ///   - findings: Finds what is wrong with an input.
  package init(allowsUnsafe: Bool, findings: @escaping ([UInt8]) -> [Diagnostic]) {
    self.allowsUnsafe = allowsUnsafe
    self.findings = findings
  }

  /// Applies what can be applied.
  ///
  /// A safe fix whose round changes the expansion is taken back: safe is not what a rule says of
  /// itself but what the plan shows.
  package func apply(to source: [UInt8]) -> Result {
    var result = Result(source: source, appliedCount: 0, diagnostics: findings(source))
    for _ in 0..<Self.roundLimit {
      let safe = chosen(result.diagnostics, .safe)
      if take(safe, into: &result, isProven: true) { continue }
      guard allowsUnsafe, take(chosen(result.diagnostics, .unsafe), into: &result, isProven: false)
      else { break }
    }
    return result
  }

  private func take(_ fixes: [FixIt], into result: inout Result, isProven: Bool) -> Bool {
    guard !fixes.isEmpty else { return false }
    let mended = Self.applied(fixes.flatMap(\.edits), to: result.source)
    guard mended != result.source, Self.lineCount(mended) == Self.lineCount(result.source) else {
      return false
    }
    if isProven, !PlanEquality.isSame(result.source, mended) { return false }
    result.source = mended
    result.appliedCount += fixes.count
    result.diagnostics = findings(mended)
    return true
  }

  /// The first fix of the kind of each finding, without those that touch what another one does.
  private func chosen(
    _ diagnostics: [Diagnostic],
    _ applicability: FixIt.Applicability
  ) -> [FixIt] {
    var taken: [Range<Int>] = []
    var fixes: [FixIt] = []
    for diagnostic in diagnostics {
      guard let fix = diagnostic.fixes.first(where: { $0.applicability == applicability }) else {
        continue
      }
      let ranges = fix.edits.map { $0.span.start.offset..<$0.span.end.offset }
      let touches = ranges.contains { range in
        taken.contains { $0.lowerBound <= range.upperBound && range.lowerBound <= $0.upperBound }
      }
      if touches { continue }
      taken += ranges
      fixes.append(fix)
    }
    return fixes
  }

  /// Bytes with edits in them that do not overlap.
  package static func applied(_ edits: [Edit], to source: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(source.count + 64)
    var position = 0
    for edit in edits.sorted(by: { $0.span.start < $1.span.start }) {
      result += source[position..<edit.span.start.offset]
      result += edit.text
      position = edit.span.end.offset
    }
    return result + source[position...]
  }

  private static func lineCount(_ source: [UInt8]) -> Int { source.count { $0 == ASCII.lineFeed } }
}
