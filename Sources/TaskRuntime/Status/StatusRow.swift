package import TaskLang

/// One line of a status file as it was read, ours or the reference's.
package struct StatusRow: Sendable {
  package var kind: StatusKind
  package var id: Int
  package var line: Int
  package var repeatIndex: Int
  package var pid: Int
  /// Exit code, negative signal number, errno, or -100 for a lost task.
  package var returnCode: Int
  package var elapsed: Seconds
  package var start: Seconds
  package var finish: Seconds
  package var outputBytes: Int
  package var errorBytes: Int
  /// Where the text fields stand in the line.
  package var node: Range<Int>
  package var outputSnippet: Range<Int>
  package var errorSnippet: Range<Int>
  package var command: Range<Int>

  /// Whether a task ended well.
  package var hasSucceeded: Bool { returnCode == 0 }
}

/// A time as the status file has it, kept exactly: three decimals or more.
package struct Seconds: Sendable, Hashable, Comparable {
  /// Nanoseconds; more decimals than nine are cut.
  package var nanoseconds: Int

  package init(nanoseconds: Int) { self.nanoseconds = nanoseconds }

  package static func < (left: Seconds, right: Seconds) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  package static func + (left: Seconds, right: Seconds) -> Seconds {
    Seconds(nanoseconds: left.nanoseconds.addingClamped(right.nanoseconds))
  }

  package static func - (left: Seconds, right: Seconds) -> Seconds {
    left + Seconds(nanoseconds: right.nanoseconds == .min ? .max : -right.nanoseconds)
  }

  /// As a number, for ratios.
  package var value: Double { Double(nanoseconds) / 1e9 }
}

extension Int {
  /// The sum, or the nearest number there is: a damaged file may hold any numbers.
  func addingClamped(_ other: Int) -> Int {
    let (sum, isTooFar) = addingReportingOverflow(other)
    return isTooFar ? (other < 0 ? .min : .max) : sum
  }
}

/// Why a line of a status file was left out.
package enum StatusRowError: Error, Sendable, Hashable {
  /// Not fifteen fields.
  case fieldCount(Int)
  /// A field that must be a number is none.
  case notNumber(StatusColumn)
  /// The first field is none of the known forms.
  case flags
  /// The first field says otherwise than this one.
  case contradiction(StatusColumn)
  /// A number that counts something is below 0.
  case negative(StatusColumn)
  /// A snippet is no Python literal.
  case notLiteral(StatusColumn)

  /// What is wrong, for a person.
  package var text: String {
    switch self {
    case .fieldCount(let count):
      "\(count) field\(count == 1 ? "" : "s") where \(StatusColumn.count) are expected"
    case .notNumber(let column): "\(column.name) is no number"
    case .flags: "the first field is none of the known flags"
    case .contradiction(let column): "the flags and \(column.name) contradict each other"
    case .negative(let column): "\(column.name) is below 0"
    case .notLiteral(let column): "\(column.name) is no literal"
    }
  }
}

/// Where the fields of a row stand in its line.
private struct StatusFields {
  private var ranges: [Range<Int>] = []

  init(_ bytes: Span<UInt8>) throws(StatusRowError) {
    ranges.reserveCapacity(StatusColumn.count)
    var start = 0
    var index = 0
    // The command is last and may hold tabs.
    while index < bytes.count, ranges.count < StatusColumn.command.rawValue {
      if bytes[index] == UInt8(ascii: "\t") {
        ranges.append(start..<index)
        start = index + 1
      }
      index += 1
    }
    ranges.append(start..<bytes.count)
    guard ranges.count == StatusColumn.count else { throw .fieldCount(ranges.count) }
  }

  subscript(column: StatusColumn) -> Range<Int> { ranges[column.rawValue] }
}

