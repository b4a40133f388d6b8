import Synchronization

/// Where output is kept; one thread at a time uses it, and it may wait for a file server.
package protocol OutputStore {
  /// Puts pieces where they belong, in their order.
  ///
  /// What cannot be kept is noted and not tried again: nobody waits for a full disk.
  mutating func keep(_ chunks: [OutputChunk]) -> OutputLoss

  /// Brings to its end what was kept so far; nothing follows.
  mutating func finish() -> OutputLoss

  /// What the user should know, since the last question: no loss, else it would be one.
  mutating func takeNotices() -> [String]
}

extension OutputStore {
  package mutating func takeNotices() -> [String] { [] }
}

/// The thread that keeps output, so that a slow disk stops nothing but the output for it.
///
/// It holds what is submitted until it is kept; whoever submits bounds that by what was settled.
package final class OutputWriter: Sendable {
  /// What became of pieces since the last question.
  package struct Progress: Sendable {
    /// The cost of what is done with, kept or not, by who submitted it.
    package var settled: [Int32: Int] = [:]
    package var loss = OutputLoss()
    /// What the user should know besides.
    package var notices: [String] = []
  }

  private struct Job {
    var sender: Int32
    var chunk: OutputChunk
  }

  private struct State {
    var jobs: [Job] = []
    var progress = Progress()
  }

  private let thread: WorkerThread
  private let state = Mutex(State())
  private let store: Mutex<any OutputStore>

  /// Starts the thread.
  ///
  /// - Parameter store: Where output is kept; the thread has it from now on.
  /// - Throws: when the process has too many threads or descriptors.
  package init(_ store: sending any OutputStore) throws(Errno) {
    thread = try WorkerThread()
    self.store = Mutex(store)
    try thread.start { [self] isLast in work(isLast: isLast) }
  }

  /// Rings when there is progress.
  package var answer: Wakeup { _read { yield thread.answer } }

  /// Hands over pieces, in their order.
  ///
  /// - Parameters:
  ///   - chunks: The pieces.
  ///   - sender: Who is to be told that they are settled.
  package func submit(_ chunks: some Sequence<OutputChunk>, from sender: Int32 = 0) {
    state.withLock { state in
      state.jobs.append(contentsOf: chunks.map { Job(sender: sender, chunk: $0) })
    }
    thread.ring()
  }

  /// What became of pieces since the last call.
  package func takeProgress() -> Progress {
    answer.answer()
    return state.withLock { state in
      defer { state.progress = Progress() }
      return state.progress
    }
  }

  /// Has the thread end when it has done all that was submitted; `answer` rings then.
  package func finish() { thread.requestFinish() }

  /// Whether the thread has done all, and kept output is at its end.
  package var isDone: Bool { thread.hasFinished }

  /// Waits until the thread has ended, which it does after `finish`.
  package func join() { thread.finish() }

  private func work(isLast: Bool) {
    var jobs: [Job] = []
    state.withLock { swap(&jobs, &$0.jobs) }
    var loss = store.withLock { $0.keep(jobs.map(\.chunk)) }
    if isLast { loss.add(store.withLock { $0.finish() }) }
    let notices = store.withLock { $0.takeNotices() }
    state.withLock { state in
      state.progress.notices += notices
      for job in jobs { state.progress.settled[job.sender, default: 0] += job.chunk.cost }
      state.progress.loss.add(loss)
    }
  }
}
