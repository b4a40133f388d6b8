/// Keys in even steps, each with its line, in the room of a few: what files are named by that count up.
///
/// A row of keys is known by its first, its step and their number. Whether a key is in it, and where, is
/// one multiplication with the inverse of the step.
struct NumberedKeys: Sendable {
  /// Keys from `first` on in steps, modulo 2^64.
  private struct Row: Sendable {
    var first: UInt64
    var step: UInt64
    /// What `step >> shift`, which is odd, multiplies with to 1.
    var inverse: UInt64
    var shift: UInt64
    var count: UInt64 = 1
    var line: Int
    var lineStep: Int

    init?(_ key: UInt64, line: Int, behind other: Entry) {
      first = key
      step = key &- other.key
      self.line = line
      lineStep = line - other.line
      shift = UInt64(step.trailingZeroBitCount)
      // A step that ends in many zeros comes round again too soon.
      guard shift <= 16 else { return nil }
      let odd = step >> shift
      inverse = odd
      for _ in 0..<5 { inverse = inverse &* (2 &- odd &* inverse) }
    }

    /// Which of the keys it is; nil for none of them.
    @inline(__always)
    func index(of key: UInt64) -> UInt64? {
      let distance = key &- first
      let index = ((distance >> shift) &* inverse) & (UInt64.max >> shift)
      return index < count && index &* step == distance ? index : nil
    }

    @inline(__always)
    func isFollowed(by key: UInt64, _ line: Int) -> Bool {
      key == first &+ count &* step && line == self.line + Int(count) * lineStep
    }
  }

  /// A key that is in no row.
  struct Entry: Sendable {
    var key: UInt64
    var line: Int
  }

  /// Rows at once.
  private static let rowLimit = 16
  /// Keys that are looked back on for a new row.
  private static let recentLimit = 8
  /// A row of fewer keys may be given up for another.
  private static let shortRow: UInt64 = 64
  /// Keys in vain after which most are not looked at for a new row.
  private static let patience = 4096

  private var rows: [Row] = []
  private var recent: [Entry] = []
  private var oldest = 0
  private var inVain = 0

  /// The line of a key that is in a row.
  @inline(__always)
  func line(of key: UInt64) -> Int? {
    for row in rows {
      if let index = row.index(of: key) { return row.line + Int(index) * row.lineStep }
    }
    return nil
  }

  /// Adds a key that is known nowhere if it goes on a row, or makes the third of a new one.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - line: Its line.
  ///   - others: Gains the keys of a row that is given up for it.
  /// - Returns: Whether it is added; otherwise it is to be remembered elsewhere.
  mutating func take(_ key: UInt64, line: Int, givingUp others: inout [Entry]) -> Bool {
    for index in rows.indices where rows[index].isFollowed(by: key, line) {
      rows[index].count += 1
      return true
    }
    let entry = Entry(key: key, line: line)
    guard inVain < Self.patience || inVain % 1024 < 4 * Self.recentLimit else {
      inVain += 1
      return false
    }
    guard let row = row(of: entry), makeRoom(&others) else {
      inVain += 1
      remember(entry)
      return false
    }
    inVain = 0
    rows.append(row)
    return true
  }

  private mutating func remember(_ entry: Entry) {
    guard recent.count == Self.recentLimit else { return recent.append(entry) }
    recent[oldest] = entry
    oldest = (oldest + 1) % Self.recentLimit
  }

  /// The row of which two keys were there lately, and this is the third.
  private func row(of entry: Entry) -> Row? {
    for one in recent {
      let (key, line) = (one.key &- (entry.key &- one.key), one.line - (entry.line - one.line))
      if recent.contains(where: { $0.key == key && $0.line == line }) {
        return Row(entry.key, line: entry.line, behind: one)
      }
    }
    return nil
  }

  private mutating func makeRoom(_ others: inout [Entry]) -> Bool {
    guard rows.count == Self.rowLimit else { return true }
    guard let shortest = rows.indices.min(by: { rows[$0].count < rows[$1].count }),
      rows[shortest].count < Self.shortRow
    else { return false }
    let row = rows.remove(at: shortest)
    for index in 0..<row.count {
      let line = row.line + Int(index) * row.lineStep
      others.append(Entry(key: row.first &+ index &* row.step, line: line))
    }
    return true
  }

  /// Forgets all keys.
  mutating func removeAll() { self = NumberedKeys() }
}
