/// Records of an output log one after another, read by their headers alone.
package struct OutputLogScan: ~Copyable {
  /// Why there is no next record.
  package enum End: Hashable, Sendable {
    /// The file ends there.
    case complete
    /// The file ends within a record, as a crash or a run that goes on may leave it.
    case torn
    /// What stands there is no record.
    case damaged
  }

  /// A record and where it stands.
  package struct Found: Hashable, Sendable {
    package var record: OutputLogRecord
    /// Where its header begins.
    package var position: Int64
    /// The number of the run that it belongs to.
    package var run: Int32
  }

  /// What comes next.
  package enum Next: Hashable, Sendable {
    case record(Found)
    case end(End)
  }

  private let file: FileDescriptor.Shared
  /// Bytes of the file from `windowStart` on.
  private var window = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
  private var windowStart: Int64 = 0
  private var windowCount = 0
  /// Where the next record begins.
  package private(set) var position: Int64
  /// The run that the next record belongs to.
  package private(set) var run: Int32

  /// Begins behind a record that ends at `position`, in the output of a run.
  init(_ file: FileDescriptor.Shared, from position: Int64, run: Int32) {
    self.file = file
    self.position = position
    self.run = run
  }

  /// Goes to the next record that is there as a whole.
  ///
  /// - Returns: the record, or why there is none.
  /// - Throws: what read(2) says.
  package mutating func next() throws(Errno) -> Next {
    guard try fill() > 0 else { return .end(.complete) }
    let first = Int(position - windowStart)
    let line = window[first..<min(windowCount, first + OutputLogRecord.longestHeader)]
    guard let feed = line.firstIndex(of: UInt8(ascii: "\n")) else {
      return .end(line.count < OutputLogRecord.longestHeader ? .torn : .damaged)
    }
    guard let record = OutputLogRecord(headerLine: line[..<feed]) else { return .end(.damaged) }
    let last = position + Int64(record.size) - 1
    var byte = ContiguousArray<UInt8>([0])
    if last < windowStart + Int64(windowCount) {
      byte[0] = window[Int(last - windowStart)]
    } else if try file.descriptor.readAll(into: &byte, at: last) == 0 {
      return .end(.torn)
    }
    guard byte[0] == UInt8(ascii: "\n") else { return .end(.damaged) }
    if case .run(let number) = record.kind { run = number }
    defer { position = last + 1 }
    return .record(Found(record: record, position: position, run: run))
  }

  /// Makes sure that the window has a header's length from the position on, if the file has.
  ///
  /// - Returns: how many bytes it has from there on.
  private mutating func fill() throws(Errno) -> Int {
    let isWithin = position >= windowStart && position <= windowStart + Int64(windowCount)
    if isWithin {
      let count = windowCount - Int(position - windowStart)
      if count >= OutputLogRecord.longestHeader { return count }
    }
    windowStart = position
    windowCount = try file.descriptor.readAll(into: &window, at: position)
    return windowCount
  }
}
