/// A first-in-first-out queue that allocates only when it grows.
///
/// Removed elements are not destroyed before their place is used again, so it is meant for plain values.
struct RingQueue<Element: Sendable>: Sendable {
  private var storage: ContiguousArray<Element> = []
  private var head = 0

  /// How many elements wait.
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// The element that `popFirst` takes next.
  var first: Element? { isEmpty ? nil : storage[head] }

  /// The element `offset` places behind the first.
  subscript(offset: Int) -> Element {
    precondition(offset < count, "a queue of \(count) has no element \(offset)")
    return storage[(head + offset) & (storage.count - 1)]
  }

  /// Appends `element` at the end.
  ///
  /// - Complexity: O(1), amortised.
  mutating func append(_ element: Element) {
    if count == storage.count { grow(with: element) }
    storage[(head + count) & (storage.count - 1)] = element
    count += 1
  }

  /// Puts `element` in the place of the first.
  mutating func replaceFirst(with element: Element) {
    precondition(!isEmpty, "an empty queue has no first element")
    storage[head] = element
  }

  /// Removes the first element.
  @discardableResult
  mutating func popFirst() -> Element? {
    guard !isEmpty else { return nil }
    let element = storage[head]
    head = (head + 1) & (storage.count - 1)
    count -= 1
    return element
  }

  /// Doubles the room; its size stays a power of two so that wrapping is a mask.
  private mutating func grow(with filler: Element) {
    var larger: ContiguousArray<Element> = []
    let capacity = max(8, storage.count * 2)
    larger.reserveCapacity(capacity)
    for offset in 0..<count { larger.append(self[offset]) }
    while larger.count < capacity { larger.append(filler) }
    storage = larger
    head = 0
  }
}
