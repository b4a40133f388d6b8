/// The columns of a status file in their order.
///
/// The language knows them to recognise such a file in the place of a task file; the runtime writes and
/// reads rows by them, and what is made of rows names its fields after them.
package enum StatusColumn: Int, Sendable, CaseIterable {
  case flags, id, line, repeatIndex, node, pid, returnCode, elapsed, start, finish, outputByteCount
  case output, errorByteCount, error, command

  /// How a field looks.
  package enum Form: Sendable {
    /// Four characters of a task, five of a barrier.
    case flags
    /// A decimal number.
    case number
    /// A decimal number of seconds with a fraction.
    case seconds
    /// Text without a tab.
    case text
    /// A Python literal of text or bytes.
    case literal
    /// The rest of the line, tabs included.
    case rest
  }

  /// The name in the header, as the reference's `--status-header` has it.
  package var name: String {
    switch self {
    case .flags: "ROE[ PSZ]"
    case .id: "TaskID"
    case .line: "LineNum"
    case .repeatIndex: "RepeatIndex"
    case .node: "Node"
    case .pid: "PID"
    case .returnCode: "ReturnCode"
    case .elapsed: "Elapsed"
    case .start: "Start"
    case .finish: "Finish"
    case .outputByteCount: "BytesOfLeakedOutput"
    case .output: "OutputSnippet"
    case .errorByteCount: "BytesOfLeakedError"
    case .error: "ErrorSnippet"
    case .command: "Command"
    }
  }

  /// The name in what is made of rows: JSON, and in lower case tables.
  package var key: StaticString {
    switch self {
    case .flags: "flags"
    case .id: "task"
    case .line: "line"
    case .repeatIndex: "repeat"
    case .node: "node"
    case .pid: "pid"
    case .returnCode: "returnCode"
    case .elapsed: "seconds"
    case .start: "start"
    case .finish: "finish"
    case .outputByteCount: "outputBytes"
    case .output: "output"
    case .errorByteCount: "errorBytes"
    case .error: "error"
    case .command: "command"
    }
  }

  /// How its fields look.
  package var form: Form {
    switch self {
    case .flags: .flags
    case .id, .line, .repeatIndex, .pid, .returnCode, .outputByteCount, .errorByteCount: .number
    case .elapsed, .start, .finish: .seconds
    case .node: .text
    case .output, .error: .literal
    case .command: .rest
    }
  }

  /// How many columns there are.
  package static let count = allCases.count

  /// The line of names, without its end.
  package static let header = allCases.map(\.name).joined(separator: "\t")

  /// What every header begins with.
  private static let headerStart = Array("\(Self.flags.name)\t\(Self.id.name)\t".utf8)

  /// Whether a line is a header, as its first two names show.
  package static func isHeader(_ line: Span<UInt8>) -> Bool {
    line.count >= headerStart.count
      && headerStart.indices.allSatisfy { headerStart[$0] == line[$0] }
  }
}
