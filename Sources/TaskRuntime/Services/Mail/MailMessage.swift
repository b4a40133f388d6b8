import TaskLang
package import TaskScheduler

/// A message about a run, as a mail program takes it: headers, a blank line, lines of text.
package struct MailMessage: Sendable {
  /// How many failures are listed one by one; the others are counted.
  package static let failureLimit = 20
  private static let textLimit = 200

  /// Tasks that failed and were not told of yet.
  package struct Failures: Sendable {
    fileprivate var listed: [TaskFailure] = []
    fileprivate var count = 0

    package init() {}

    /// Takes one that failed for good.
    package mutating func take(_ failure: TaskFailure) {
      count += 1
      if listed.count < MailMessage.failureLimit { listed.append(failure) }
    }
  }

  /// All of it, lines ended by line feeds.
  package private(set) var bytes: ContiguousArray<UInt8> = []

  /// Makes a message.
  ///
  /// - Parameters:
  ///   - address: What the `To` line says.
  ///   - subject: Any text; what a header cannot hold is replaced.
  ///   - lines: The text.
  ///   - failures: Tasks to be named in it.
  ///   - closing: Lines behind them.
  package init(
    to address: String,
    subject: String,
    lines: [String],
    failures: Failures,
    closing: [String]
  ) {
    for header in [
      "To: \(Self.header(address))", "Subject: \(Self.header(subject))", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
      "Auto-Submitted: auto-generated", "",
    ] {
      append(header)
    }
    for line in lines { append(line) }
    if failures.count > 0 {
      append("")
      append("failed since the last message:")
      for failure in failures.listed { append(failure) }
      let rest = failures.count - failures.listed.count
      if rest > 0 { append("  and \(rest) more, see the status file") }
    }
    append("")
    for line in closing { append(line) }
  }

  /// What a message in the course of a run has as its subject.
  package static func subject(of run: String, _ tally: Tally) -> String {
    // The reference's words, for those who sort by them.
    let failed = tally.failed > 0 ? " (\(tally.failed) failed)" : ""
    return "\(run) has completed \(tally.ended) tasks\(failed)"
  }

  /// What the last message of a run has as its subject.
  package static func lastSubject(of run: String, _ tally: Tally) -> String {
    let failed = tally.failed > 0 ? " (\(tally.failed) failed)" : ""
    return "\(run) has ended with \(tally.ended) tasks completed\(failed)"
  }

  private mutating func append(_ line: String) {
    // A line break in a path, say, must neither end the headers nor begin a line.
    for byte in SystemText.replacing(line).utf8 {
      bytes.append(byte < 0x20 || byte == 0x7F ? UInt8(ascii: "?") : byte)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ failure: TaskFailure) {
    let heading = Self.shown(ContiguousArray(failure.heading.utf8))
    append("  \(heading): \(Self.shown(failure.command))")
    if let line = failure.words.errorLine {
      append("    " + Self.shown(ContiguousArray(line.utf8)))
    }
  }

  /// Text from elsewhere in one line, its end cut where it is long.
  private static func shown(_ text: ContiguousArray<UInt8>) -> String {
    var literal: ContiguousArray<UInt8> = []
    PythonLiteral.appendText(text.prefix(textLimit), to: &literal)
    let isCut = text.count > textLimit
    return String(decoding: literal.dropFirst().dropLast(), as: UTF8.self) + (isCut ? "..." : "")
  }

  /// Text for a header: printable ASCII, in one line.
  private static func header(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { 0x20..<0x7F ~= $0.value ? $0 : "?" })
    )
  }
}