extension StatusRow {
  /// Reads a line, without its end.
  ///
  /// - Throws: What keeps it from being a row.
  package init(_ bytes: Span<UInt8>) throws(StatusRowError) {
    let fields = try StatusFields(bytes)
    func number(_ column: StatusColumn) throws(StatusRowError) -> Int {
      guard let number = Self.integer(bytes.extracting(fields[column])) else {
        throw .notNumber(column)
      }
      return number
    }
    func seconds(_ column: StatusColumn) throws(StatusRowError) -> Seconds {
      guard let time = Self.seconds(bytes.extracting(fields[column])) else {
        throw .notNumber(column)
      }
      return time
    }
    guard let kind = StatusKind(flags: bytes.extracting(fields[.flags])) else { throw .flags }
    self.kind = kind
    id = try number(.id)
    line = try number(.line)
    repeatIndex = try number(.repeatIndex)
    pid = try number(.pid)
    returnCode = try number(.returnCode)
    elapsed = try seconds(.elapsed)
    start = try seconds(.start)
    finish = try seconds(.finish)
    outputBytes = try number(.outputByteCount)
    errorBytes = try number(.errorByteCount)
    node = fields[.node]
    outputSnippet = fields[.output]
    errorSnippet = fields[.error]
    command = fields[.command]
    try checkAgainst(bytes)
  }

  /// Makes sure that the fields agree with each other: a row that was damaged must not pass for the
  /// success of a task.
  private func checkAgainst(_ bytes: Span<UInt8>) throws(StatusRowError) {
    for (value, column) in [
      (id, StatusColumn.id), (line, .line), (outputBytes, .outputByteCount),
      (errorBytes, .errorByteCount),
    ] where value < 0 {
      throw .negative(column)
    }
    for (field, column) in [(outputSnippet, StatusColumn.output), (errorSnippet, .error)]
    where !Self.isLiteral(bytes.extracting(field)) {
      throw .notLiteral(column)
    }
    if case .barrier = kind { return }
    let blank = UInt8(ascii: " ")
    for (flag, isSet, column) in [
      (0, returnCode != 0, StatusColumn.returnCode), (1, outputBytes > 0, .outputByteCount),
      (2, errorBytes > 0, .errorByteCount),
    ] where (bytes[flag] != blank) != isSet {
      throw .contradiction(column)
    }
  }

  /// Whether a field begins and ends as a Python literal of text or bytes does.
  private static func isLiteral(_ field: Span<UInt8>) -> Bool {
    let first = field.count > 2 && field[0] == UInt8(ascii: "b") ? 1 : 0
    guard field.count >= first + 2 else { return false }
    let quote = field[first]
    return field[field.count - 1] == quote
      && (quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""))
  }

  private static func integer(_ text: Span<UInt8>) -> Int? {
    guard !text.isEmpty else { return nil }
    let isNegative = text[0] == UInt8(ascii: "-")
    var value = 0
    guard text.count > (isNegative ? 1 : 0) else { return nil }
    for index in (isNegative ? 1 : 0)..<text.count {
      guard case UInt8(ascii: "0")...UInt8(ascii: "9") = text[index] else { return nil }
      let (scaled, large) = value.multipliedReportingOverflow(by: 10)
      let (sum, larger) = scaled.addingReportingOverflow(Int(text[index] - UInt8(ascii: "0")))
      if large || larger { return nil }
      value = sum
    }
    return isNegative ? -value : value
  }

  private static func seconds(_ text: Span<UInt8>) -> Seconds? {
    var point = 0
    while point < text.count, text[point] != UInt8(ascii: ".") { point += 1 }
    guard let whole = integer(text.extracting(0..<point)), whole.magnitude < 1 << 33 else {
      return nil
    }
    var fraction = 0
    var scale = 1_000_000_000
    for index in min(point + 1, text.count)..<text.count {
      guard case UInt8(ascii: "0")...UInt8(ascii: "9") = text[index] else { return nil }
      if scale == 1 { continue }
      scale /= 10
      fraction += Int(text[index] - UInt8(ascii: "0")) * scale
    }
    let isNegative = text[0] == UInt8(ascii: "-")
    return Seconds(nanoseconds: whole * 1_000_000_000 + (isNegative ? -fraction : fraction))
  }
}
