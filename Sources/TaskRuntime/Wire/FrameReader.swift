/// Chunks in as they come, frames out: a length of four bytes, little-endian, and that many bytes.
package struct FrameReader: Sendable {
  /// The longest frame that is taken.
  package static let longestFrame = 8 << 20

  private var bytes: ContiguousArray<UInt8> = []
  private var position = 0

  /// Makes a reader that has seen nothing.
  package init() {}

  /// Whether bytes of an unfinished frame, or whole frames, wait.
  package var isEmpty: Bool { position == bytes.count }

  /// Takes a chunk.
  package mutating func append(_ chunk: some Collection<UInt8>) {
    if position > 0 {
      bytes.removeSubrange(..<position)
      position = 0
    }
    bytes.append(contentsOf: chunk)
  }

  /// Takes the next whole frame.
  ///
  /// - Returns: `nil` when more bytes are needed.
  /// - Throws: `frameTooLong`, after which there is no going on.
  package mutating func next() throws(WireError) -> WireReader? {
    guard bytes.count - position >= 4 else { return nil }
    var header = WireReader(bytes, position..<position + 4)
    let length = Int(try header.integer(UInt32.self))
    guard length <= Self.longestFrame else { throw .frameTooLong(length) }
    let start = position + 4
    guard bytes.count - start >= length else { return nil }
    position = start + length
    return WireReader(bytes, start..<position)
  }
}
