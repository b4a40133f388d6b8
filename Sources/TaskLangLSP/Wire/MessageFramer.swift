/// Chunks of bytes in, bodies of messages out.
///
/// Headers are read as clients write them: names in any case, unknown ones ignored, the last
/// length counting. Text that is not a header is skipped up to the next `Content-Length`, so that one
/// bad frame does not cost the connection. Nothing is allocated for a length that is only claimed.
struct MessageFramer: Sendable {
  /// What came out.
  enum Output: Sendable, Equatable {
    /// A message's body.
    case body([UInt8])
    /// A header that no frame can follow; reading goes on at the next header.
    case malformed(String)
  }

  /// Longest body that is read, in bytes.
  static let bodyLimit = 1 << 30
  /// Longest line that can be a header, in bytes.
  private static let lineLimit = 4096
  private static let lengthName = Array("content-length:".utf8)

  private enum State: Sendable {
    /// Between frames and within a header; `length` is what was claimed so far.
    case header(length: Int?)
    /// Within a body of this many bytes.
    case body(length: Int)
  }

  private var state = State.header(length: nil)
  private var pending: [UInt8] = []
  /// Bytes of `pending` that are used up.
  private var start = 0
  /// Where the search for the end of a header line goes on.
  private var searched = 0

  /// Takes a chunk.
  ///
  /// - Parameters:
  ///   - chunk: Bytes of any number.
  ///   - take: Receives each body and each complaint, in order.
  /// - Complexity: O(bytes), however they are cut.
  mutating func read(_ chunk: Span<UInt8>, _ take: (Output) -> Void) {
    // Safe: the pointer is used only within this call.
    unsafe chunk.withUnsafeBufferPointer { unsafe pending.append(contentsOf: $0) }
    while true {
      switch state {
      case .body(let length):
        guard pending.count - start >= length else { return compact() }
        take(.body(Array(pending[start..<start + length])))
        start += length
        searched = start
        state = .header(length: nil)
      case .header(let length):
        guard let line = nextLine() else { return compact() }
        readHeader(line, length, take)
      }
    }
  }

  private mutating func nextLine() -> [UInt8]? {
    guard let end = pending[searched...].firstIndex(of: 0x0A) else {
      // Without an end in sight, only the last bytes can still begin a header.
      if pending.count - start > Self.lineLimit { start = pending.count - Self.lengthName.count }
      searched = pending.count
      return nil
    }
    var line = Array(pending[start..<end])
    if line.last == 0x0D { line.removeLast() }
    start = end + 1
    searched = start
    return line
  }

  private mutating func readHeader(_ line: [UInt8], _ length: Int?, _ take: (Output) -> Void) {
    if line.isEmpty {
      guard let length else { return }
      state = .body(length: length)
      return
    }
    guard let name = Self.place(of: Self.lengthName, in: line) else { return }
    let digits = line[(name + Self.lengthName.count)...].filter { $0 != 0x20 && $0 != 0x09 }
    guard let value = Self.number(digits) else {
      let text = String(decoding: digits.prefix(40), as: UTF8.self)
      take(.malformed("Content-Length must be a whole number above 0, not '\(text)'"))
      state = .header(length: nil)
      return
    }
    guard value <= Self.bodyLimit else {
      take(.malformed("a message of \(value) bytes is longer than the \(Self.bodyLimit) allowed"))
      state = .header(length: nil)
      return
    }
    state = .header(length: value)
  }

  /// A whole number above 0; what is too large for an `Int` is as large as one can be.
  private static func number(_ digits: [UInt8]) -> Int? {
    guard !digits.isEmpty else { return nil }
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      let (scaled, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, stillTooLarge) = scaled.addingReportingOverflow(Int(digit - 0x30))
      if tooLarge || stillTooLarge { return .max }
      value = sum
    }
    return value > 0 ? value : nil
  }

  /// Where a name in lower case stands in a line, whatever the line's case.
  private static func place(of name: [UInt8], in line: [UInt8]) -> Int? {
    guard line.count >= name.count else { return nil }
    for start in 0...(line.count - name.count)
    where line[start] | 0x20 == name[0]
      && (0..<name.count).allSatisfy({ index in
        let byte = line[start + index]
        return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == name[index]
      })
    {
      return start
    }
    return nil
  }

  private mutating func compact() {
    guard start > 0 else { return }
    searched -= start
    if start == pending.count, pending.capacity > 1 << 20 {
      pending = []
    } else {
      pending.removeSubrange(..<start)
    }
    start = 0
  }
}
