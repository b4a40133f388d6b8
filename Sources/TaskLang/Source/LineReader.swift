/// Lines in a row that are tasks by their first byte, with no byte that anybody has to look at.
package struct LineRow: Sendable, Hashable {
  /// Number of the first line, from 1.
  package var firstNumber: Int
  /// How many lines; 1 or more.
  package var count: Int
}

/// Chunks of bytes in, whole lines out.
///
/// A line that lies within a chunk is handed on where it stands; only one that a chunk's end cuts is
/// gathered in a buffer. What is gathered is not scanned again, so a line of 100 MB in small chunks
/// costs no more than its bytes.
package struct LineReader: Sendable {
  private var pending: [UInt8] = []
  private var traits: ByteTraits = []
  /// Lines handed on so far.
  package private(set) var lineCount = 0
  /// Where the next line starts.
  package private(set) var offset = 0

  package init() {}

  /// Makes a reader that goes on where a line of an input begins.
  ///
  /// - Parameters:
  ///   - lineCount: Lines before it.
  ///   - offset: Bytes before it.
  package init(lineCount: Int, offset: Int) {
    self.lineCount = lineCount
    self.offset = offset
  }

  /// Takes a chunk and hands on each line that it completes, in order.
  ///
  /// - Parameters:
  ///   - chunk: Bytes of any number; they are not kept.
  ///   - body: Receives the line and its bytes without the `\n`; `false` ends the reading, and the
  ///     rest of the chunk is dropped.
  /// - Returns: Whether `body` wanted to go on.
  /// - Complexity: O(bytes).
  package mutating func read(
    _ chunk: Span<UInt8>,
    _ body: (PhysicalLine, Span<UInt8>) -> Bool
  ) -> Bool {
    read(chunk, plainTasksShorterThan: { 0 }, { _, _ in true }, body)
  }

  /// As above, but plain tasks in a row are handed on together.
  ///
  /// - Parameters:
  ///   - chunk: Bytes of any number; they are not kept.
  ///   - limit: Asked before each row: a line of that many bytes or more is not part of it; 0 for no row.
  ///   - row: Receives the lines and their bytes, each with its `\n`.
  ///   - body: Receives every other line.
  /// - Returns: Whether `row` and `body` wanted to go on.
  @inline(__always)
  mutating func read(
    _ chunk: Span<UInt8>,
    plainTasksShorterThan limit: () -> Int,
    _ row: (LineRow, Span<UInt8>) -> Bool,
    _ body: (PhysicalLine, Span<UInt8>) -> Bool
  ) -> Bool {
    // Safe: the pointer is used only within this call.
    unsafe chunk.withUnsafeBytes { unsafe read($0, limit, row, body) }
  }

  @inline(__always)
  private mutating func read(
    _ chunk: UnsafeRawBufferPointer,
    _ limit: () -> Int,
    _ row: (LineRow, Span<UInt8>) -> Bool,
    _ body: (PhysicalLine, Span<UInt8>) -> Bool
  ) -> Bool {
    var start = 0
    while start < chunk.count {
      if pending.isEmpty {
        guard unsafe takeRow(in: chunk, from: &start, limit(), row) else { return false }
        if start == chunk.count { return true }
      }
      guard let end = unsafe ByteScan.lineFeed(in: chunk, from: start, traits: &traits) else {
        unsafe pending.append(contentsOf: chunk[start...])
        return true
      }
      let goesOn: Bool
      if pending.isEmpty {
        // Safe: start <= end < count, and the span does not outlive the call.
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: chunk[start..<end])
        goesOn = unsafe body(
          takeLine(isTerminated: true, length: end - start),
          bytes.bindMemory(to: UInt8.self).span
        )
      } else {
        unsafe pending.append(contentsOf: chunk[start..<end])
        goesOn = handOnPending(isTerminated: true, body)
      }
      start = end + 1
      if !goesOn { return false }
    }
    return true
  }

  /// Hands on plain tasks in a row, if there are any at `start`.
  @inline(__always)
  private mutating func takeRow(
    in chunk: UnsafeRawBufferPointer,
    from start: inout Int,
    _ limit: Int,
    _ body: (LineRow, Span<UInt8>) -> Bool
  ) -> Bool {
    guard limit > 0 else { return true }
    let (count, end) = unsafe ByteScan.plainTasks(in: chunk, from: start, shorterThan: limit)
    guard count > 0 else { return true }
    let row = LineRow(firstNumber: lineCount + 1, count: count)
    // Safe: start < end <= count, and the span does not outlive the call.
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: chunk[start..<end])
    lineCount += count
    offset += end - start
    start = end
    return unsafe body(row, bytes.bindMemory(to: UInt8.self).span)
  }

  /// Hands on a last line that no `\n` ended, if there is one.
  package mutating func finish(_ body: (PhysicalLine, Span<UInt8>) -> Bool) {
    if !pending.isEmpty { _ = handOnPending(isTerminated: false, body) }
  }

  private mutating func handOnPending(
    isTerminated: Bool,
    _ body: (PhysicalLine, Span<UInt8>) -> Bool
  ) -> Bool {
    let line = takeLine(isTerminated: isTerminated, length: pending.count)
    let goesOn = body(line, pending.span)
    // A line of unusual length is not worth its memory for the rest of the file.
    pending.removeAll(keepingCapacity: pending.capacity <= 1 << 20)
    return goesOn
  }

  @inline(__always)
  private mutating func takeLine(isTerminated: Bool, length: Int) -> PhysicalLine {
    lineCount += 1
    let line = PhysicalLine(
      number: lineCount,
      offset: offset,
      traits: traits,
      isTerminated: isTerminated
    )
    offset += length + (isTerminated ? 1 : 0)
    traits = []
    return line
  }
}
