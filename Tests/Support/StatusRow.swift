/// One row of a status file, taken apart at its tabs and nothing more.
package struct StatusRow: Sendable {
  /// The row as it stands.
  package let line: String
  /// The 15 fields.
  package let fields: [String]

  /// Takes a row apart; nil if it has fewer fields than it must.
  package init?(_ line: String) {
    fields = line.split(separator: "\t", maxSplits: 14, omittingEmptySubsequences: false)
      .map(String.init)
    guard fields.count == 15 else { return nil }
    self.line = line
  }

  /// The four or five flag characters.
  package var flags: String { fields[0] }
  /// The task's number.
  package var id: Int? { Int(fields[1]) }
  /// The exit status, or the negative signal number.
  package var returnCode: Int? { Int(fields[6]) }
  /// The command as it stands.
  package var command: String { fields[14] }
  /// Whether this row is not the attempt that counts.
  package var isLeftOut: Bool { flags.contains("Z") }
  /// Whether this row is a barrier's.
  package var isBarrier: Bool { flags.hasPrefix("B") || flags.hasPrefix("C") }

  /// The rows of the status file that a run with this prefix wrote into `folder`.
  package static func rows(of prefix: String, in folder: TemporaryFolder) throws -> [StatusRow] {
    let text = try folder.text(of: prefix + "_status.txt")
    return try text.split(separator: "\n").map { line in
      guard let row = StatusRow(String(line)) else { throw Malformed(line: String(line)) }
      return row
    }
  }

  /// A row without the 15 fields that it must have.
  package struct Malformed: Error {
    /// The row.
    let line: String
  }
}
