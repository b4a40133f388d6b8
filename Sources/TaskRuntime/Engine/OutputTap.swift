/// The reading end of a process's output, drained without waiting.
///
/// Output is counted, and forgotten but for its ends. One tap serves one process after another.
package final class OutputTap {
  private var descriptor: FileDescriptor?
  private var registration: Poller.Registration?
  /// The output so far.
  package private(set) var snippet = OutputSnippet()
  /// Where the output goes, if it is kept.
  private var kept: KeptOutput?

  /// Why reading a pipe stopped.
  package enum Supply: Hashable, Sendable {
    /// There is no more now.
    case waits
    /// There may be more, but others have their turn.
    case more
    /// There is more, for which the keeper has no room; it stays in the pipe.
    case noRoom
    /// The other side has ended.
    case ended
  }

  /// Makes a tap that is not connected.
  package init() {}

  /// Makes a tap that is not connected and has the snippet of another one.
  package init(continuing other: OutputTap) {
    snippet = other.snippet
  }

  /// Whether more may come.
  package var isOpen: Bool { descriptor != nil }

  /// Connects the tap to a pipe, and forgets what came before.
  ///
  /// - Parameters:
  ///   - reading: An end that does not wait.
  ///   - kept: Where the output is kept; `nil` for nowhere.
  package func open(_ reading: consuming FileDescriptor, keeping kept: KeptOutput? = nil) {
    precondition(descriptor == nil, "a tap serves one process at a time")
    self.kept = kept
    snippet.reset()
    descriptor = consume reading
  }

  /// Has the poller tell when there is something to drain.
  ///
  /// A process that is over soon never needs it: its pipes hold 64 KiB, which are drained at its end.
  package func watch(as source: Poller.Source, in poller: inout Poller) {
    guard registration == nil, let number = descriptor?.rawValue else { return }
    // Without memory in the kernel the pipe stays unwatched until the process has ended.
    registration = try? poller.add(number, for: .reading, as: source)
  }

  /// Reads what is there, and closes at the end of the output.
  ///
  /// - Parameters:
  ///   - buffer: Room to read into; its contents do not matter.
  ///   - poller: The poller that watches the tap.
  ///   - mostBytes: After so many bytes others have their turn.
  /// - Returns: why it ended.
  @discardableResult
  package func drain(
    through buffer: inout ContiguousArray<UInt8>,
    in poller: inout Poller,
    mostBytes: Int = 1 << 20
  ) -> Supply {
    var taken = 0
    while taken < mostBytes {
      if let kept, !kept.hasRoom, descriptor?.hasInput ?? false { return .noRoom }
      switch readOnce(into: &buffer) {
      case .bytes(let count):
        if let kept {
          let bytes = ContiguousArray(buffer[..<count])
          kept.keeper.take(bytes, of: kept.origin, at: snippet.byteCount)
        }
        snippet.append(buffer.span.extracting(first: count))
        taken += count
      case .wouldBlock: return .waits
      case .ended:
        close(in: &poller)
        return .ended
      }
    }
    return .more
  }

  /// Has the poller tell no more.
  package func unwatch(in poller: inout Poller) {
    if let registration { poller.remove(registration) }
    registration = nil
  }

  /// Stops watching and closes.
  package func close(in poller: inout Poller) {
    unwatch(in: &poller)
    descriptor = nil
    if let kept { kept.keeper.end(kept.origin) }
    kept = nil
  }

  private func readOnce(into buffer: inout ContiguousArray<UInt8>) -> FileDescriptor.Transfer {
    // A pipe's read fails only in ways that end its use.
    (try? descriptor?.read(into: &buffer)) ?? .ended
  }
}
