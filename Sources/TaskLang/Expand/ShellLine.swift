/// A task as one line of shell that needs nothing of ours to run.
package struct ShellLine: Sendable {
  /// What stands between the numbers and the command.
  private let middle: [UInt8]

  /// Makes the lines of a task file.
  ///
  /// What only a run knows stands as for the first slot of a first engine; `DISBATCH_JOBID` is the
  /// task file's name.
  ///
  /// - Parameter name: The base name of the task file.
  init(name: String) {
    let nameBytes = SystemText.bytes(of: name)
    var middle: [UInt8] = []
    middle.append(text: "DISBATCH_NAMETASKS=")
    middle.append(quoted: nameBytes.span)
    middle.append(text: " DISBATCH_JOBID=")
    middle.append(quoted: nameBytes.span)
    middle.append(text: " DISBATCH_ENGINE_RANK=0 DISBATCH_CYLINDER_RANK=0")
    middle.append(text: " DISBATCH_CORES_PER_TASK=1 DISBATCH_ATTEMPT=1 /bin/bash -c -- ")
    self.middle = middle
  }

  /// Writes `DISBATCH_TASKID=... /bin/bash -c -- '...'` and a line end.
  func write(_ task: ExpandedTask, _ command: [UInt8], to output: inout [UInt8]) {
    Self.writeNumber("TASKID", task.id, to: &output)
    Self.writeNumber("STREAM_INDEX", task.line, to: &output)
    Self.writeNumber("REPEAT_INDEX", task.repeatIndex, to: &output)
    output.append(contentsOf: middle)
    output.append(quoted: command.span)
    output.append(ASCII.lineFeed)
  }

  private static func writeNumber(
    _ variable: StaticString,
    _ value: Int,
    to output: inout [UInt8]
  ) {
    output.append(text: "DISBATCH_")
    output.append(text: variable)
    output.append(UInt8(ascii: "="))
    output.append(decimal: value)
    output.append(text: " DISBATCH_")
    output.append(text: variable)
    output.append(text: "_ZP=")
    output.append(decimal: value, width: 6)
    output.append(ASCII.space)
  }
}
