import Synchronization

/// A thread that writes one buffer while the next is being filled.
///
/// The kernel's copy of a long output takes about as long as making it, so two cores halve the time.
package final class WriteBehind: Sendable {
  private struct State {
    /// What is to be written next; empty when there is nothing.
    var buffer: [UInt8] = []
    /// What was written last: its memory serves again, which saves the kernel from making new pages.
    var spare: [UInt8] = []
    var failure: Errno?
  }

  private let thread: WorkerThread
  private let state = Mutex(State())
  private let descriptor: FileDescriptor
  /// Rings when another buffer can be handed over.
  private let taken: Wakeup

  /// Starts the thread.
  ///
  /// - Parameter descriptor: Where to write; a copy of it is kept.
  /// - Throws: when there are too many threads or descriptors.
  package init(_ descriptor: borrowing FileDescriptor) throws(Errno) {
    self.descriptor = try descriptor.copy()
    taken = try Wakeup(waits: true)
    taken.ring()
    thread = try WorkerThread()
    try thread.start { [self] _ in write() }
  }

  /// Hands over a buffer for an empty one, as soon as the one before is being written.
  ///
  /// - Parameter buffer: What to write, at least a byte.
  /// - Throws: why something that was handed over before could not be written.
  package func submit(_ buffer: inout [UInt8]) throws(Errno) {
    taken.answer()
    let failure = state.withLock { state in
      swap(&buffer, &state.buffer)
      return state.failure
    }
    thread.ring()
    if let failure { throw failure }
  }

  /// Waits until all is written, and ends the thread.
  ///
  /// - Throws: why something could not be written.
  package func finish() throws(Errno) {
    thread.finish()
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  private func write() {
    var buffer: [UInt8] = []
    let hasFailed = state.withLock { state in
      swap(&buffer, &state.spare)
      swap(&buffer, &state.buffer)
      return state.failure != nil
    }
    guard !buffer.isEmpty else { return }
    taken.ring()
    do throws(Errno) {
      if !hasFailed { try descriptor.writeAll(buffer.span) }
    } catch {
      state.withLock { $0.failure = error }
    }
    buffer.removeAll(keepingCapacity: true)
    state.withLock { swap(&buffer, &$0.spare) }
  }
}
