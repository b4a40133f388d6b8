import Synchronization
package import TaskScheduler

/// A thread that works in rounds on what others leave for it.
///
/// Whoever has work puts it where the round finds it, and rings. Each ring is followed by a round that begins
/// after it; many rings may be followed by one. `answer` rings behind each round. The last round begins after
/// the end was asked for, so it finds all that was left before; what is left later stays where it is.
package final class WorkerThread: Sendable {
  private struct State {
    var isFinishing = false
    var hasFinished = false
    /// How many rounds were asked for by name, and how many of these wishes are fulfilled.
    var wishes = 0
    var fulfilled = 0
  }

  /// Rings when a round is over; answering does not wait.
  package let answer: Wakeup
  private let bell: Wakeup
  private let state = Mutex(State())
  private let thread = Mutex<Thread?>(nil)

  /// Makes a thread that does not run yet.
  ///
  /// - Throws: when there are too many descriptors.
  package init() throws(Errno) {
    answer = try Wakeup(waits: false)
    bell = try Wakeup(waits: true)
  }

  /// Starts the thread; it lives until it is asked to end, and so does what `round` has hold of.
  ///
  /// - Parameter round: Does the work that is there, and is told whether it is called for the last time.
  /// - Throws: when there are too many threads.
  package func start(_ round: @escaping @Sendable (_ isLast: Bool) -> Void) throws(Errno) {
    try thread.withLock { thread throws(Errno) in
      precondition(thread == nil, "a thread is started once")
      thread = try Thread { [self] in serve(round) }
    }
  }

  private func serve(_ round: (Bool) -> Void) {
    var isLast = false
    while !isLast {
      bell.answer()
      let wishes = state.withLock { state in
        isLast = state.isFinishing
        return state.wishes
      }
      round(isLast)
      state.withLock { state in
        state.fulfilled = wishes
        state.hasFinished = isLast
      }
      answer.ring()
    }
  }

  /// Says that there is work.
  package func ring() { bell.ring() }

  /// Waits until a round is over that began after this call.
  ///
  /// - Returns: Whether there was one; `false` when the time is over, or the thread has ended.
  package func waitForRound(until deadline: Instant) -> Bool {
    let wish = state.withLock { state in
      state.wishes += 1
      return state.wishes
    }
    bell.ring()
    return wait(until: deadline) { $0.fulfilled >= wish || $0.hasFinished }
      && state.withLock { $0.fulfilled >= wish }
  }

  // MARK: The end

  /// Asks for the end, behind one more round.
  package func requestFinish() {
    state.withLock { $0.isFinishing = true }
    bell.ring()
  }

  /// Whether the last round is over.
  package var hasFinished: Bool { state.withLock { $0.hasFinished } }

  /// Ends the thread, and waits for that as long as it takes.
  package func finish() {
    requestFinish()
    let thread = self.thread.withLock { $0.take() }
    thread?.join()
  }

  /// Ends the thread, or leaves it where it hangs, from where it goes with the process.
  ///
  /// - Parameter deadline: Until when to wait for it.
  /// - Returns: Whether it has ended.
  @discardableResult
  package func finish(by deadline: Instant) -> Bool {
    requestFinish()
    guard wait(until: deadline, for: \.hasFinished) else { return false }
    finish()
    return true
  }

  private func wait(until deadline: Instant, for condition: (borrowing State) -> Bool) -> Bool {
    while !state.withLock({ condition($0) }) {
      guard answer.waitForRing(until: deadline) else { return state.withLock { condition($0) } }
      answer.answer()
    }
    return true
  }
}
