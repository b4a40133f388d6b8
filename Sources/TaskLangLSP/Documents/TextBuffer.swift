/// The text of an open document, in blocks, so that an edit costs the blocks it touches.
package struct TextBuffer: Sendable {
  /// What lies before a block.
  struct Start: Sendable, Hashable {
    var offset = 0
    var lineFeeds = 0
    var lineEnds = 0
  }

  /// What an edit did to the blocks.
  struct Change: Sendable {
    /// The blocks that went.
    var removed: Range<Int>
    /// How many came in their place.
    var added: Int
    /// Bytes of the old text behind which all stayed as it was.
    var oldEnd: Int
    /// Bytes that came in, less those that went.
    var bytes: Int
    /// Lines of the language that came in, less those that went.
    var lines: Int
  }

  /// The blocks; none is empty.
  private(set) var blocks: [TextBlock]
  /// What lies before each block, and at the end before nothing.
  private(set) var starts: [Start]

  /// Makes a buffer of a whole text.
  package init(_ text: [UInt8]) {
    blocks = TextBlock.blocks(of: text[...])
    starts = []
    updateStarts(from: 0)
  }

  /// Bytes in the text.
  package var count: Int { starts[blocks.count].offset }

  /// Line ends in the text, as clients count.
  var lineEnds: Int { starts[blocks.count].lineEnds }

  /// The whole text.
  package var bytes: [UInt8] { bytes(in: 0..<count) }

  /// A stretch of the text.
  package func bytes(in range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = block(at: range.lowerBound)
    while index < blocks.count, starts[index].offset < range.upperBound {
      let start = starts[index].offset
      let block = blocks[index].bytes
      let from = max(0, range.lowerBound - start)
      result += block[from..<min(block.count, range.upperBound - start)]
      index += 1
    }
    return result
  }

  /// The block that holds a byte; the last one for the text's end, 0 where there is none.
  func block(at offset: Int) -> Int {
    var low = 0
    var high = blocks.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle].offset <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The block that holds the start of a line as clients count.
  func block(ofLine line: Int) -> Int {
    var low = 0
    var high = blocks.count
    while low + 1 < high {
      let middle = (low + high) / 2
      // A block starts a line, so the line with as many ends before it stands in it.
      if starts[middle].lineEnds <= line { low = middle } else { high = middle }
    }
    return low
  }

  /// Replaces a stretch.
  ///
  /// - Complexity: O(blocks touched + number of blocks).
  mutating func replace(_ range: Range<Int>, with text: [UInt8]) -> Change {
    let oldLineFeeds = starts[blocks.count].lineFeeds
    let first = block(at: range.lowerBound)
    var last = min(block(at: range.upperBound) + 1, blocks.count)
    var joined: [UInt8] = []
    if first < last {
      joined += blocks[first].bytes[..<(range.lowerBound - starts[first].offset)]
      joined += text
      joined += blocks[last - 1].bytes[(range.upperBound - starts[last - 1].offset)...]
    } else {
      joined = text
    }
    // What no longer ends with a line's end takes the next block in; so does what became small.
    while last < blocks.count,
      joined.isEmpty || joined.last != 0x0A || joined.count < TextBlock.targetBytes / 4
    {
      joined += blocks[last].bytes
      last += 1
    }
    let oldEnd = range.upperBound
    let fresh = TextBlock.blocks(of: joined[...])
    blocks.replaceSubrange(first..<last, with: fresh)
    updateStarts(from: first)
    return Change(
      removed: first..<last,
      added: fresh.count,
      oldEnd: oldEnd,
      bytes: text.count - range.count,
      lines: starts[blocks.count].lineFeeds - oldLineFeeds
    )
  }

  private mutating func updateStarts(from first: Int) {
    starts.removeSubrange(min(first, starts.count)...)
    starts.reserveCapacity(blocks.count + 1)
    var start = Start()
    if first > 0 { start = next(starts[first - 1], blocks[first - 1]) }
    for block in blocks[first...] {
      starts.append(start)
      start = next(start, block)
    }
    starts.append(start)
  }

  private func next(_ start: Start, _ block: TextBlock) -> Start {
    Start(
      offset: start.offset + block.bytes.count,
      lineFeeds: start.lineFeeds + block.lineFeeds,
      lineEnds: start.lineEnds + block.lineEnds
    )
  }
}

extension TextBuffer {
  /// Where a line of the language begins; the text's end where there is no such line.
  ///
  /// - Parameter number: The line's number, from 1.
  /// - Returns: The byte behind the end of the line before.
  func offset(ofLine number: Int) -> Int {
    guard number > 1 else { return 0 }
    guard let index = blocks.indices.last(where: { starts[$0].lineFeeds < number - 1 }) else {
      return count
    }
    var left = number - 1 - starts[index].lineFeeds
    for (place, byte) in blocks[index].bytes.enumerated() where byte == 0x0A {
      left -= 1
      if left == 0 { return starts[index].offset + place + 1 }
    }
    return count
  }
}
