extension [UInt8] {
  /// Appends a body between the affixes in force, in one go.
  ///
  /// - Complexity: O(length); one look at the capacity for the three parts.
  @inline(__always)
  mutating func append(
    _ prefix: [UInt8],
    _ body: Range<Int>,
    of line: Span<UInt8>,
    _ suffix: [UInt8]
  ) {
    let length = prefix.count + body.count + suffix.count
    append(addingCapacity: length) { room in
      // Safe: the room is `length` bytes, the three parts together.
      unsafe room.withUnsafeMutableBufferPointer { target, written in
        guard var end = target.baseAddress else { return }
        unsafe prefix.withUnsafeBufferPointer { part in
          guard let start = part.baseAddress else { return }
          unsafe end.initialize(from: start, count: part.count)
          unsafe end += part.count
        }
        unsafe line.withUnsafeBufferPointer { part in
          guard let start = part.baseAddress else { return }
          unsafe end.initialize(from: start + body.lowerBound, count: body.count)
          unsafe end += body.count
        }
        unsafe suffix.withUnsafeBufferPointer { part in
          guard let start = part.baseAddress else { return }
          unsafe end.initialize(from: start, count: part.count)
        }
        written = length
      }
    }
  }
}
