import Synchronization

/// A thread that writes one buffer while the next is being filled.
///
/// The kernel's copy of a long output takes about as long as making it, so two cores halve the time.
package final class WriteBehind: Sendable {
  private struct State {
    /// What is to be written next; when it is empty the thread ends.
    var buffer: [UInt8] = []
    var failure: Errno?
  }

  private let state = Mutex(State())
  private let thread = Mutex<Thread?>(nil)
  private let descriptor: FileDescriptor
  /// Rings when there is a buffer to write.
  private let filled: Wakeup
  /// Rings when another buffer can be handed over.
  private let taken: Wakeup

  /// Starts the thread.
  ///
  /// - Parameter descriptor: Where to write; a copy of it is kept.
  /// - Throws: when there are too many threads or descriptors.
  package init(_ descriptor: borrowing FileDescriptor) throws(Errno) {
    self.descriptor = try descriptor.copy()
    filled = try Wakeup(waits: true)
    taken = try Wakeup(waits: true)
    taken.ring()
    try thread.withLock { thread throws(Errno) in
      thread = try Thread { [self] in serve() }
    }
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
    filled.ring()
    if let failure { throw failure }
  }

  /// Waits until all is written, and ends the thread.
  ///
  /// - Throws: why something could not be written.
  package func finish() throws(Errno) {
    taken.answer()
    filled.ring()
    let thread = self.thread.withLock { thread in
      var ending: Thread?
      swap(&ending, &thread)
      return ending
    }
    thread?.join()
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  private func serve() {
    var buffer: [UInt8] = []
    var hasFailed = false
    while true {
      filled.answer()
      state.withLock { swap(&buffer, &$0.buffer) }
      taken.ring()
      if buffer.isEmpty { return }
      do throws(Errno) {
        if !hasFailed { try descriptor.writeAll(buffer.span) }
      } catch {
        hasFailed = true
        state.withLock { $0.failure = error }
      }
      buffer.removeAll(keepingCapacity: true)
    }
  }
}
