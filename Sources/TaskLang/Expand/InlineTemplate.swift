/// A command with places for the values of a task: what `expand --inline` writes.
struct InlineTemplate: Sendable {
  /// A stretch of the text that a value stands for.
  struct Place: Sendable, Hashable {
    let range: Range<Int>
    let variable: DisbatchVariable
  }

  /// The command as the plan has it.
  let text: [UInt8]
  /// The places, in order.
  let places: [Place]
  /// Whether the command may look at its environment, so that the line must give it the repeat
  /// index there.
  let needsEnvironment: Bool

  /// Writes the command of a task, without a line end.
  func append(_ task: ExpandedTask, to output: inout [UInt8]) {
    if needsEnvironment, task.repeatIndex >= 0 {
      output.append(text: "export DISBATCH_REPEAT_INDEX=")
      output.append(decimal: task.repeatIndex)
      output.append(text: " DISBATCH_REPEAT_INDEX_ZP=")
      output.append(decimal: task.repeatIndex, width: 6)
      output.append(text: " ; ")
    }
    var position = 0
    for place in places {
      output.append(contentsOf: text[position..<place.range.lowerBound])
      append(place.variable, of: task, to: &output)
      position = place.range.upperBound
    }
    output.append(contentsOf: text[position...])
  }

  private func append(
    _ variable: DisbatchVariable,
    of task: ExpandedTask,
    to output: inout [UInt8]
  ) {
    let width = variable.parts.contains(.padded) ? 6 : 0
    let value =
      if variable.parts.contains(.task) {
        task.id
      } else if variable.parts.contains(.line) {
        task.line
      } else {
        task.repeatIndex
      }
    output.append(decimal: value, width: width)
  }
}
