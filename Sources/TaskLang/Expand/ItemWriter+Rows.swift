/// Plain tasks in a row, as most of a long file is.
extension ItemWriter {
  /// Writes all of a row.
  ///
  /// - Returns: Whether the sink still takes bytes.
  func write(
    _ firstID: Int,
    _ row: LineRow,
    _ bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    to output: inout [UInt8],
    _ sink: Expander.Sink
  ) -> Bool {
    let prefix = lowering.prefix.bytes
    let suffix = lowering.suffix.bytes
    guard copiesTasks else {
      return writeEach(firstID, row, bytes, prefix, suffix, to: &output, sink)
    }
    if prefix.isEmpty && suffix.isEmpty {
      if output.count + bytes.count > Expander.bufferLimit, !output.isEmpty, !sink(&output) {
        return false
      }
      unsafe bytes.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
      return output.count < Expander.bufferLimit || sink(&output)
    }
    return Self.forEachLine(of: bytes) { line in
      writeTask(line, bytes, prefix, suffix, to: &output)
      return output.count < Expander.bufferLimit || sink(&output)
    }
  }

  private func writeEach(
    _ firstID: Int,
    _ row: LineRow,
    _ bytes: Span<UInt8>,
    _ prefix: [UInt8],
    _ suffix: [UInt8],
    to output: inout [UInt8],
    _ sink: Expander.Sink
  ) -> Bool {
    var task = ExpandedTask(id: firstID, line: row.firstNumber, repeatIndex: -1)
    var command: [UInt8] = []
    return Self.forEachLine(of: bytes) { line in
      command.removeAll(keepingCapacity: true)
      command.append(prefix, line, of: bytes, suffix)
      writeUncommon(task, command, to: &output)
      task.id += 1
      task.line += 1
      return output.count < Expander.bufferLimit || sink(&output)
    }
  }

  /// The places of lines that each end in a line feed, without it.
  @inline(__always)
  private static func forEachLine(
    of bytes: Span<UInt8>,
    _ body: (Range<Int>) -> Bool
  ) -> Bool {
    var start = 0
    while start < bytes.count {
      // Safe: the pointer is used only within this call.
      let end = unsafe bytes.withUnsafeBytes {
        unsafe ByteScan.next(ASCII.lineFeed, in: $0, from: start)
      }
      if !body(start..<end) { return false }
      start = end + 1
    }
    return true
  }
}
