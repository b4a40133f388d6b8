import Glibc
import TaskLang
package import TaskScheduler

/// A log in the reference's layout: time, level, who speaks, what is said.
///
/// Values of the environment never go into it, and nothing waits for it: it has a writer of its own, so
/// that not even rows do.
package struct LogFile: Sendable {
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
  private let file: LogSink
  private let speaker: String
  /// Lines below it are not written.
  package let leastLevel: Level
  private var gathered: ContiguousArray<UInt8> = []
  /// Lines that were dropped because those before are not written.
  private var droppedCount = 0

  /// How many bytes may wait for a slow disk; further ones are dropped.
  private static let mostWaiting = 4 << 20

  /// Makes a log that goes behind what the file holds; one that cannot be opened stays silent.
  package init(
    _ file: LogSink,
    speaker: String,
    leastLevel: Level = .info,
    writer: FileWriter
  ) {
    self.file = file
    self.speaker = speaker
    self.leastLevel = leastLevel
    self.writer = writer
  }

  /// Adds a line; the text is only made when it is wanted.
  package mutating func write(_ level: Level, _ text: @autoclosure () -> String) {
    guard level >= leastLevel else { return }
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
    guard !gathered.isEmpty else { return }
    if writer.waitingByteCount > Self.mostWaiting {
      droppedCount += gathered.count { $0 == UInt8(ascii: "\n") }
    } else {
      if droppedCount > 0 { noteDropped() }
      writer.submit(FileWriter.Job(file: file, lines: gathered))
    }
    gathered = []
  }

  /// Writes last lines when the writer has ended, as long as there is time.
  package mutating func conclude(_ lines: [String], by deadline: Instant) {
    for line in lines { write(.info, line) }
    // A writer that has not ended waits for the file, and so would these. A thread here too: a file
    // server may not answer any more.
    if writer.hasFinished, let last = try? FileWriter() {
      last.submit(FileWriter.Job(file: file, lines: gathered))
      last.finish(within: deadline - Clock.now)
    }
    gathered = []
  }

  private mutating func noteDropped() {
    let text =
      "\(droppedCount) lines before the next are missing: they could not be written in time"
    droppedCount = 0
    var lines: ContiguousArray<UInt8> = []
    let now = Clock.wallNanoseconds
    Self.appendLine(.warning, speaker: speaker, text: text, wallNanoseconds: now, to: &lines)
    gathered = lines + gathered
  }

  /// Why lines were lost, for a person; `nil` when none were.
  package var trouble: String? { file.trouble }

  /// That the last lines are lost, for a person; to be asked when the writer was waited for in vain.
  package var stall: String? { file.stall }

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
    // A log is looked at in a terminal, and a line is one line.
    lines.append(contentsOf: MessageText.drawn(text).utf8)
    lines.append(UInt8(ascii: "\n"))
  }
}
