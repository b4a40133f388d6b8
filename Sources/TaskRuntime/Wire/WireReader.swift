/// Reads the fields of one frame, and nothing beyond it.
package struct WireReader: Sendable {
  private let bytes: ContiguousArray<UInt8>
  private var position: Int
  private let end: Int

  /// Reads from a part of `bytes`, which it shares and does not copy.
  package init(_ bytes: ContiguousArray<UInt8>, _ range: Range<Int>) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= bytes.count,
      "a frame lies within its bytes"
    )
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// Takes an integer.
  package mutating func integer<Value: FixedWidthInteger>(
    _ type: Value.Type = Value.self
  ) throws(WireError) -> Value {
    let size = MemoryLayout<Value>.size
    guard end - position >= size else { throw .truncated }
    var value: Value = 0
    unsafe withUnsafeMutableBytes(of: &value) { target in
      for index in 0..<size { unsafe target[index] = bytes[position + index] }
    }
    position += size
    return Value(littleEndian: value)
  }

  /// Takes a byte string.
  package mutating func byteString() throws(WireError) -> ContiguousArray<UInt8> {
    let count = Int(try integer(UInt32.self))
    guard end - position >= count else { throw .truncated }
    defer { position += count }
    return ContiguousArray(bytes[position..<position + count])
  }

  /// Takes a text; what is not UTF-8 in it becomes U+FFFD.
  package mutating func text() throws(WireError) -> String {
    String(decoding: try byteString(), as: UTF8.self)
  }

  /// Makes sure that all has been read.
  package func finish() throws(WireError) {
    guard position == end else { throw .excess }
  }
}
