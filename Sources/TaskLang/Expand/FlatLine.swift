/// A task as a line of a task file that has no PREFIX and no SUFFIX in force.
package enum FlatLine {
  /// Appends the line with its end.
  ///
  /// A task of a REPEAT becomes one of a single item.
  ///
  /// - Parameters:
  ///   - command: The command, without line breaks.
  ///   - repeatIndex: The index, or -1 where no REPEAT made the task.
  ///   - output: Gains the line.
  package static func append(_ command: [UInt8], repeatIndex: Int, to output: inout [UInt8]) {
    if repeatIndex < 0 {
      let start = output.count
      output.append(contentsOf: command)
      guardTask(from: start, &output)
    } else {
      output.append(text: "#DISBATCH REPEAT 1 start ")
      output.append(decimal: repeatIndex)
      output.append(text: " step 1")
      if !command.isEmpty { output.append(ASCII.space) }
      output.append(contentsOf: command)
    }
    output.append(ASCII.lineFeed)
  }

  /// Keeps what stands behind `start` from being anything but an ordinary task.
  ///
  /// What begins as a comment or with the marker gets `: ` in front: bash does nothing for either. What
  /// begins with a byte order mark, which no file may, stands behind an empty line.
  static func guardTask(from start: Int, _ output: inout [UInt8]) {
    let line = start..<output.count
    let first = output[start]
    guard first == ASCII.hash || ASCII.isBlank(first) || first == UTF8Text.mark[0] else { return }
    if first == ASCII.hash || Parser.parse(output.span, line) != .task {
      output.insert(contentsOf: [UInt8(ascii: ":"), ASCII.space], at: start)
    } else if output[line].starts(with: UTF8Text.mark) {
      output.insert(ASCII.lineFeed, at: start)
    }
  }
}
