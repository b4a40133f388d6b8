/// How a command failed, in the words of a run, of `disbatch status` and of mail alike.
package struct FailureWords: Hashable, Sendable {
  /// How it ended: `exit 3`, `killed by SIGTERM`, `cannot start /bin/bash: Argument list too long`.
  package let reason: String
  /// The last line of its error output that is not blank, as far as that was kept; `nil` without one,
  /// and where it is the reason.
  package let errorLine: String?

  /// Finds the words.
  ///
  /// - Parameters:
  ///   - code: The return code, as in a status file.
  ///   - pid: Its process, -1 where none could be started.
  ///   - errorLine: The last line of its error output; may be empty.
  ///   - isTimedOut: Whether its time was up, which a status file does not say.
  package init(code: Int, pid: Int, errorLine: String, isTimedOut: Bool = false) {
    // Why nothing was started stands where the errors of a process would, and the code is an errno.
    if pid == -1, code > 0, !errorLine.isEmpty {
      (reason, self.errorLine) = (errorLine, nil)
      return
    }
    reason = (isTimedOut ? "timed out, " : "") + Self.ending(code)
    self.errorLine = errorLine.isEmpty ? nil : errorLine
  }

  /// A return code in words.
  private static func ending(_ code: Int) -> String {
    if code == -100 { return "lost with its engine" }
    if code >= 0 { return "exit \(code)" }
    return "killed by " + SignalName.name(Int32(clamping: code == .min ? .max : -code))
  }

  /// The last line of an error output that is not blank.
  ///
  /// - Parameters:
  ///   - snippet: What was kept of it.
  ///   - byteCount: How much it was.
  /// - Returns: The line; may be empty.
  static func lastLine(of snippet: String, byteCount: Int) -> String {
    joined(snippet, byteCount: byteCount).split(whereSeparator: \.isNewline)
      .last { !$0.allSatisfy(\.isWhitespace) }
      .map(String.init) ?? ""
  }

  /// The output of a snippet, without the `...` where nothing was left out between its ends.
  static func joined(_ snippet: String, byteCount: Int) -> String {
    let bytes = Array(snippet.utf8)
    let edge = OutputSnippet.edge
    let dots = Array("...".utf8)
    guard byteCount > edge, byteCount <= 2 * edge, bytes.count == byteCount + dots.count,
      Array(bytes[edge..<edge + dots.count]) == dots
    else { return snippet }
    return String(decoding: bytes[..<edge] + bytes[(edge + dots.count)...], as: UTF8.self)
  }
}
