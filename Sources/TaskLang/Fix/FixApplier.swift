/// Applies fixes to an input that is held whole, until none is left to apply.
package struct FixApplier {
  /// What came of it.
  package struct Result: Sendable {
    /// The input with the fixes in it.
    package var source: [UInt8]
    /// How many fixes were applied.
    package var appliedCount: Int
    /// Whether there is none left that could be applied.
    package var isComplete = true
  }

  /// Most rounds of finding and mending; fixes that undo each other must not go on for ever.
  private static let roundLimit = 100

  /// Most fixes that are tried one by one in a round.
  private static let singleLimit = 50

  private let allowsUnsafe: Bool
  private let findings: ([UInt8]) -> [Diagnostic]

  /// Makes an applier.
  ///
  /// - Parameters:
  ///   - allowsUnsafe: Whether fixes that change what runs are wanted too.
  ///   - findings: Finds what is wrong with an input, in the order of the places.
  package init(allowsUnsafe: Bool, findings: @escaping ([UInt8]) -> [Diagnostic]) {
    self.allowsUnsafe = allowsUnsafe
    self.findings = findings
  }

  /// Applies what can be applied.
  ///
  /// A safe fix whose round changes the expansion is taken back: safe is not what a rule says of
  /// itself but what the plan shows.
  package func apply(to source: [UInt8]) -> Result {
    var result = Result(source: source, appliedCount: 0)
    for _ in 0..<Self.roundLimit {
      let found = findings(result.source)
      if take(chosen(found, .safe), into: &result, isProven: true) { continue }
      guard allowsUnsafe, take(chosen(found, .unsafe), into: &result, isProven: false)
      else { return result }
    }
    result.isComplete = false
    return result
  }

  /// Applies fixes, all at once where that keeps what it must, else one by one.
  private func take(_ fixes: [FixIt], into result: inout Result, isProven: Bool) -> Bool {
    if take(all: fixes, into: &result, isProven: isProven) { return true }
    guard fixes.count > 1 else { return false }
    return fixes.prefix(Self.singleLimit).contains {
      take(all: [$0], into: &result, isProven: isProven)
    }
  }

  private func take(all fixes: [FixIt], into result: inout Result, isProven: Bool) -> Bool {
    guard !fixes.isEmpty else { return false }
    let mended = Self.applied(fixes.flatMap(\.edits), to: result.source)
    guard mended != result.source, Self.lineCount(mended) == Self.lineCount(result.source) else {
      return false
    }
    if isProven, !PlanEquality.isSame(result.source, mended) { return false }
    result.source = mended
    result.appliedCount += fixes.count
    return true
  }

  /// Whether a fix keeps every line where it is.
  ///
  /// Those that are applied to a file must: resume and patches go by lines. Others are for editors.
  private static func keepsLines(_ fix: FixIt) -> Bool {
    fix.edits.allSatisfy { edit in
      edit.span.start.line == edit.span.end.line && !edit.text.contains(ASCII.lineFeed)
    }
  }

  /// The first fix of the kind of each finding, without those that touch what another one does.
  private func chosen(
    _ diagnostics: [Diagnostic],
    _ applicability: FixIt.Applicability
  ) -> [FixIt] {
    // In the order of their places; none touches another but those of one fix.
    var taken: [Range<Int>] = []
    var fixes: [FixIt] = []
    for diagnostic in diagnostics {
      guard
        let fix = diagnostic.fixes.first(where: {
          $0.applicability == applicability && Self.keepsLines($0)
        })
      else { continue }
      let ranges = fix.edits.map { $0.span.start.offset..<$0.span.end.offset }
      let touches = ranges.contains { range in
        let next = place(of: range, in: taken)
        return next < taken.count && taken[next].lowerBound <= range.upperBound
      }
      if touches { continue }
      // From the last, so that one that it touches stands behind it.
      for range in ranges.reversed() { taken.insert(range, at: place(of: range, in: taken)) }
      fixes.append(fix)
    }
    return fixes
  }

  /// The first of ranges in order that does not end in front of another one.
  ///
  /// Findings come in the order of their places, so it is nearly always looked for at the end.
  private func place(of range: Range<Int>, in ranges: [Range<Int>]) -> Int {
    var (low, high) = (0, ranges.count)
    if let last = ranges.last, last.upperBound < range.lowerBound { return high }
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low
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
