/// One line of a status file as it was read, ours or the reference's.
package struct StatusRow: Sendable {
  /// What the line is about, as its first field shows.
  package enum Kind: Sendable, Hashable {
    /// An attempt of a task that counts.
    case task
    /// A command that ran for an engine (P).
    case perEngine
    /// A task that an earlier run ended (S).
    case skipped
    /// An attempt that does not count (Z).
    case uncounted
    /// A barrier (B), or one that looked at failures (C).
    case barrier
  }

  package var kind: Kind
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
  /// A field that must be a number is none: its name.
  case notNumber(String)
  /// The first field is none of the known forms.
  case flags
  /// The first field says otherwise than the one of this name.
  case contradiction(String)
  /// A number that counts something is below 0: the field's name.
  case negative(String)
  /// A snippet is no Python literal: the field's name.
  case notLiteral(String)

  /// What is wrong, for a person.
  package var text: String {
    switch self {
    case .fieldCount(let count): "\(count) field\(count == 1 ? "" : "s") where 15 are expected"
    case .notNumber(let field): "\(field) is no number"
    case .flags: "the first field is none of the known flags"
    case .contradiction(let field): "the flags and \(field) contradict each other"
    case .negative(let field): "\(field) is below 0"
    case .notLiteral(let field): "\(field) is no literal"
    }
  }
}

extension StatusRow {
  private static let fieldCount = 15

  /// Reads a line, without its end.
  ///
  /// - Throws: What keeps it from being a row.
  package init(_ bytes: Span<UInt8>) throws(StatusRowError) {
    var fields: [Range<Int>] = []
    fields.reserveCapacity(Self.fieldCount)
    var start = 0
    var index = 0
    // The command is last and may hold tabs.
    while index < bytes.count, fields.count < Self.fieldCount - 1 {
      if bytes[index] == UInt8(ascii: "\t") {
        fields.append(start..<index)
        start = index + 1
      }
      index += 1
    }
    fields.append(start..<bytes.count)
    guard fields.count == Self.fieldCount else { throw .fieldCount(fields.count) }
    kind = try Self.kind(bytes.extracting(fields[0]))
    func number(_ field: Int, _ name: String) throws(StatusRowError) -> Int {
      guard let number = Self.integer(bytes.extracting(fields[field])) else {
        throw .notNumber(name)
      }
      return number
    }
    func seconds(_ field: Int, _ name: String) throws(StatusRowError) -> Seconds {
      guard let time = Self.seconds(bytes.extracting(fields[field])) else {
        throw .notNumber(name)
      }
      return time
    }
    id = try number(1, "TaskID")
    line = try number(2, "LineNum")
    repeatIndex = try number(3, "RepeatIndex")
    pid = try number(5, "PID")
    returnCode = try number(6, "ReturnCode")
    elapsed = try seconds(7, "Elapsed")
    self.start = try seconds(8, "Start")
    finish = try seconds(9, "Finish")
    outputBytes = try number(10, "BytesOfLeakedOutput")
    errorBytes = try number(12, "BytesOfLeakedError")
    (node, outputSnippet, errorSnippet, command) = (fields[4], fields[11], fields[13], fields[14])
    try checkAgainst(bytes)
  }

  /// Makes sure that the fields agree with each other: a row that was damaged must not pass for the
  /// success of a task.
  private func checkAgainst(_ bytes: Span<UInt8>) throws(StatusRowError) {
    for (value, name) in [
      (id, "TaskID"), (line, "LineNum"), (outputBytes, "BytesOfLeakedOutput"),
      (errorBytes, "BytesOfLeakedError"),
    ] where value < 0 {
      throw .negative(name)
    }
    for (field, name) in [(outputSnippet, "OutputSnippet"), (errorSnippet, "ErrorSnippet")]
    where !Self.isLiteral(bytes.extracting(field)) {
      throw .notLiteral(name)
    }
    guard kind != .barrier else { return }
    let blank = UInt8(ascii: " ")
    for (place, isSet, name) in [
      (0, returnCode != 0, "ReturnCode"), (1, outputBytes > 0, "BytesOfLeakedOutput"),
      (2, errorBytes > 0, "BytesOfLeakedError"),
    ] where (bytes[place] != blank) != isSet {
      throw .contradiction(name)
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

  private static func kind(_ flags: Span<UInt8>) throws(StatusRowError) -> Kind {
    guard flags.count >= 4 else { throw .flags }
    switch flags[0] {
    case UInt8(ascii: "B"), UInt8(ascii: "C"): return .barrier
    case UInt8(ascii: " "), UInt8(ascii: "R"): break
    default: throw .flags
    }
    let blank = UInt8(ascii: " ")
    guard flags.count == 4, flags[1] == blank || flags[1] == UInt8(ascii: "O"),
      flags[2] == blank || flags[2] == UInt8(ascii: "E")
    else { throw .flags }
    switch flags[3] {
    case UInt8(ascii: "P"): return .perEngine
    case UInt8(ascii: "S"): return .skipped
    case UInt8(ascii: "Z"): return .uncounted
    case UInt8(ascii: " "): return .task
    default: throw .flags
    }
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
