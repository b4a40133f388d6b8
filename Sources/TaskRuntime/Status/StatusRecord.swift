import TaskLang

/// One line of the status file as a value.
package struct StatusRecord: Hashable, Sendable {
  package var kind: StatusKind
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

  // More than five: one for each part of the value.
  package init(
    kind: StatusKind,
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
  /// Appends the line with its end.
  package func write(to line: inout ContiguousArray<UInt8>) {
    for index in 0..<StatusColumn.count {
      guard let column = StatusColumn(rawValue: index) else { break }
      if index > 0 { line.append(UInt8(ascii: "\t")) }
      write(column, to: &line)
    }
    line.append(UInt8(ascii: "\n"))
  }

  private func write(_ column: StatusColumn, to line: inout ContiguousArray<UInt8>) {
    switch column {
    case .flags: writeFlags(to: &line)
    case .id: line.appendDecimal(id)
    case .line: line.appendDecimal(self.line)
    case .repeatIndex: line.appendDecimal(repeatIndex)
    case .node: line.append(contentsOf: node.utf8)
    case .pid: line.appendDecimal(Int64(report.pid))
    case .returnCode: line.appendDecimal(Int64(returnCode))
    case .elapsed: line.appendSeconds(nanoseconds: report.elapsedNanoseconds)
    case .start: line.appendSeconds(nanoseconds: report.startNanoseconds)
    case .finish:
      line.appendSeconds(nanoseconds: report.startNanoseconds &+ report.elapsedNanoseconds)
    case .outputByteCount: line.appendDecimal(report.outputByteCount)
    case .output: PythonLiteral.appendText(report.output, to: &line)
    case .errorByteCount: line.appendDecimal(report.errorByteCount)
    case .error: PythonLiteral.appendText(report.error, to: &line)
    case .command: writeCommand(to: &line)
    }
  }

  private func writeFlags(to line: inout ContiguousArray<UInt8>) {
    if case .barrier = kind {
      line.append(kind.letter)
      // Four blanks behind the letter make five characters where tasks have four; readers of the
      // reference's files expect just that.
      line.append(contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: 4))
      return
    }
    let blank = UInt8(ascii: " ")
    line.append(returnCode != 0 ? UInt8(ascii: "R") : blank)
    line.append(report.outputByteCount > 0 ? UInt8(ascii: "O") : blank)
    line.append(report.errorByteCount > 0 ? UInt8(ascii: "E") : blank)
    line.append(kind.letter)
  }

  private func writeCommand(to line: inout ContiguousArray<UInt8>) {
    if String(validating: command, as: UTF8.self) != nil {
      line.append(contentsOf: command)
    } else {
      PythonLiteral.appendBytes(command, to: &line)
    }
  }
}
