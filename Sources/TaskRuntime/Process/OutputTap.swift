/// The reading end of a process's output, drained without waiting.
///
/// What is read is counted and forgotten but for its ends. One tap serves one process after another.
package final class OutputTap {
  private var descriptor: FileDescriptor?
  private var registration: Poller.Registration?
  /// What came so far.
  package private(set) var snippet = OutputSnippet()

  /// Makes a tap that is not connected.
  package init() {}

  /// Whether more may come.
  package var isOpen: Bool { descriptor != nil }

  /// Connects the tap to a pipe, and forgets what came before.
  package func open(
    _ reading: consuming FileDescriptor,
    as source: Poller.Source,
    in poller: inout Poller
  ) throws(Errno) {
    close(in: &poller)
    snippet.reset()
    try reading.setNonblocking(true)
    registration = try poller.add(reading.rawValue, for: .reading, as: source)
    descriptor = consume reading
  }

  /// Reads what is there, and closes at the end of the output.
  ///
  /// - Parameters:
  ///   - buffer: Room to read into; its contents do not matter.
  ///   - poller: The poller that watches the tap.
  ///   - mostBytes: After so many bytes others have their turn.
  package func drain(
    through buffer: inout ContiguousArray<UInt8>,
    in poller: inout Poller,
    mostBytes: Int = 1 << 20
  ) {
    var taken = 0
    while taken < mostBytes {
      switch readOnce(into: &buffer) {
      case .bytes(let count):
        snippet.append(buffer.span.extracting(first: count))
        taken += count
        // A pipe that gave less than was asked for is empty, mostly; the poller knows better.
        if count < buffer.count { return }
      case .wouldBlock: return
      case .ended:
        close(in: &poller)
        return
      }
    }
  }

  /// Stops watching and closes.
  package func close(in poller: inout Poller) {
    if let registration { poller.remove(registration) }
    registration = nil
    descriptor = nil
  }

  private func readOnce(into buffer: inout ContiguousArray<UInt8>) -> FileDescriptor.Transfer {
    unsafe buffer.withUnsafeMutableBytes { room in
      // A pipe's read fails only in ways that end its use.
      (try? unsafe descriptor?.read(into: room)) ?? .ended
    }
  }
}
