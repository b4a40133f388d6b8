package import TaskScheduler

/// How a command failed, in the words of a run, of `disbatch status` and of mail alike.
package struct FailureWords: Hashable, Sendable {
  /// How it ended: `exit 3`, `killed by SIGTERM`, `cannot start /bin/bash: Argument list too long`.
  package let reason: String
  /// The last line of its error output that is not blank, as far as that was kept; `nil` without one,
  /// and where it is the reason.
  package let errorLine: String?

  /// Why a command ended as it did, where the run knows more than the code says.
  package enum Cause: Hashable, Sendable {
    /// Its time was up.
    case timeLimit
    /// There was no memory left on this host.
    case memory(MemoryDeath, node: String)

    /// Finds it; `nil` where nobody knows more.
    package init?(_ end: some CommandEnd, _ report: TaskReport, on node: String) {
      if end.cause == .timedOut {
        self = .timeLimit
      } else if end.cause == .itself, let death = report.memoryDeath {
        self = .memory(death, node: node)
      } else {
        return nil
      }
    }
  }

  /// Finds the words of what an engine reported.
  ///
  /// - Parameters:
  ///   - code: The return code, as in a status file.
  ///   - report: What its engine knows of it.
  ///   - cause: Why it ended so.
  package init(code: Int, _ report: TaskReport, cause: Cause?) {
    self.init(
      code: code,
      pid: Int(report.pid),
      errorLine: Self.lastLine(
        of: String(decoding: report.error, as: UTF8.self),
        byteCount: Int(report.errorByteCount)
      ),
      cause: cause
    )
  }

  /// Finds the words.
  ///
  /// - Parameters:
  ///   - code: The return code, as in a status file.
  ///   - pid: Its process, -1 where none could be started.
  ///   - errorLine: The last line of its error output; may be empty.
  ///   - cause: Why it ended so, which a status file does not say.
  package init(code: Int, pid: Int, errorLine: String, cause: Cause? = nil) {
    // Why nothing was started stands where the errors of a process would, and the code is an errno.
    if pid == -1, code > 0, !errorLine.isEmpty {
      (reason, self.errorLine) = (errorLine, nil)
      return
    }
    reason = Self.reason(code, cause)
    self.errorLine = errorLine.isEmpty ? nil : errorLine
  }

  /// A return code and its cause in words.
  private static func reason(_ code: Int, _ cause: Cause?) -> String {
    switch cause {
    case nil: ending(code)
    case .timeLimit: "timed out, " + ending(code)
    case .memory(let death, let node):
      switch (code < 0, death.isCertain) {
      case (true, true): "killed " + death.words(on: node)
      case (true, false): ending(code) + ", " + death.words(on: node)
      case (false, true): ending(code) + ", killed " + death.words(on: node)
      case (false, false): ending(code) + ", " + death.words(on: node)
      }
    }
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
