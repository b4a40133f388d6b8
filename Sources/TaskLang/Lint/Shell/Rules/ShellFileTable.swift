/// The names of files, and for each the line that wrote it first, in about 17 bytes a file, or none where
/// they count up.
///
/// A name is known by a hash of 64 bits that is given; of two names with one hash the second is taken
/// for the first, which among ten million names happens once in 400,000 inputs. The entries lie in
/// parts that grow one after another by a fifth, so that growing never needs twice the room.
struct ShellFileTable: Sendable {
  /// What came of a file.
  enum Outcome: Sendable, Hashable {
    /// It is in the table since that line.
    case known(line: Int)
    /// It is in the table from now on.
    case added
    /// It is not, since there is no room.
    case full
  }

  /// Three arrays of one length; a tag of 0 marks a free place.
  private struct Part: Sendable {
    var tags: [UInt32] = []
    var rests: [UInt32] = []
    var lines: [UInt32] = []
    var count = 0

    init(size: Int) {
      tags = Array(repeating: 0, count: size)
      rests = tags
      lines = tags
    }
  }

  /// A hash as it is kept.
  private struct Key: Sendable {
    var tag: UInt32
    var rest: UInt32

    /// One to one but for a tag of 0, so that nothing of a hash is lost; similar ones end up apart.
    init(_ hash: UInt64) {
      var mixed = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
      mixed ^= mixed >> 29
      tag = max(1, UInt32(truncatingIfNeeded: mixed))
      rest = UInt32(truncatingIfNeeded: mixed >> 32)
    }

    init(tag: UInt32, rest: UInt32) { (self.tag, self.rest) = (tag, rest) }

    var part: Int { Int(rest >> (32 - ShellFileTable.partBits)) }

    /// Its place among `size`: the bits behind those of the part, scaled.
    func home(_ size: Int) -> Int {
      let bits = (UInt64(rest) << 32 | UInt64(tag)) << UInt64(ShellFileTable.partBits)
      return Int(((bits >> 32) &* UInt64(size)) >> 32)
    }
  }

  private static let partBits: UInt32 = 6

  private var parts: [Part] = []
  private let limit: Int
  /// Names in the table, those that count up among them.
  private(set) var count = 0
  /// Those that are in the parts.
  private var partCount = 0
  /// Names that count up.
  private var rows = NumberedKeys()

  /// Makes an empty table for this many names.
  init(limit: Int) { self.limit = limit }

  /// The line that wrote a file first; nil for one that is not known.
  ///
  /// - Complexity: O(1) on average.
  func line(of hash: UInt64) -> Int? {
    guard count > 0 else { return nil }
    if let line = rows.line(of: hash) { return line }
    guard partCount > 0 else { return nil }
    let key = Key(hash)
    let slot = Self.slot(of: key, in: parts[key.part])
    return parts[key.part].tags[slot] == 0 ? nil : Int(parts[key.part].lines[slot])
  }

  /// Adds a file if it is not known and there is room.
  ///
  /// - Complexity: O(1) on average.
  mutating func take(_ hash: UInt64, line: Int) -> Outcome {
    if let known = self.line(of: hash) { return .known(line: known) }
    var others: [NumberedKeys.Entry] = []
    let isInRow = rows.take(hash, line: line, givingUp: &others)
    // They have been counted.
    for other in others { _ = add(other.key, line: other.line) }
    guard isInRow || add(hash, line: line) else { return .full }
    count += 1
    return .added
  }

  /// Adds a name that is not known to the parts.
  ///
  /// - Returns: Whether there was room.
  private mutating func add(_ hash: UInt64, line: Int) -> Bool {
    guard partCount < limit, let number = UInt32(exactly: line) else { return false }
    if parts.isEmpty { parts = Array(repeating: Part(size: 16), count: 1 << Int(Self.partBits)) }
    let key = Key(hash)
    let part = key.part
    if parts[part].count >= parts[part].tags.count / 8 * 7 { grow(part) }
    let slot = Self.slot(of: key, in: parts[part])
    parts[part].tags[slot] = key.tag
    parts[part].rests[slot] = key.rest
    parts[part].lines[slot] = number
    parts[part].count += 1
    partCount += 1
    return true
  }

  /// Forgets all files and gives the room back.
  mutating func removeAll() {
    guard count > 0 else { return }
    parts.removeAll()
    rows.removeAll()
    (count, partCount) = (0, 0)
  }

  /// Where a name stands in its part, or the free place where it would.
  @inline(__always)
  private static func slot(of key: Key, in part: borrowing Part) -> Int {
    let size = part.tags.count
    var slot = key.home(size)
    while true {
      let tag = part.tags[slot]
      if tag == 0 || (tag == key.tag && part.rests[slot] == key.rest) { return slot }
      slot += 1
      if slot == size { slot = 0 }
    }
  }

  private mutating func grow(_ index: Int) {
    let size = parts[index].tags.count
    var grown = Part(size: (size + size / 5 + 7) / 8 * 8)
    for old in 0..<size where parts[index].tags[old] != 0 {
      let key = Key(tag: parts[index].tags[old], rest: parts[index].rests[old])
      let slot = Self.slot(of: key, in: grown)
      grown.tags[slot] = key.tag
      grown.rests[slot] = key.rest
      grown.lines[slot] = parts[index].lines[old]
    }
    grown.count = parts[index].count
    parts[index] = grown
  }
}
