/// A run of whole lines of a document.
///
/// Every block but the last ends with `\n`, so a line and a `\r\n` never cross blocks.
struct TextBlock: Sendable, Hashable {
  /// Size in bytes at which a run of lines becomes a block.
  static let targetBytes = 16 * 1024

  /// The bytes.
  let bytes: [UInt8]
  /// How many `\n` they hold: the lines of the language.
  let lineFeeds: Int
  /// Where lines begin as clients count, behind `\n`, `\r\n` and lone `\r`; the first at 0.
  let lineStarts: [Int32]
  /// Whether each byte is a character.
  let isASCII: Bool

  /// How many line ends they hold as clients count.
  var lineEnds: Int { lineStarts.count - 1 }

  init(_ bytes: [UInt8]) {
    var feeds = 0
    var high: UInt8 = 0
    var starts: [Int32] = [0]
    let span = bytes.span
    for index in span.indices {
      let byte = span[index]
      high |= byte
      if byte == 0x0A {
        feeds += 1
      } else if byte != 0x0D || (index + 1 < span.count && span[index + 1] == 0x0A) {
        continue
      }
      starts.append(Int32(index + 1))
    }
    self.bytes = bytes
    lineFeeds = feeds
    lineStarts = starts
    isASCII = high < 0x80
  }

  /// The line that holds a byte, counted in the block; the last one for the block's end.
  func line(at place: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= place { low = middle } else { high = middle }
    }
    return low
  }

  /// Cuts bytes into blocks of about the target size.
  static func blocks(of bytes: ArraySlice<UInt8>) -> [TextBlock] {
    var blocks: [TextBlock] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      var end = bytes.endIndex
      if end - start > 2 * targetBytes,
        let feed = bytes[(start + targetBytes)...].firstIndex(of: 0x0A)
      {
        end = feed + 1
      }
      blocks.append(TextBlock(Array(bytes[start..<end])))
      start = end
    }
    return blocks
  }
}
