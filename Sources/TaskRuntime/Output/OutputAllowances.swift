import TaskScheduler

/// How much output of each attempt is kept (`--output-limit`), both streams together.
struct OutputAllowances {
  private struct Key: Hashable {
    var task: TaskID
    var attempt: Attempt
  }

  private struct Account {
    /// How many bytes may still be kept.
    var left: Int64
    /// How many were not.
    var cut: Int64 = 0
    /// Outputs whose end has not come.
    var openCount = 0
  }

  private let limit: Int64
  private var accounts: [Key: Account] = [:]

  /// Allows each attempt this many bytes.
  init(limit: Int64) {
    self.limit = limit
  }

  private static func key(_ origin: OutputOrigin) -> Key {
    Key(task: origin.task, attempt: origin.attempt)
  }

  /// Takes note that an output begins.
  mutating func open(_ origin: OutputOrigin) {
    accounts[Self.key(origin), default: Account(left: limit)].openCount += 1
  }

  /// Whether nothing more of an output is kept.
  func isSpent(_ origin: OutputOrigin) -> Bool { accounts[Self.key(origin)]?.left == 0 }

  /// How many of the bytes that arrived are kept: the first ones.
  mutating func admit(_ count: Int, of origin: OutputOrigin) -> Int {
    let key = Self.key(origin)
    guard let left = accounts[key]?.left else { return count }
    let kept = min(Int64(count), left)
    accounts[key]?.left -= kept
    accounts[key]?.cut += Int64(count) - kept
    return Int(kept)
  }

  /// Takes note that an output has ended.
  ///
  /// - Returns: How many bytes of the attempt were not kept, once both its outputs have ended.
  mutating func close(_ origin: OutputOrigin) -> Int64 {
    let key = Self.key(origin)
    guard let account = accounts[key] else { return 0 }
    guard account.openCount <= 1 else {
      accounts[key]?.openCount -= 1
      return 0
    }
    accounts[key] = nil
    return account.cut
  }
}
