/// The first and the last bytes of an output, and how many there were.
///
/// Up to 40 bytes are kept whole; of more, the first 40 and as many of the rest's last as make 40.
package struct OutputSnippet: Sendable, Equatable {
  /// How many bytes are kept at either end.
  package static let edge = 40

  /// How many bytes came in all.
  package private(set) var byteCount: Int64 = 0
  private var head: ContiguousArray<UInt8> = []
  private var tail: ContiguousArray<UInt8> = []

  /// Makes the snippet of an empty output.
  package init() {}

  /// Forgets everything; the room stays.
  package mutating func reset() {
    byteCount = 0
    head.removeAll(keepingCapacity: true)
    tail.removeAll(keepingCapacity: true)
  }

  /// Takes the next bytes of the output.
  package mutating func append(_ bytes: Span<UInt8>) {
    byteCount += Int64(bytes.count)
    var next = 0
    while head.count < Self.edge, next < bytes.count {
      head.append(bytes[next])
      next += 1
    }
    let rest = bytes.count - next
    guard rest > 0 else { return }
    let kept = max(0, Self.edge - rest)
    if tail.count > kept { tail.removeFirst(tail.count - kept) }
    for index in max(next, bytes.count - Self.edge)..<bytes.count { tail.append(bytes[index]) }
  }

  /// Appends what was kept, with `...` between the ends of a longer output.
  package func write(to bytes: inout ContiguousArray<UInt8>) {
    bytes.append(contentsOf: head)
    guard !tail.isEmpty else { return }
    bytes.append(contentsOf: [UInt8](repeating: UInt8(ascii: "."), count: 3))
    bytes.append(contentsOf: tail)
  }
}
