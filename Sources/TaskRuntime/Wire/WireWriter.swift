/// Fields put one behind another: little-endian integers, byte strings with their length before them.
///
/// The frames of a turn gather here until they are sent.
package struct WireWriter: Sendable {
  /// The bytes that were written, the ones dropped from the front included until that pays.
  package private(set) var bytes: ContiguousArray<UInt8> = []
  private var taken = 0

  /// Makes a writer that holds nothing.
  package init() {}

  /// How many bytes wait.
  package var count: Int { bytes.count - taken }

  /// Writes an integer of fixed width.
  package mutating func put<Value: FixedWidthInteger>(_ value: Value) {
    var rest = value.littleEndian
    unsafe withUnsafeBytes(of: &rest) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Writes a byte string of at most 2^32-1 bytes.
  package mutating func put(bytes text: ContiguousArray<UInt8>) {
    put(UInt32(text.count))
    bytes.append(contentsOf: text)
  }

  /// Writes a text as UTF-8.
  package mutating func put(_ text: String) {
    put(UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes a frame: its length, then what `body` writes.
  package mutating func frame(_ body: (inout WireWriter) -> Void) {
    let start = bytes.count
    put(UInt32(0))
    body(&self)
    let length = UInt32(bytes.count - start - 4)
    for index in 0..<4 {
      bytes[start + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index))
    }
  }

  /// Lends the bytes that wait.
  package func withWaiting<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    unsafe bytes.withUnsafeBytes { unsafe body(UnsafeRawBufferPointer(rebasing: $0[taken...])) }
  }

  /// Drops the first of the bytes that wait.
  package mutating func take(_ count: Int) {
    taken += count
    if taken == bytes.count {
      bytes.removeAll(keepingCapacity: true)
      taken = 0
    } else if taken > max(1 << 16, bytes.count - taken) {
      // More may come before all is taken, again and again.
      bytes.removeFirst(taken)
      taken = 0
    }
  }
}
