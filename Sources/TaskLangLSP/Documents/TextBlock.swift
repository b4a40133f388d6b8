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
  /// How many line ends they hold as clients count: `\n`, `\r\n` and lone `\r`.
  let lineEnds: Int
  /// Whether each byte is a character.
  let isASCII: Bool

  init(_ bytes: [UInt8]) {
    var feeds = 0
    var returns = 0
    var high: UInt8 = 0
    let span = bytes.span
    for index in span.indices {
      let byte = span[index]
      feeds += byte == 0x0A ? 1 : 0
      returns += byte == 0x0D ? 1 : 0
      high |= byte
    }
    var pairs = 0
    if returns > 0 {
      for index in span.indices.dropLast() where span[index] == 0x0D && span[index + 1] == 0x0A {
        pairs += 1
      }
    }
    self.bytes = bytes
    lineFeeds = feeds
    lineEnds = feeds + returns - pairs
    isASCII = high < 0x80
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
