/// Every way to make a series of choices, one after another.
///
/// A program that takes all its decisions from `pick` is run again until `next` says that every
/// combination was there. The choices that a run needs may depend on those it made.
struct Choices {
  private var digits: [(value: Int, count: Int)] = []
  private var position = 0

  /// One of the numbers below `count`.
  mutating func pick(below count: Int) -> Int {
    if position == digits.count { digits.append((0, count)) }
    defer { position += 1 }
    return digits[position].value
  }

  /// Goes on to the next combination; false when there is none.
  mutating func next() -> Bool {
    position = 0
    while let last = digits.popLast() {
      guard last.value + 1 == last.count else {
        digits.append((last.value + 1, last.count))
        return true
      }
    }
    return false
  }
}
