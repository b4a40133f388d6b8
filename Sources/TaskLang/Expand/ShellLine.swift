/// A task as one line of shell that needs nothing of ours to run.
package enum ShellLine {
  /// Writes `DISBATCH_TASKID=... /bin/bash -c -- '...'` and a line end.
  ///
  /// What only a run knows stands as for the first slot of a first engine; `DISBATCH_JOBID` is the
  /// task file's name.
  static func write(
    _ task: ExpandedTask,
    _ command: [UInt8],
    name: String,
    to output: inout [UInt8]
  ) {
    writeNumber("TASKID", task.id, to: &output)
    writeNumber("STREAM_INDEX", task.line, to: &output)
    writeNumber("REPEAT_INDEX", task.repeatIndex, to: &output)
    let quotedName = quoted([UInt8](name.utf8))
    output.append(text: "DISBATCH_NAMETASKS=")
    output.append(contentsOf: quotedName)
    output.append(text: " DISBATCH_JOBID=")
    output.append(contentsOf: quotedName)
    output.append(text: " DISBATCH_ENGINE_RANK=0 DISBATCH_CYLINDER_RANK=0")
    output.append(text: " DISBATCH_CORES_PER_TASK=1 DISBATCH_ATTEMPT=1 /bin/bash -c -- ")
    output.append(contentsOf: quoted(command))
    output.append(ASCII.lineFeed)
  }

  private static func writeNumber(
    _ variable: StaticString,
    _ value: Int,
    to output: inout [UInt8]
  ) {
    for width in [0, 6] {
      output.append(text: "DISBATCH_")
      output.append(text: variable)
      if width > 0 { output.append(text: "_ZP") }
      output.append(UInt8(ascii: "="))
      output.append(decimal: value, width: width)
      output.append(ASCII.space)
    }
  }

  /// Bytes as one word of shell, quoted only where they must be.
  package static func word(_ bytes: [UInt8]) -> [UInt8] {
    let isPlain = bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: ","),
        UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "%"):
        true
      default: false
      }
    }
    return isPlain && !bytes.isEmpty ? bytes : quoted(bytes)
  }

  /// Bytes as one word of shell, in single quotes.
  static func quoted(_ bytes: [UInt8]) -> [UInt8] {
    var word: [UInt8] = [UInt8(ascii: "'")]
    word.reserveCapacity(bytes.count + 2)
    for byte in bytes {
      if byte == UInt8(ascii: "'") {
        word.append(text: "'\\''")
      } else {
        word.append(byte)
      }
    }
    word.append(UInt8(ascii: "'"))
    return word
  }
}
