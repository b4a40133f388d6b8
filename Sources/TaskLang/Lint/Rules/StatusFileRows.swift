/// DB218: a status file in the place of a task file, recognised by its first lines.
struct StatusFileRows: Sendable {
  /// Statements that are looked at: a row may stand behind lines that were damaged or added.
  private static let mostStatements = 8
  /// Fields that a row which was cut off must still have.
  private static let leastFields = 6

  private var seen = 0
  /// Whether there was a row.
  private(set) var isFound = false

  /// Whether no further task can change anything.
  var isSettled: Bool { isFound || seen >= Self.mostStatements }

  /// Looks at a statement; behind a directive nothing is a status file.
  mutating func check(
    _ statement: Statement,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    guard !isSettled else { return }
    switch statement {
    case .blank, .comment: return
    case .directive, .unknownDirective:
      seen = Self.mostStatements
      return
    case .task: seen += 1
    }
    let row = bytes.extracting(piece)
    guard StatusColumn.isHeader(row) || Self.isRow(row, isWhole: line.isTerminated) else { return }
    isFound = true
    findings.add(.statusFile) {
      let end = min(piece.lowerBound + 8, piece.upperBound)
      return Diagnostic(
        .statusFile,
        "this is the status file of a run, not a task file",
        at: line.label(piece.lowerBound..<end, in: bytes, "a row of it"),
        notes: ["each of its lines would be run as a command"],
        help: [
          "`disbatch status FILE` says what happened; "
            + "`disbatch run -r FILE TASKFILE` goes on from it"
        ]
      )
    }
    findings.keepOnly(.statusFile)
  }

  /// Whether a line has the fields of a row, as far as it goes.
  private static func isRow(_ row: Span<UInt8>, isWhole: Bool) -> Bool {
    var start = 0
    var fieldCount = 0
    for index in row.indices where row[index] == ASCII.tab {
      guard let column = StatusColumn(rawValue: fieldCount),
        fits(row.extracting(start..<index), column)
      else { return false }
      fieldCount += 1
      start = index + 1
      // The command is last and may hold tabs.
      if fieldCount == StatusColumn.command.rawValue { return true }
    }
    return !isWhole && fieldCount >= leastFields
  }

  private static func fits(_ field: Span<UInt8>, _ column: StatusColumn) -> Bool {
    switch column.form {
    case .flags: isFlags(field)
    case .text: !field.isEmpty
    case .literal: isLiteral(field)
    case .number: isNumber(field, hasFraction: false)
    case .seconds: isNumber(field, hasFraction: true)
    case .rest: true
    }
  }

  private static func isFlags(_ field: Span<UInt8>) -> Bool {
    guard field.count == 4 || field.count == 5 else { return false }
    if field[0] == UInt8(ascii: "B") || field[0] == UInt8(ascii: "C") {
      return (1..<field.count).allSatisfy { field[$0] == ASCII.space }
    }
    let allowed: [[UInt8]] = [
      Array(" R".utf8), Array(" O".utf8), Array(" E".utf8), Array(" PSZ".utf8),
    ]
    return field.count == 4 && (0..<4).allSatisfy { allowed[$0].contains(field[$0]) }
  }

  private static func isNumber(_ field: Span<UInt8>, hasFraction: Bool) -> Bool {
    let first = !field.isEmpty && field[0] == UInt8(ascii: "-") ? 1 : 0
    guard first < field.count else { return false }
    return (first..<field.count).allSatisfy {
      ASCII.isDigit(field[$0]) || hasFraction && field[$0] == UInt8(ascii: ".")
    }
  }

  /// Whether a field is a Python literal of text or bytes.
  private static func isLiteral(_ field: Span<UInt8>) -> Bool {
    guard field.count >= 2 else { return false }
    let (first, last) = (field[0], field[field.count - 1])
    return [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "b")].contains(first)
      && (last == UInt8(ascii: "'") || last == UInt8(ascii: "\""))
  }
}
