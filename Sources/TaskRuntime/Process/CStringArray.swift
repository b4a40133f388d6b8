/// Strings as execve wants them: zero-ended, their addresses in a zero-ended array.
///
/// One buffer holds all bytes. `replaceLast` and `truncate` let a caller keep a constant head, such as
/// the environment that all tasks share, and put only the rest anew for each process.
package struct CStringArray: Sendable {
  private var bytes: ContiguousArray<UInt8> = []
  private var starts: ContiguousArray<Int> = []

  /// Makes an empty array.
  package init() {}

  /// Makes an array of texts.
  package init(_ texts: [String]) {
    for text in texts { append(text) }
  }

  /// How many strings there are.
  package var count: Int { starts.count }

  /// Appends a string; what stands behind a zero byte is lost to the callee.
  package mutating func append(_ text: String) {
    starts.append(bytes.count)
    bytes.append(contentsOf: text.utf8)
    bytes.append(0)
  }

  /// Appends the bytes of a string.
  package mutating func append(bytes text: some Collection<UInt8>) {
    starts.append(bytes.count)
    bytes.append(contentsOf: text)
    bytes.append(0)
  }

  /// Appends `name=value`.
  package mutating func append(_ name: StaticString, _ value: some BinaryInteger) {
    starts.append(bytes.count)
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    )
    bytes.append(UInt8(ascii: "="))
    bytes.appendDecimal(Int64(value))
    bytes.append(0)
  }

  /// Appends `name=value` with the value in six digits at least, as Python's `%06d` has it.
  package mutating func append(_ name: StaticString, padded value: some BinaryInteger) {
    starts.append(bytes.count)
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    )
    bytes.append(UInt8(ascii: "="))
    bytes.appendDecimal(Int64(value), width: 6)
    bytes.append(0)
  }

  /// The value of the last `name=value` with this name.
  package func value(of name: String) -> [UInt8]? {
    let start = Array((name + "=").utf8)
    guard let found = starts.last(where: { bytes[$0...].starts(with: start) }) else { return nil }
    return Array(bytes[(found + start.count)...].prefix { $0 != 0 })
  }

  /// Drops all strings from the given one on; their room stays.
  package mutating func truncate(to count: Int) {
    guard count < starts.count else { return }
    bytes.removeLast(bytes.count - starts[count])
    starts.removeLast(starts.count - count)
  }

  /// Lends the array to a call; the addresses do not outlive it.
  package func withPointers<Result>(
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
  ) -> Result {
    unsafe bytes.withUnsafeBytes { storage in
      unsafe withUnsafeTemporaryAllocation(
        of: UnsafeMutablePointer<CChar>?.self,
        capacity: starts.count + 1
      ) { pointers in
        // Every start lies within the storage, and its string ends with a zero before the next. The
        // addresses are mutable by execve's declaration only; it changes nothing.
        for (index, start) in starts.enumerated() {
          unsafe pointers.initializeElement(
            at: index,
            to: UnsafeMutableRawPointer(mutating: storage.baseAddress)?
              .advanced(by: start).assumingMemoryBound(to: CChar.self)
          )
        }
        unsafe pointers.initializeElement(at: starts.count, to: nil)
        return unsafe body(UnsafePointer(pointers.baseAddress))
      }
    }
  }
}
