/// A task as a line of a task file that has no PREFIX and no SUFFIX in force.
package enum FlatLine {
  /// Appends the line with its end.
  ///
  /// A task of a REPEAT becomes one of a single item. A command that would be a comment or a
  /// directive as a line gets `: ` in front: bash does nothing for either.
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

  /// Puts `: ` in front of what stands behind `start`, where that would be no task.
  static func guardTask(from start: Int, _ output: inout [UInt8]) {
    if Parser.parse(output.span, start..<output.count) != .task {
      output.insert(contentsOf: [UInt8(ascii: ":"), ASCII.space], at: start)
    }
  }
}
