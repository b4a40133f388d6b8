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
    // Safe: the pointer is used only within this call.
    unsafe chunk.withUnsafeBytes { unsafe read($0, body) }
  }

  private mutating func read(
    _ chunk: UnsafeRawBufferPointer,
    _ body: (PhysicalLine, Span<UInt8>) -> Bool
  ) -> Bool {
    var start = 0
    while start < chunk.count {
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
