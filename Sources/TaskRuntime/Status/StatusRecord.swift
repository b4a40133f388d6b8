/// One line of the status file as a value.
package struct StatusRecord: Hashable, Sendable {
  /// What the line is about, as its first field shows.
  package enum Kind: Hashable, Sendable {
    /// An attempt of a task that counts.
    case task
    /// A command that ran for an engine (P).
    case perEngine
    /// A task that an earlier run ended (S).
    case skipped
    /// An attempt that does not count (Z): resuming passes over it, so the task runs again.
    case uncounted
    /// A barrier that was met (B), or one that looked at failures (C).
    case barrier(check: Bool)
  }

  package var kind: Kind
  /// Id of the task or barrier; of a command of an engine, its place among those.
  package var id: Int64
  /// Number of the line in the task file, from 1.
  package var line: Int64
  /// The repeat index; -1 for what no REPEAT made.
  package var repeatIndex: Int64 = -1
  /// The host it ran on.
  package var node: String
  /// Exit code, negative signal number, errno, or -100.
  package var returnCode: Int32 = 0
  /// Process, times and output.
  package var report: TaskReport
  /// The command; of a barrier, its line.
  package var command: ContiguousArray<UInt8>

  package init(
    kind: Kind,
    id: Int64,
    line: Int64,
    repeatIndex: Int64 = -1,
    node: String,
    returnCode: Int32 = 0,
    report: TaskReport,
    command: ContiguousArray<UInt8>
  ) {
    self.kind = kind
    self.id = id
    self.line = line
    self.repeatIndex = repeatIndex
    self.node = node
    self.returnCode = returnCode
    self.report = report
    self.command = command
  }
}

extension StatusRecord {
  /// The names of the fields, as the reference's `--status-header` has them; without a line end.
  package static let header = [
    "ROE[ PSZ]", "TaskID", "LineNum", "RepeatIndex", "Node", "PID", "ReturnCode", "Elapsed",
    "Start", "Finish", "BytesOfLeakedOutput", "OutputSnippet", "BytesOfLeakedError",
    "ErrorSnippet", "Command",
  ].joined(separator: "\t")

  /// Appends the line with its end.
  package func write(to line: inout ContiguousArray<UInt8>) {
    let tab = UInt8(ascii: "\t")
    writeFlags(to: &line)
    for number in [id, self.line, repeatIndex] {
      line.append(tab)
      line.appendDecimal(number)
    }
    line.append(tab)
    line.append(contentsOf: node.utf8)
    line.append(tab)
    line.appendDecimal(Int64(report.pid))
    line.append(tab)
    line.appendDecimal(Int64(returnCode))
    line.append(tab)
    line.appendSeconds(nanoseconds: report.elapsedNanoseconds)
    line.append(tab)
    line.appendSeconds(nanoseconds: report.startNanoseconds)
    line.append(tab)
    line.appendSeconds(nanoseconds: report.startNanoseconds &+ report.elapsedNanoseconds)
    line.append(tab)
    line.appendDecimal(report.outputByteCount)
    line.append(tab)
    PythonLiteral.appendText(report.output, to: &line)
    line.append(tab)
    line.appendDecimal(report.errorByteCount)
    line.append(tab)
    PythonLiteral.appendText(report.error, to: &line)
    line.append(tab)
    writeCommand(to: &line)
    line.append(UInt8(ascii: "\n"))
  }

  private func writeFlags(to line: inout ContiguousArray<UInt8>) {
    if case .barrier(let check) = kind {
      line.append(UInt8(ascii: check ? "C" : "B"))
      // Four blanks behind the letter make five characters where tasks have four; readers of the
      // reference's files expect just that.
      line.append(contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: 4))
      return
    }
    let blank = UInt8(ascii: " ")
    line.append(returnCode != 0 ? UInt8(ascii: "R") : blank)
    line.append(report.outputByteCount > 0 ? UInt8(ascii: "O") : blank)
    line.append(report.errorByteCount > 0 ? UInt8(ascii: "E") : blank)
    switch kind {
    case .perEngine: line.append(UInt8(ascii: "P"))
    case .skipped: line.append(UInt8(ascii: "S"))
    case .uncounted: line.append(UInt8(ascii: "Z"))
    case .task, .barrier: line.append(blank)
    }
  }

  private func writeCommand(to line: inout ContiguousArray<UInt8>) {
    if String(validating: command, as: UTF8.self) != nil {
      line.append(contentsOf: command)
    } else {
      PythonLiteral.appendBytes(command, to: &line)
    }
  }
}
