/// Plan items to the bytes of an expansion.
struct ItemWriter: Sendable {
  let format: ExpansionFormat
  /// Whether values are to stand for DISBATCH variables, where that means the same.
  let inlines: Bool
  private let shellLine: ShellLine

  private static let lineFeed: UInt8 = 0x0A

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - format: How to write.
  ///   - name: Base name of the task file.
  ///   - inlines: Whether values are to stand for DISBATCH variables; for the format `tasks` only.
  init(format: ExpansionFormat, name: String, inlines: Bool) {
    self.format = format
    self.inlines = inlines && format == .tasks
    shellLine = ShellLine(name: name)
  }

  /// Whether a task's text stands in the output as it is, with no look at what it says.
  var copiesTasks: Bool { format == .tasks && !inlines }

  /// Writes one item.
  ///
  /// - Returns: Whether the sink still takes bytes.
  @inline(__always)
  func write(
    _ item: LoweredItem,
    _ piece: Range<Int>,
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    to output: inout [UInt8],
    _ sink: Expander.Sink
  ) -> Bool {
    switch item {
    case .task(let id):
      if copiesTasks {
        writeTask(piece, bytes, lowering.prefix.bytes, lowering.suffix.bytes, to: &output)
      } else {
        let task = ExpandedTask(id: id, line: line.number, repeatIndex: -1)
        writeUncommon(task, lowering.command(piece, bytes), to: &output)
      }
    case .repeated(let first, let indexes, let body):
      return writeRepeat(first, indexes, line, lowering.command(body, bytes), to: &output, sink)
    case .barrier(let id, let directive):
      writeBarrier(id, directive, piece, line, bytes, to: &output)
    case .perEngine(let index, let directive):
      let command = lowering.command(directive.command, bytes)
      writePerEngine(index, directive.moment, line, command, to: &output)
    case .nothing, .end:
      return true
    }
    return output.count < Expander.bufferLimit || sink(&output)
  }

  /// The task as a line that means it and nothing else.
  @inline(__always)
  func writeTask(
    _ piece: Range<Int>,
    _ bytes: Span<UInt8>,
    _ prefix: [UInt8],
    _ suffix: [UInt8],
    to output: inout [UInt8]
  ) {
    let start = output.count
    output.append(prefix, piece, of: bytes, suffix)
    FlatLine.guardTask(from: start, &output)
    output.append(Self.lineFeed)
  }

  private func writeRepeat(
    _ first: Int,
    _ indexes: RepeatRange,
    _ line: PhysicalLine,
    _ command: [UInt8],
    to output: inout [UInt8],
    _ sink: Expander.Sink
  ) -> Bool {
    let template = inlines ? Inliner.template(of: command, isRepeated: true) : nil
    for place in 0..<indexes.count {
      let task = ExpandedTask(id: first + place, line: line.number, repeatIndex: indexes[place])
      if let template {
        append(template, task, to: &output)
      } else if format == .tasks {
        FlatLine.append(command, repeatIndex: task.repeatIndex, to: &output)
      } else {
        writeUncommon(task, command, to: &output)
      }
      if output.count >= Expander.bufferLimit, !sink(&output) { return false }
    }
    return true
  }

  func writeUncommon(
    _ task: ExpandedTask,
    _ command: [UInt8],
    to output: inout [UInt8]
  ) {
    switch format {
    case .tasks:
      if inlines, let template = Inliner.template(of: command, isRepeated: false) {
        append(template, task, to: &output)
      } else {
        FlatLine.append(command, repeatIndex: task.repeatIndex, to: &output)
      }
    case .bash: shellLine.write(task, command, to: &output)
    case .json: ItemJSON.write(task, command, to: &output)
    }
  }

  private func append(
    _ template: InlineTemplate,
    _ task: ExpandedTask,
    to output: inout [UInt8]
  ) {
    let start = output.count
    template.append(task, to: &output)
    FlatLine.guardTask(from: start, &output)
    output.append(Self.lineFeed)
  }

  private func writeBarrier(
    _ id: Int,
    _ directive: BarrierDirective,
    _ piece: Range<Int>,
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    to output: inout [UInt8]
  ) {
    switch format {
    case .json:
      let key = directive.key.flatMap { $0.isEmpty ? nil : bytes.copy($0) }
      ItemJSON.writeBarrier(
        id: id,
        line: line.number,
        isCheck: directive.check != nil,
        key: key,
        to: &output
      )
    case .tasks, .bash:
      // A barrier's line is already a comment to bash.
      output.append(contentsOf: bytes.copy(piece))
      output.append(Self.lineFeed)
    }
  }

  private func writePerEngine(
    _ index: Int,
    _ moment: PerEngineMoment,
    _ line: PhysicalLine,
    _ command: [UInt8],
    to output: inout [UInt8]
  ) {
    if format == .json {
      ItemJSON.writePerEngine(moment, index: index, line: line.number, command, to: &output)
      return
    }
    output.append(text: "#DISBATCH PERENGINE ")
    output.append(text: moment == .start ? "START " : "STOP ")
    output.append(contentsOf: command)
    output.append(Self.lineFeed)
  }
}

/// One task of a plan, without its text.
struct ExpandedTask: Sendable, Hashable {
  var id: Int
  /// Number of the line, from 1.
  var line: Int
  /// The repeat index, or -1 where no REPEAT made the task.
  var repeatIndex: Int
}
