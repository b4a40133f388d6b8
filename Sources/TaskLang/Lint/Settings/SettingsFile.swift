/// A settings file of the checks: lines of `key=value`, and comments that begin with `#`.
///
/// An unknown setting is a finding (DB904), never ignored. It knows no paths: where such files
/// are looked for is the matter of the command.
package struct SettingsFile: Sendable {
  /// What is to be done with findings, in the order of the lines.
  package private(set) var overrides: [LevelOverride] = []
  /// The most tasks of one REPEAT that are not remarked upon.
  package private(set) var maxTasks: Int?
  /// What is wrong with the file.
  package private(set) var diagnostics: [Diagnostic] = []

  private static let keys = LintLevel.allCases.map(\.rawValue) + ["max-tasks"]

  /// Settings of an input without a file.
  package init() {}

  /// Reads a file.
  package init(_ source: [UInt8]) {
    var reader = LineReader()
    _ = reader.read(source.span) { line, bytes in
      read(line, bytes)
      return true
    }
    reader.finish { line, bytes in
      read(line, bytes)
      return true
    }
  }

  /// Puts the settings into options, below which later wishes come.
  package func apply(to options: inout LintOptions, before overrides: [LevelOverride]) {
    if let maxTasks { options.hugeRepeat = maxTasks }
    options.apply(self.overrides + overrides)
  }

  private mutating func read(_ line: PhysicalLine, _ bytes: Span<UInt8>) {
    let all = Self.trimmed(0..<bytes.count, in: bytes)
    guard !all.isEmpty, bytes[all.lowerBound] != ASCII.hash else { return }
    guard let equals = all.first(where: { bytes[$0] == UInt8(ascii: "=") }) else {
      report(all, "a line sets a key: `key=value`", of: line, in: bytes)
      return
    }
    let key = Self.trimmed(all.lowerBound..<equals, in: bytes)
    let value = Self.trimmed(equals + 1..<all.upperBound, in: bytes)
    let name = bytes.text(key)
    if let level = LintLevel(rawValue: name) {
      readRules(level, value, of: line, in: bytes)
    } else if name == "max-tasks" {
      guard let number = Int(bytes.text(value)), number >= 0 else {
        report(value, "`max-tasks` takes a whole number from 0", of: line, in: bytes)
        return
      }
      maxTasks = number
    } else {
      let nearest = Suggestion.nearest(to: name.utf8, among: Self.keys)
      report(
        key,
        "there is no setting \(bytes.quoted(key))",
        help: nearest.map { "did you mean `\($0)`?" }
          ?? "the settings are \(Self.keys.joined(separator: ", "))",
        of: line,
        in: bytes
      )
    }
  }

  /// Reads codes with commas between them.
  private mutating func readRules(
    _ level: LintLevel,
    _ value: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) {
    if value.isEmpty {
      report(value, "`\(level.rawValue)` needs a code, a name or a family", of: line, in: bytes)
    }
    var start = value.lowerBound
    while start < value.upperBound {
      let comma = (start..<value.upperBound).first { bytes[$0] == UInt8(ascii: ",") }
      let word = Self.trimmed(start..<(comma ?? value.upperBound), in: bytes)
      start = (comma ?? value.upperBound) + 1
      if word.isEmpty { continue }
      let selector = bytes.text(word)
      if let found = LevelOverride(selector, level) {
        overrides.append(found)
      } else {
        report(
          word,
          "there is no finding \(bytes.quoted(word))",
          help: LevelOverride.suggestion(for: selector).map { "did you mean `\($0)`?" },
          of: line,
          in: bytes
        )
      }
    }
  }

  private mutating func report(
    _ place: Range<Int>,
    _ message: String,
    help: String? = nil,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) {
    guard diagnostics.count < Self.diagnosticLimit else { return }
    diagnostics.append(
      Diagnostic(
        .unknownSetting,
        message,
        at: line.label(place, in: bytes),
        notes: ["the line has no effect"],
        help: help.map { [$0] } ?? []
      )
    )
  }

  private static let diagnosticLimit = 100

  /// A stretch without the blanks around it, a carriage return at the end among them.
  private static func trimmed(_ range: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
    let start = bytes.skippingBlanks(from: range.lowerBound, to: range.upperBound)
    var end = range.upperBound
    while end > start, ASCII.isBlank(bytes[end - 1]) || bytes[end - 1] == ASCII.carriageReturn {
      end -= 1
    }
    return start..<end
  }
}
