import Synchronization
package import TaskScheduler

/// The thread that writes a stream which may stand still for as long as it likes: a terminal that was
/// stopped with Ctrl-S, a pipe that nobody reads.
///
/// Whoever posts never waits. What cannot be written is kept up to a limit; then the oldest lines are
/// given up, and one line in their place says how many there were. The descriptor stays as it is:
/// O_NONBLOCK would concern the shell and the tasks that share it too. Since the thread has all signals
/// blocked, the kernel lets it write to a terminal from the background, whatever `stty tostop` says.
package final class StreamWriter: Sendable {
  private struct State {
    /// What is to be written, the oldest first; each is one line or several.
    var texts: [ContiguousArray<UInt8>] = []
    var byteCount = 0
    /// What is to be seen behind all of them, until something else is.
    var repaint: ContiguousArray<UInt8>?
    /// How many lines were given up and not told of.
    var droppedLines = 0
    var isBroken = false
  }

  private let descriptor: FileDescriptor
  private let name: String
  private let byteLimit: Int
  private let thread: WorkerThread
  private let state = Mutex(State())

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - descriptor: Where to write.
  ///   - name: How the stream is called where lines are missing.
  ///   - byteLimit: How much is kept while nothing can be written.
  /// - Throws: when there are too many threads or descriptors.
  package init(
    _ descriptor: consuming FileDescriptor,
    name: String,
    byteLimit: Int = 1 << 18
  ) throws(Errno) {
    self.descriptor = descriptor
    self.name = name
    self.byteLimit = byteLimit
    thread = try WorkerThread()
    try thread.start { [self] _ in write() }
  }

  /// Hands over whole lines; what was to be repainted is not any more.
  package func post(_ text: ContiguousArray<UInt8>) {
    let isOpen = state.withLock { state in
      state.repaint = nil
      if state.isBroken || text.isEmpty { return false }
      state.texts.append(text)
      state.byteCount += text.count
      if state.byteCount > byteLimit { drop(&state) }
      return true
    }
    if isOpen { thread.ring() }
  }

  /// Hands over what is to be seen until something else is; only the newest is written.
  package func repaint(_ text: ContiguousArray<UInt8>) {
    state.withLock { $0.repaint = $0.isBroken ? nil : text }
    thread.ring()
  }

  /// Gives up the oldest lines, down to half of what may be kept, so that this is not done for each line.
  private func drop(_ state: inout State) {
    var count = 0
    while state.byteCount > byteLimit / 2, count < state.texts.count - 1 {
      state.byteCount -= state.texts[count].count
      state.droppedLines += state.texts[count].count { $0 == UInt8(ascii: "\n") }
      count += 1
    }
    state.texts.removeFirst(count)
  }

  /// Ends the thread when all is written, and waits for that as long as there is time.
  ///
  /// A thread that is still writing then stays where it is, and goes with the process.
  ///
  /// - Parameter deadline: Until when to wait.
  /// - Returns: Whether all was written that could be.
  @discardableResult
  package func finish(by deadline: Instant) -> Bool {
    thread.finish(by: deadline) && state.withLock { !$0.isBroken }
  }

  /// Waits until all that was posted is written, as long as there is time.
  ///
  /// - Parameter deadline: Until when to wait.
  /// - Returns: Whether all was written that could be.
  @discardableResult
  package func drain(by deadline: Instant) -> Bool { thread.waitForRound(until: deadline) }

  private func write() {
    while let text = next() {
      do throws(Errno) {
        try descriptor.writeAll(text.span)
      } catch {
        // Nobody is left to tell.
        state.withLock { $0 = State(isBroken: true) }
      }
    }
  }

  /// What is written next: several texts at once, but no more than a pipe takes whole.
  private func next() -> ContiguousArray<UInt8>? {
    state.withLock { state in
      if state.droppedLines > 0 {
        let count = state.droppedLines
        state.droppedLines = 0
        let lines = count == 1 ? "1 line is" : "\(count) lines are"
        return ContiguousArray(
          "disbatch: \(lines) missing here: \(name) took nothing for a while\n".utf8
        )
      }
      guard !state.texts.isEmpty else {
        let text = state.repaint
        state.repaint = nil
        return text
      }
      var count = 1
      var text = state.texts[0]
      while count < state.texts.count, text.count + state.texts[count].count <= 4096 {
        text += state.texts[count]
        count += 1
      }
      state.texts.removeFirst(count)
      state.byteCount -= text.count
      return text
    }
  }
}
