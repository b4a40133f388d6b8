/// What a row of a status file is about, as its flags show.
package enum StatusKind: Hashable, Sendable {
  /// An attempt of a task that counts.
  case task
  /// A command that ran for an engine (P).
  case perEngine
  /// A task that an earlier run ended (S).
  case skipped
  /// An attempt that does not count (Z): a resume ignores it, so the task runs again.
  case uncounted
  /// A barrier that was met (B), or one that looked at failures (C).
  case barrier(check: Bool)

  /// The letter that says so: the first of the flags for a barrier, the fourth for all else.
  var letter: UInt8 {
    switch self {
    case .task: UInt8(ascii: " ")
    case .perEngine: UInt8(ascii: "P")
    case .skipped: UInt8(ascii: "S")
    case .uncounted: UInt8(ascii: "Z")
    case .barrier(let check): UInt8(ascii: check ? "C" : "B")
    }
  }

  /// The kind of a row with these flags; nil when they are none of the known forms.
  init?(flags: Span<UInt8>) {
    guard flags.count >= 4 else { return nil }
    switch flags[0] {
    case Self.barrier(check: false).letter: self = .barrier(check: false)
    case Self.barrier(check: true).letter: self = .barrier(check: true)
    default:
      func isFlag(_ index: Int, _ letter: UInt8) -> Bool {
        flags[index] == UInt8(ascii: " ") || flags[index] == letter
      }
      guard flags.count == 4, isFlag(0, UInt8(ascii: "R")), isFlag(1, UInt8(ascii: "O")),
        isFlag(2, UInt8(ascii: "E"))
      else { return nil }
      switch flags[3] {
      case Self.task.letter: self = .task
      case Self.perEngine.letter: self = .perEngine
      case Self.skipped.letter: self = .skipped
      case Self.uncounted.letter: self = .uncounted
      default: return nil
      }
    }
  }
}
