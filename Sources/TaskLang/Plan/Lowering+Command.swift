extension Lowering {
  /// A body between the affixes in force.
  borrowing func command(_ body: Range<Int>, _ bytes: Span<UInt8>) -> [UInt8] {
    var command: [UInt8] = []
    command.reserveCapacity(prefix.bytes.count + body.count + suffix.bytes.count)
    command.append(contentsOf: prefix.bytes)
    // Safe: the body lies within the line.
    unsafe bytes.withUnsafeBufferPointer { line in
      unsafe command.append(contentsOf: line[body])
    }
    command.append(contentsOf: suffix.bytes)
    return command
  }
}
