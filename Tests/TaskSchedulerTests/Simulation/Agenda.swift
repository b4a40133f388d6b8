import TaskScheduler

/// What is going to happen, the soonest first; of things at one instant the first put in.
struct Agenda<What> {
  private struct Entry {
    let at: Instant
    let order: Int
    let what: What

    func isBefore(_ other: Entry) -> Bool { at != other.at ? at < other.at : order < other.order }
  }

  private var heap: [Entry] = []
  private var entryCount = 0

  var isEmpty: Bool { heap.isEmpty }

  mutating func add(_ what: What, at instant: Instant) {
    heap.append(Entry(at: instant, order: entryCount, what: what))
    entryCount += 1
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func next() -> (at: Instant, what: What)? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else { return (last.at, last.what) }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) { least = child }
      if least == parent { return (first.at, first.what) }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
