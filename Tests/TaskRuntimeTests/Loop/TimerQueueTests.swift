import TaskRuntime
import TaskScheduler
import TestSupport
import Testing

@Suite struct TimerQueueTests {
  private func at(_ nanoseconds: Int64) -> Instant { Instant(nanoseconds: nanoseconds) }

  /// All keys that are due, in their order.
  private func keys<Key>(of queue: inout TimerQueue<Key>, at now: Int64) -> [Key] {
    var keys: [Key] = []
    while let key = queue.takeDue(at: at(now)) { keys.append(key) }
    return keys
  }

  @Test func `deadlines come out soonest first, equal ones in the order in which they were armed`()
  {
    var queue = TimerQueue<Int>()
    for (index, deadline) in [50, 10, 30, 10, 50, 20].enumerated() {
      queue.arm(index, at: at(Int64(deadline)))
    }
    #expect(queue.nextDeadline == at(10))
    #expect(keys(of: &queue, at: 100) == [1, 3, 5, 2, 0, 4])
    #expect(queue.nextDeadline == nil)
  }

  @Test func `nothing is due before its time`() {
    var queue = TimerQueue<String>()
    queue.arm("later", at: at(11))
    #expect(queue.takeDue(at: at(10)) == nil)
    #expect(queue.takeDue(at: at(11)) == "later")
    #expect(queue.count == 0)
    #expect(!queue.isArmed("later"))
  }

  @Test(arguments: [5, 20, 25, 30, 35] as [Int64])
  func `a key that is armed again falls due once, at its new time`(moment: Int64) {
    var queue = TimerQueue<String>()
    for (key, deadline) in [("a", 10), ("b", 20), ("c", 30)] as [(String, Int64)] {
      queue.arm(key, at: at(deadline))
    }
    queue.arm("b", at: at(moment))
    #expect(queue.count == 3)
    let expected = [(10, "a"), (30, "c"), (moment, "b")].sorted { $0.0 < $1.0 }.map(\.1)
    #expect(keys(of: &queue, at: 100) == expected)
  }

  @Test func `a key that is armed again stands behind the others of its moment`() {
    var queue = TimerQueue<String>()
    for key in ["a", "b", "c"] { queue.arm(key, at: at(10)) }
    queue.arm("a", at: at(10))
    #expect(keys(of: &queue, at: 10) == ["b", "c", "a"])
  }

  @Test(arguments: ["a", "b", "c", "none"])
  func `a key that is disarmed does not fall due, and the others do`(key: String) {
    var queue = TimerQueue<String>()
    for (key, deadline) in [("a", 10), ("b", 20), ("c", 30)] as [(String, Int64)] {
      queue.arm(key, at: at(deadline))
    }
    queue.disarm(key)
    queue.disarm(key)
    #expect(keys(of: &queue, at: 100) == ["a", "b", "c"].filter { $0 != key })
    queue.arm(key, at: at(40))
    #expect(keys(of: &queue, at: 100) == [key])
  }

  @Test func `ten thousand keys that are armed, armed again and disarmed leave in order`() {
    var queue = TimerQueue<Int>()
    var model: [Int: (deadline: Int64, order: Int)] = [:]
    var random = SplitMix(seed: 7)
    for step in 0..<40_000 {
      let key = Int(random.next() % 10_000)
      if step % 4 == 3 {
        queue.disarm(key)
        model[key] = nil
      } else {
        let deadline = Int64(random.next() % 1000)
        queue.arm(key, at: at(deadline))
        model[key] = (deadline, step)
      }
    }
    #expect(queue.count == model.count)
    #expect(queue.nextDeadline == model.values.map(\.deadline).min().map { at($0) })
    let expected = model.sorted {
      ($0.value.deadline, $0.value.order) < ($1.value.deadline, $1.value.order)
    }
    #expect(keys(of: &queue, at: 999) == expected.map(\.key))
  }
}
