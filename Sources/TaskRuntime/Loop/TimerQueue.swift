package import TaskScheduler

/// Deadlines in order, soonest first.
///
/// A binary heap of values; it reads no clock. Cancelling is lazy: whoever takes a deadline decides
/// whether it still means something.
package struct TimerQueue<Payload: Sendable>: Sendable {
  private struct Entry: Sendable {
    var deadline: Instant
    /// Entries of one deadline come out in the order they went in.
    var order: UInt64
    var payload: Payload

    func isBefore(_ other: Entry) -> Bool {
      deadline != other.deadline ? deadline < other.deadline : order < other.order
    }
  }

  private var heap: ContiguousArray<Entry> = []
  private var nextOrder: UInt64 = 0

  /// Makes an empty queue.
  package init() {}

  /// How many deadlines are waiting.
  package var count: Int { heap.count }

  /// The soonest deadline.
  package var nextDeadline: Instant? { heap.first?.deadline }

  /// Adds a deadline.
  ///
  /// - Complexity: O(log n).
  package mutating func add(_ payload: Payload, at deadline: Instant) {
    heap.append(Entry(deadline: deadline, order: nextOrder, payload: payload))
    nextOrder &+= 1
    siftUp(heap.count - 1)
  }

  /// Takes the soonest payload whose deadline is not after `now`.
  ///
  /// - Complexity: O(log n).
  package mutating func takeDue(at now: Instant) -> Payload? {
    guard let first = heap.first, first.deadline <= now else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      siftDown(0)
    }
    return first.payload
  }

  private mutating func siftUp(_ start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard heap[index].isBefore(heap[parent]) else { return }
      heap.swapAt(index, parent)
      index = parent
    }
  }

  private mutating func siftDown(_ start: Int) {
    var index = start
    while true {
      var smallest = index
      for child in (2 * index + 1)...(2 * index + 2)
      where child < heap.count && heap[child].isBefore(heap[smallest]) {
        smallest = child
      }
      guard smallest != index else { return }
      heap.swapAt(index, smallest)
      index = smallest
    }
  }
}
