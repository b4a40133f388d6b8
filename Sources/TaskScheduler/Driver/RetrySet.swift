/// The tasks that wait for another attempt, the one due first on top: a binary heap.
struct RetrySet: Sendable {
  private var heap: ContiguousArray<Retry> = []

  /// How many tasks wait.
  var count: Int { heap.count }

  var isEmpty: Bool { heap.isEmpty }

  /// The one due first, of several the one with the smallest id.
  var first: Retry? { heap.first }

  /// All that wait, in no order that means anything.
  var all: ContiguousArray<Retry> { heap }

  /// Adds a task.
  ///
  /// - Complexity: O(log n)
  mutating func insert(_ retry: Retry) {
    heap.append(retry)
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the task that is due first.
  ///
  /// - Complexity: O(log n)
  mutating func popFirst() -> Retry? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else { return last }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in (2 * parent + 1)...(2 * parent + 2)
      where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      if least == parent { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
