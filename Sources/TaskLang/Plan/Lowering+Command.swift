extension Lowering {
  /// A body between the affixes in force.
  borrowing func command(_ body: Range<Int>, _ bytes: Span<UInt8>) -> [UInt8] {
    var command: [UInt8] = []
    command.append(prefix.bytes, body, of: bytes, suffix.bytes)
    return command
  }
}
