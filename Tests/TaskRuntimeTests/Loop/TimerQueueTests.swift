import TaskRuntime
import TaskScheduler
import Testing

@Suite struct TimerQueueTests {
  @Test func `deadlines come out soonest first, equal ones in the order they went in`() {
    var queue = TimerQueue<Int>()
    for (index, deadline) in [50, 10, 30, 10, 50, 20].enumerated() {
      queue.add(index, at: Instant(nanoseconds: Int64(deadline)))
    }
    #expect(queue.nextDeadline == Instant(nanoseconds: 10))
    var order: [Int] = []
    while let payload = queue.takeDue(at: Instant(nanoseconds: 100)) { order.append(payload) }
    #expect(order == [1, 3, 5, 2, 0, 4])
    #expect(queue.nextDeadline == nil)
  }

  @Test func `nothing is due before its time`() {
    var queue = TimerQueue<String>()
    queue.add("later", at: Instant(nanoseconds: 11))
    #expect(queue.takeDue(at: Instant(nanoseconds: 10)) == nil)
    #expect(queue.takeDue(at: Instant(nanoseconds: 11)) == "later")
    #expect(queue.count == 0)
  }

  @Test func `many deadlines leave in rising order`() {
    var queue = TimerQueue<Int64>()
    var state: UInt64 = 7
    for _ in 0..<1000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let deadline = Int64(state >> 50)
      queue.add(deadline, at: Instant(nanoseconds: deadline))
    }
    var last: Int64 = -1
    for _ in 0..<1000 {
      guard let deadline = queue.takeDue(at: Instant(nanoseconds: .max)) else {
        Issue.record("the queue lost a deadline")
        return
      }
      #expect(deadline >= last)
      last = deadline
    }
  }
}
