import TaskLang

/// Strings for execve: zero-ended, one behind the other.
///
/// One buffer holds all bytes.
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

  /// Appends a string as the system has it; what stands behind a zero byte is lost to the callee.
  package mutating func append(_ text: String) {
    starts.append(bytes.count)
    bytes.append(contentsOf: SystemText.bytes(of: text))
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

  /// Drops all strings; their room stays.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
  }

  /// How many bytes a copy takes, with so many pointers in front: a pointer for each string and the
  /// end, and the strings.
  fileprivate func blockSize(behind count: Int) -> Int {
    unsafe (count + starts.count + 1) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
      + bytes.count
  }

  /// Writes pointers: those of another block, those of the strings; and the strings behind them.
  fileprivate func copy(to place: UnsafeMutableRawPointer, behind base: CStringBlock?) {
    let count = base?.count ?? 0
    let pointers = unsafe place.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
    if let base { unsafe pointers.update(from: base.pointers, count: count) }
    let strings = unsafe place + (blockSize(behind: count) - bytes.count)
    unsafe bytes.withUnsafeBytes {
      unsafe UnsafeMutableRawBufferPointer(start: strings, count: $0.count).copyMemory(from: $0)
    }
    for (index, start) in starts.enumerated() {
      unsafe pointers[count + index] = (strings + start).assumingMemoryBound(to: CChar.self)
    }
    unsafe pointers[count + starts.count] = nil
  }
}

/// A `CStringArray` as execve wants it, at an address that stays until the next one is put there.
@safe package final class CStringBlock {
  private var place = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 16)
  private var capacity = 64
  /// Its first strings are not its own.
  private var base: CStringBlock?
  /// How many strings there are.
  package private(set) var count = 0

  /// Makes a block that holds an array.
  package init(_ array: borrowing CStringArray = CStringArray()) {
    put(array)
  }

  deinit { unsafe place.deallocate() }

  /// Copies an array here; what was here before is gone.
  ///
  /// - Parameters:
  ///   - array: The strings.
  ///   - base: Strings in front of them that are not copied; nothing else may be put there any more.
  package func put(_ array: borrowing CStringArray, behind base: CStringBlock? = nil) {
    self.base = base
    count = (base?.count ?? 0) + array.count
    let size = array.blockSize(behind: base?.count ?? 0)
    if size > capacity {
      capacity = max(size, 2 * capacity)
      unsafe place.deallocate()
      unsafe place = .allocate(byteCount: capacity, alignment: 16)
    }
    unsafe array.copy(to: place, behind: base)
  }

  /// The strings' addresses, with a null pointer behind the last; good until the next `put`.
  package var pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
    unsafe place.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
  }
}
