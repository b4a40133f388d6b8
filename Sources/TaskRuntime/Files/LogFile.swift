import Glibc

/// A log in the reference's layout: time, level, who speaks, what is said.
///
/// Values of the environment never go into it, and nothing waits for it.
package struct LogFile {
  /// How grave a line is.
  package enum Level: Int, Comparable, Sendable {
    case debug, info, warning, error, critical

    package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

    fileprivate var name: StaticString {
      switch self {
      case .debug: "DEBUG   "
      case .info: "INFO    "
      case .warning: "WARNING "
      case .error: "ERROR   "
      case .critical: "CRITICAL"
      }
    }
  }

  private let writer: FileWriter
  private let file: WrittenFile?
  private let speaker: String
  /// Lines below it are not written.
  package let leastLevel: Level
  private var gathered: ContiguousArray<UInt8> = []

  /// Opens a log at its end; one that cannot be opened stays silent.
  package init(
    path: String,
    speaker: String,
    leastLevel: Level = .info,
    writer: FileWriter
  ) {
    do {
      file = WrittenFile(log: try FileDescriptor(opening: path, for: .appending))
    } catch {
      file = nil
    }
    self.speaker = speaker
    self.leastLevel = leastLevel
    self.writer = writer
  }

  /// Adds a line; the text is only made when it is wanted.
  package mutating func write(_ level: Level, _ text: @autoclosure () -> String) {
    guard file != nil, level >= leastLevel else { return }
    Self.appendLine(
      level,
      speaker: speaker,
      text: text(),
      wallNanoseconds: Clock.wallNanoseconds,
      to: &gathered
    )
  }

  /// Hands the lines so far to the writer.
  package mutating func flush() {
    guard let file, !gathered.isEmpty else { return }
    writer.submit(FileWriter.Job(file: file, lines: gathered))
    gathered = []
  }

  /// Appends a line as `2024-01-01 12:00:00,123 INFO     DisBatch       : text`, in local time.
  package static func appendLine(
    _ level: Level,
    speaker: String,
    text: String,
    wallNanoseconds: Int64,
    to lines: inout ContiguousArray<UInt8>
  ) {
    var seconds = time_t(wallNanoseconds / 1_000_000_000)
    var parts = unsafe tm()
    _ = unsafe localtime_r(&seconds, &parts)
    let fields = unsafe [
      ("", parts.tm_year + 1900), ("-", parts.tm_mon + 1), ("-", parts.tm_mday),
      (" ", parts.tm_hour), (":", parts.tm_min), (":", parts.tm_sec),
    ]
    for (mark, field) in fields {
      lines.append(contentsOf: mark.utf8)
      lines.appendDecimal(Int64(field), width: 2)
    }
    lines.append(UInt8(ascii: ","))
    lines.appendDecimal(wallNanoseconds / 1_000_000 % 1000, width: 3)
    lines.append(UInt8(ascii: " "))
    level.name.withUTF8Buffer { unsafe lines.append(contentsOf: $0) }
    lines.append(UInt8(ascii: " "))
    lines.append(contentsOf: speaker.utf8)
    let missing = max(0, 15 - speaker.utf8.count)
    lines.append(contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: missing))
    lines.append(contentsOf: ": ".utf8)
    lines.append(contentsOf: text.utf8)
    lines.append(UInt8(ascii: "\n"))
  }
}
