/// Plan items as JSON Lines; the order of the keys is part of the format.
enum ItemJSON {
  static func write(_ task: ExpandedTask, _ command: [UInt8], to output: inout [UInt8]) {
    // Most of a long plan are tasks, so what is the same in all of them is written in one go.
    output.append(text: "{\"kind\":\"task\",\"id\":")
    output.append(decimal: task.id)
    output.append(text: ",\"line\":")
    output.append(decimal: task.line)
    output.append(text: ",\"repeat\":")
    output.append(decimal: task.repeatIndex)
    end(command, to: &output)
  }

  static func writeBarrier(
    id: Int,
    line: Int,
    isCheck: Bool,
    key: [UInt8]?,
    to output: inout [UInt8]
  ) {
    begin("barrier", to: &output)
    JSONWriter.key("id", to: &output)
    JSONWriter.value(id, to: &output)
    JSONWriter.key("line", to: &output)
    JSONWriter.value(line, to: &output)
    JSONWriter.key("check", to: &output)
    JSONWriter.value(isCheck, to: &output)
    JSONWriter.key("key", to: &output)
    if let key {
      JSONWriter.value(key.span, to: &output)
    } else {
      JSONWriter.null(to: &output)
    }
    JSONWriter.endObject(to: &output)
    JSONWriter.endLine(to: &output)
  }

  static func writePerEngine(
    _ moment: PerEngineMoment,
    index: Int,
    line: Int,
    _ command: [UInt8],
    to output: inout [UInt8]
  ) {
    begin("perengine", to: &output)
    JSONWriter.key("when", to: &output)
    JSONWriter.value(moment.rawValue, to: &output)
    JSONWriter.key("index", to: &output)
    JSONWriter.value(index, to: &output)
    JSONWriter.key("line", to: &output)
    JSONWriter.value(line, to: &output)
    end(command, to: &output)
  }

  private static func begin(_ kind: String, to output: inout [UInt8]) {
    JSONWriter.beginObject(to: &output)
    JSONWriter.key("kind", to: &output)
    JSONWriter.value(kind, to: &output)
  }

  private static func end(_ command: [UInt8], to output: inout [UInt8]) {
    if UTF8Text.isWellFormed(command.span, 0..<command.count) {
      JSONWriter.key("command", to: &output)
      JSONWriter.value(command.span, to: &output)
    } else {
      JSONWriter.key("commandBase64", to: &output)
      JSONWriter.base64(command.span, to: &output)
    }
    JSONWriter.endObject(to: &output)
    JSONWriter.endLine(to: &output)
  }
}
