package import TaskScheduler

/// Deadlines by key, soonest first: each key has one, and a later `arm` replaces an earlier.
///
/// A binary heap of values, which reads no clock; a dictionary knows where each key stands in it.
package struct TimerQueue<Key: Hashable & Sendable>: Sendable {
  private struct Entry: Sendable {
    var deadline: Instant
    /// Entries of one deadline come out in the order in which they were armed.
    var order: UInt64
    var key: Key

    func isBefore(_ other: Entry) -> Bool {
      deadline != other.deadline ? deadline < other.deadline : order < other.order
    }
  }

  private var heap: ContiguousArray<Entry> = []
  private var positions: [Key: Int] = [:]
  private var nextOrder: UInt64 = 0

  /// Makes an empty queue.
  package init() {}

  /// How many keys are armed.
  package var count: Int { heap.count }

  /// The soonest deadline.
  package var nextDeadline: Instant? { heap.first?.deadline }

  /// Whether a key is armed.
  package func isArmed(_ key: Key) -> Bool { positions[key] != nil }

  /// Has a key fall due at a moment, and not at the one it was armed for before.
  ///
  /// - Complexity: O(log n).
  package mutating func arm(_ key: Key, at deadline: Instant) {
    let entry = Entry(deadline: deadline, order: nextOrder, key: key)
    nextOrder &+= 1
    if let position = positions[key] {
      heap[position] = entry
      settle(position)
    } else {
      positions[key] = heap.count
      heap.append(entry)
      siftUp(heap.count - 1)
    }
  }

  /// Has a key not fall due any more; one that is not armed stays so.
  ///
  /// - Complexity: O(log n).
  package mutating func disarm(_ key: Key) {
    guard let position = positions.removeValue(forKey: key) else { return }
    let last = heap.removeLast()
    guard position < heap.count else { return }
    heap[position] = last
    positions[last.key] = position
    settle(position)
  }

  /// Disarms the key that is due first at `now`, and returns it.
  ///
  /// - Complexity: O(log n).
  package mutating func takeDue(at now: Instant) -> Key? {
    guard let first = heap.first, first.deadline <= now else { return nil }
    disarm(first.key)
    return first.key
  }

  /// Moves an entry that may be too high or too low.
  private mutating func settle(_ position: Int) {
    siftDown(position)
    siftUp(position)
  }

  private mutating func siftUp(_ start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard heap[index].isBefore(heap[parent]) else { return }
      swap(index, parent)
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
      swap(index, smallest)
      index = smallest
    }
  }

  private mutating func swap(_ first: Int, _ second: Int) {
    heap.swapAt(first, second)
    positions[heap[first].key] = first
    positions[heap[second].key] = second
  }
}
