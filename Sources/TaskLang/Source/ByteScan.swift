/// What a run of bytes holds that somebody may have to look at.
package struct ByteTraits: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A carriage return.
  package static let carriageReturn = ByteTraits(rawValue: 1)
  /// A NUL.
  package static let nul = ByteTraits(rawValue: 2)
  /// A byte of 0x80 or more.
  package static let nonASCII = ByteTraits(rawValue: 4)
}

/// Scans that look at eight bytes at a time.
///
/// The test for "some byte of this word is zero" is the classic `(x - 0x01..) & ~x & 0x80..`: its
/// lowest set bit is always true, and a false one can only stand above a true one. So a mask that
/// keeps the bytes below a line's end keeps the answer right.
enum ByteScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  /// The next byte of 0x80 or more in a stretch, or the stretch's end.
  ///
  /// - Complexity: O(distance), eight bytes at a time.
  @inline(__always)
  static func nonASCII(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    precondition(start >= 0 && end <= bytes.count)
    return unsafe bytes.withUnsafeBytes { raw in
      var index = start
      // Safe: every load lies in start..<end, which the precondition keeps within the bytes.
      while index &+ 8 <= end {
        let word = unsafe UInt64(
          littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        )
        let found = word & highs
        if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
        index &+= 8
      }
      while index < end, unsafe raw[index] < 0x80 { index &+= 1 }
      return max(index, start)
    }
  }

  /// The next byte in a stretch that is no letter, digit, `_`, one of `+,-./:` or a byte of 0x80 or more;
  /// or the stretch's end.
  ///
  /// - Complexity: O(distance), eight bytes at a time.
  @inline(__always)
  static func nameLike(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    precondition(start >= 0 && end <= bytes.count)
    return unsafe bytes.withUnsafeBytes { raw in
      var index = start
      // Safe: every load lies in start..<end, which the precondition keeps within the bytes.
      while index &+ 8 <= end {
        let word = unsafe UInt64(
          littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        )
        let low = word & ~highs
        // No sum reaches the next byte, so that the high bit of each tells of that byte alone.
        let folded = low | ones &* 0x20
        let letters = (folded &+ ones &* (0x80 - 0x61)) & ~(folded &+ ones &* (0x7F - 0x7A))
        let others = (low &+ ones &* (0x80 - 0x2B)) & ~(low &+ ones &* (0x7F - 0x3A))
        let underscores = ~((low ^ ones &* 0x5F) &+ ones &* 0x7F)
        let found = ~(letters | others | underscores | word) & highs
        if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
        index &+= 8
      }
      while index < end, unsafe isNameLike(raw[index]) { index &+= 1 }
      return max(index, start)
    }
  }

  @inline(__always)
  private static func isNameLike(_ byte: UInt8) -> Bool {
    if byte >= 0x80 { return true }
    let mask: UInt64 = byte < 0x40 ? 0x07FF_F800_0000_0000 : 0x07FF_FFFE_87FF_FFFE
    return mask & (UInt64(1) << UInt64(byte & 0x3F)) != 0
  }

  /// Whole lines from `start` on that are tasks by their first byte and hold no byte that anybody
  /// has to look at.
  ///
  /// What stops it need not be a line that is none: the last bytes of a buffer are left to others.
  ///
  /// - Parameters:
  ///   - bytes: The buffer.
  ///   - start: Where a line begins.
  ///   - limit: A line of this many bytes or more is not taken.
  /// - Returns: How many lines, and where the one behind them begins.
  /// - Complexity: O(distance), about eight gigabytes a second.
  static func plainTasks(
    in bytes: UnsafeRawBufferPointer,
    from start: Int,
    shorterThan limit: Int
  ) -> (count: Int, end: Int) {
    var lines = 0
    var lineStart = start
    var index = start
    // Safe: every load lies in start..<count, which each condition holds to.
    guard let base = bytes.baseAddress, start < bytes.count,
      unsafe beginsPlainTask(base.load(fromByteOffset: start, as: UInt8.self))
    else { return (0, start) }
    while index &+ 8 <= bytes.count {
      let word = unsafe UInt64(
        littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      )
      // Bytes below 0x0E and from 0x80 on; what is marked above such a byte may be none.
      var marked = ((word &- ones &* 0x0E) | word) & highs
      while marked != 0 {
        let place = index &+ marked.trailingZeroBitCount / 8
        let byte = unsafe base.load(fromByteOffset: place, as: UInt8.self)
        if byte == ASCII.lineFeed {
          if place &- lineStart >= limit { return (lines, lineStart) }
          lines &+= 1
          lineStart = place &+ 1
          guard lineStart < bytes.count,
            unsafe beginsPlainTask(base.load(fromByteOffset: lineStart, as: UInt8.self))
          else { return (lines, lineStart) }
        } else if byte >= 0x80 || byte == 0 || byte == ASCII.carriageReturn {
          return (lines, lineStart)
        }
        marked &= marked &- 1
      }
      index &+= 8
    }
    return (lines, lineStart)
  }

  /// Whether a line that begins with this byte is a task, whatever follows.
  @inline(__always)
  private static func beginsPlainTask(_ byte: UInt8) -> Bool {
    byte != ASCII.hash && byte != ASCII.lineFeed && !ASCII.isBlank(byte)
  }

  /// The next place of a byte, or the end of the bytes.
  ///
  /// - Complexity: O(distance), eight bytes at a time.
  @inline(__always)
  static func next(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return bytes.count }
    var index = start
    // Safe: every load lies in start..<count, which the loop conditions hold to.
    while index &+ 8 <= bytes.count {
      let word = unsafe UInt64(
        littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      )
      let found = zeros(word ^ (ones &* UInt64(byte)))
      if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < bytes.count, unsafe base.load(fromByteOffset: index, as: UInt8.self) != byte {
      index &+= 1
    }
    return index
  }

  /// Finds the next line feed and says what stands before it.
  ///
  /// - Parameters:
  ///   - bytes: The buffer.
  ///   - start: The first byte to look at.
  ///   - traits: Gains what the bytes before the line feed (or the buffer's end) hold.
  /// - Returns: The index of the line feed, or `nil` when there is none.
  /// - Complexity: O(distance), about three gigabytes a second.
  @inline(__always)
  static func lineFeed(
    in bytes: UnsafeRawBufferPointer,
    from start: Int,
    traits: inout ByteTraits
  ) -> Int? {
    // Safe: every load lies in start..<count, which the loop conditions hold to.
    guard let base = bytes.baseAddress else { return nil }
    let count = bytes.count
    var index = start
    var high: UInt64 = 0
    var nul: UInt64 = 0
    var carriageReturn: UInt64 = 0
    defer {
      if high & highs != 0 { traits.insert(.nonASCII) }
      if nul != 0 { traits.insert(.nul) }
      if carriageReturn != 0 { traits.insert(.carriageReturn) }
    }
    while index &+ 8 <= count {
      let word = unsafe UInt64(
        littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      )
      let ends = zeros(word ^ (ones &* 0x0A))
      if ends != 0 {
        let below = ends.trailingZeroBitCount & ~7
        let mask = (UInt64(1) << UInt64(below)) &- 1
        high |= word & mask
        nul |= zeros(word) & mask
        carriageReturn |= zeros(word ^ (ones &* 0x0D)) & mask
        return index &+ below / 8
      }
      high |= word
      nul |= zeros(word)
      carriageReturn |= zeros(word ^ (ones &* 0x0D))
      index &+= 8
    }
    while index < count {
      let byte = unsafe base.load(fromByteOffset: index, as: UInt8.self)
      if byte == ASCII.lineFeed { return index }
      high |= UInt64(byte)
      if byte == 0 { nul = 1 }
      if byte == ASCII.carriageReturn { carriageReturn = 1 }
      index &+= 1
    }
    return nil
  }
}
