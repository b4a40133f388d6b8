/// DB216: the same command twice.
///
/// Commands are compared by a hash of 128 bits, and only the first 100,000 are remembered.
struct DuplicateTasks: Sendable {
  private static let limit = 100_000

  private struct Key: Sendable, Hashable {
    var first: UInt64
    var second: UInt64
  }

  private var lines: [Key: Int] = [:]

  /// Looks at a task.
  mutating func check(
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    _ findings: inout Findings
  ) {
    let command = lowering.command(piece, bytes)
    let isOwn =
      command.span.contains("DISBATCH_TASKID", in: command.indices)
      || command.span.contains("DISBATCH_STREAM_INDEX", in: command.indices)
    guard !isOwn else { return }
    let key = Self.key(of: command)
    if let first = lines[key] {
      findings.add(.duplicateTask) {
        Diagnostic(
          .duplicateTask,
          "line \(first) runs the same command",
          at: line.label(piece, in: bytes)
        )
      }
    } else if lines.count < Self.limit {
      lines[key] = line.number
    }
  }

  /// Two hashes that have nothing in common; the same in every run.
  private static func key(of bytes: [UInt8]) -> Key {
    var first = StableHash()
    var second: UInt64 = 0x9E37_79B9_7F4A_7C15
    for byte in bytes {
      first.combine(byte)
      second = (second &+ UInt64(byte) &+ 1) &* 0xBF58_476D_1CE4_E5B9
      second ^= second >> 29
    }
    return Key(first: first.value, second: second)
  }
}
