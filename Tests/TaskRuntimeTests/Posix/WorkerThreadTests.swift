import Synchronization
import TaskRuntime
import TaskScheduler
import Testing

@Suite(.timeLimit(.minutes(2))) struct WorkerThreadTests {
  /// Numbers that are handed over, and where they go.
  private final class Work: Sendable {
    let waiting = Mutex<[Int]>([])
    let done = Mutex<[Int]>([])
    let lastRounds = Mutex(0)
    let thread: WorkerThread
    /// Rings when a round stands at the gate, which it passes when that rings.
    let arrival: Wakeup
    let gate: Wakeup

    init(isGated: Bool = false) throws {
      thread = try WorkerThread()
      arrival = try Wakeup(waits: true)
      gate = try Wakeup(waits: true)
      try thread.start { [self] isLast in
        let numbers = waiting.withLock { numbers in
          defer { numbers = [] }
          return numbers
        }
        if isGated {
          arrival.ring()
          gate.answer()
        }
        done.withLock { $0 += numbers }
        if isLast { lastRounds.withLock { $0 += 1 } }
      }
    }

    func submit(_ number: Int) {
      waiting.withLock { $0.append(number) }
      thread.ring()
    }

    var result: [Int] { done.withLock { $0 } }
    var left: [Int] { waiting.withLock { $0 } }
    var lastRoundCount: Int { lastRounds.withLock { $0 } }
  }

  private var soon: Instant { Clock.now + .milliseconds(20) }
  private var late: Instant { Clock.now + .seconds(60) }

  @Test(arguments: [true, false])
  func `all that was submitted before the end is done, in its order`(isPatient: Bool) throws {
    let work = try Work()
    for number in 0..<10_000 { work.submit(number) }
    #expect(!work.thread.hasFinished)
    if isPatient {
      #expect(work.thread.finish(by: late))
    } else {
      work.thread.finish()
    }
    #expect(work.thread.hasFinished)
    #expect(work.result == Array(0..<10_000))
    #expect(work.lastRoundCount == 1)
  }

  @Test func `a round that hangs is left where it is, and ended when it goes on`() throws {
    let work = try Work(isGated: true)
    work.submit(1)
    work.arrival.answer()
    #expect(!work.thread.finish(by: soon))
    #expect(!work.thread.hasFinished)
    #expect(work.result.isEmpty)
    // One for the round that hangs, one for the last.
    for _ in 0..<2 { work.gate.ring() }
    var isOver = work.thread.finish(by: soon)
    while !isOver {
      work.gate.ring()
      isOver = work.thread.finish(by: soon)
    }
    #expect(work.result == [1])
  }

  @Test func `what is submitted after the end stays where it is, and ends nothing twice`() throws {
    let work = try Work()
    work.submit(1)
    work.thread.finish()
    work.submit(2)
    #expect(work.result == [1])
    #expect(work.left == [2])
    #expect(!work.thread.waitForRound(until: soon))
    work.thread.finish()
    #expect(work.thread.finish(by: soon))
    #expect(work.lastRoundCount == 1)
    #expect(work.left == [2])
  }

  @Test func `who waits for a round waits for one that saw its work`() throws {
    let work = try Work()
    for number in 0..<1000 {
      work.submit(number)
      #expect(work.thread.waitForRound(until: late))
      #expect(work.result.count == number + 1)
    }
    work.thread.finish()
  }

  @Test func `who waits for a round that hangs waits as long as there is time`() throws {
    let work = try Work(isGated: true)
    work.submit(1)
    work.arrival.answer()
    #expect(!work.thread.waitForRound(until: soon))
    work.submit(2)
    work.gate.ring()
    // The round that hung saw nothing of the second.
    work.arrival.answer()
    #expect(work.result == [1])
    work.gate.ring()
    #expect(work.thread.waitForRound(until: soon) == false)
    work.thread.requestFinish()
    while !work.thread.finish(by: soon) { work.gate.ring() }
    #expect(work.result == [1, 2])
  }

  @Test func `the answer rings behind each round`() throws {
    let work = try Work()
    for number in 0..<100 {
      work.submit(number)
      let hasRung = work.thread.answer.waitForRing(until: late)
      #expect(hasRung)
      work.thread.answer.answer()
      #expect(work.result.count == number + 1)
    }
    work.thread.finish()
  }
}
