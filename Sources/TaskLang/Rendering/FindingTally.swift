/// How many findings of each severity there were, and in how many files.
package struct FindingTally: Sendable, Hashable {
  /// Files looked at.
  package private(set) var files = 0
  /// Files with at least one finding.
  package private(set) var filesWithFindings = 0

  private var counts: [Severity: Int] = [:]
  private var isCurrentFileClean = true

  /// A tally of nothing.
  package init() {}

  /// How many findings of one severity there were.
  package subscript(severity: Severity) -> Int { counts[severity, default: 0] }

  /// How many findings there were.
  package var total: Int { counts.values.reduce(0, +) }

  /// Counts findings of the current file.
  package mutating func count(_ severity: Severity, times: Int = 1) {
    counts[severity, default: 0] += times
    if times > 0 { isCurrentFileClean = false }
  }

  /// Ends the current file.
  package mutating func endFile() {
    files += 1
    if !isCurrentFileClean { filesWithFindings += 1 }
    isCurrentFileClean = true
  }

  /// One line for people, as `3 errors, 1 warning in 2 files`.
  package var summary: String {
    guard total > 0 else { return "no findings in \(Self.counted(files, "file"))" }
    let parts = Severity.allCases.reversed().compactMap { severity in
      let count = self[severity]
      return count == 0 ? nil : Self.counted(count, severity.rawValue)
    }
    return parts.joined(separator: ", ") + " in \(Self.counted(filesWithFindings, "file"))"
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
