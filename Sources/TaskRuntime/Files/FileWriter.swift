import Synchronization
package import TaskScheduler

/// The thread that writes files, so that a file server that hangs stops nothing but them.
///
/// Work is done in the order it is submitted. `answer` rings when there is progress.
package final class FileWriter: Sendable {
  /// Lines for a file.
  package struct Job: Sendable {
    package var file: any LineFile
    package var lines: ContiguousArray<UInt8>
    /// The last row among the lines; `nil` for a log, whose loss is borne.
    package var row: RowNumber?
    /// Whether they are to survive a crash of the host.
    package var isDurable: Bool

    package init(
      file: any LineFile,
      lines: ContiguousArray<UInt8>,
      row: RowNumber? = nil,
      isDurable: Bool = false
    ) {
      self.file = file
      self.lines = lines
      self.row = row
      self.isDurable = isDurable
    }
  }

  /// How far the thread has come.
  package struct Progress: Sendable {
    /// All rows up to this one are with the kernel.
    package var writtenRow = RowNumber.none
    /// How many jobs with rows are done.
    package var doneRowJobs = 0
    /// Why the rows behind it are not, if they were tried.
    package var failure: Errno?
  }

  private struct State {
    var jobs: [Job] = []
    /// Bytes of jobs that are not done.
    var waitingBytes = 0
    var progress = Progress()
  }

  private let thread: WorkerThread
  private let state = Mutex(State())

  /// Starts the thread.
  ///
  /// - Throws: when the process has too many threads or descriptors.
  package init() throws(Errno) {
    thread = try WorkerThread()
    try thread.start { [self] _ in work() }
  }

  /// Rings when there is progress.
  package var answer: Wakeup { _read { yield thread.answer } }

  /// Hands over lines; if rows failed before, they are tried again first.
  package func submit(_ job: Job) {
    state.withLock { state in
      state.jobs.append(job)
      state.waitingBytes += job.lines.count
    }
    thread.ring()
  }

  /// Bytes that were submitted and are not written.
  package var waitingByteCount: Int { state.withLock(\.waitingBytes) }

  /// Tries again what failed.
  package func retry() { thread.ring() }

  /// How far the thread has come.
  package var progress: Progress { state.withLock { $0.progress } }

  /// Has the thread end when it has done, or tried, all that was submitted; `answer` rings then.
  package func requestFinish() { thread.requestFinish() }

  /// Whether the thread has ended, or is about to without waiting for anything.
  package var hasFinished: Bool { thread.hasFinished }

  /// Ends the thread when it has done, or tried, all that was submitted, and waits for that.
  ///
  /// - Returns: the lines of rows that could not be written.
  package func finish() -> ContiguousArray<UInt8> {
    thread.finish()
    return state.withLock { state in
      state.jobs.reduce(into: []) { $0.append(contentsOf: $1.lines) }
    }
  }

  /// Ends the thread when it has done all that was submitted, or leaves it where it waits.
  ///
  /// - Parameter patience: How long to wait for it; the thread then goes with the process.
  package func finish(within patience: Interval) {
    thread.finish(by: Clock.now + patience)
  }

  private func work() {
    var backlog: [Job] = []
    state.withLock { swap(&backlog, &$0.jobs) }
    perform(&backlog)
    state.withLock { state in
      // Rows that failed before stand in front of those that came meanwhile.
      state.jobs.insert(contentsOf: backlog, at: 0)
      state.waitingBytes = state.jobs.reduce(0) { $0 + $1.lines.count }
    }
  }

  /// Does what can be done, and leaves the rows that cannot be written.
  private func perform(_ backlog: inout [Job]) {
    var failure: Errno?
    var left: [Job] = []
    for index in backlog.indices {
      guard let row = backlog[index].row else {
        try? backlog[index].file.write(&backlog[index].lines)
        continue
      }
      if failure == nil {
        do {
          try backlog[index].file.write(&backlog[index].lines)
          if backlog[index].isDurable { try backlog[index].file.makeDurable() }
          state.withLock { state in
            state.progress.writtenRow = row
            state.progress.doneRowJobs += 1
          }
        } catch {
          failure = error
        }
      }
      if failure != nil { left.append(backlog[index]) }
    }
    state.withLock { $0.progress.failure = failure }
    backlog = left
  }
}
