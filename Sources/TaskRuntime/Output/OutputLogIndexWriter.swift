/// Writes the index beside an output log; one that cannot be written is given up.
struct OutputLogIndexWriter {
  private var file: FileDescriptor.Shared?
  private var end: Int64
  private var part: OutputLogIndexPart

  /// Opens the index of a log, and mends it if it is none.
  ///
  /// - Parameters:
  ///   - log: The log's path.
  ///   - size: How long the log is.
  init(ofLog log: String, withSize size: Int64) {
    let file = try? FileDescriptor.Shared(
      OwnFile.open(OutputLogIndex.path(of: log), for: .updating, permissions: 0o666)
    )
    let index = OutputLogIndex(file, ofLogWithSize: size)
    self.file = file
    end = index.end
    part = OutputLogIndexPart(at: index.covered, run: index.run)
    if index.isNew { append(OutputLogIndexPart.magic, at: 0) }
  }

  /// How far the log is known, and the run there.
  var covered: (end: Int64, run: Int32) { (part.header.end, part.header.lastRun) }

  /// Takes the record that follows in the log.
  mutating func add(_ record: OutputLogRecord) {
    part.add(record)
    if part.isFull { flush() }
  }

  /// Writes what was taken.
  mutating func flush() {
    guard !part.isEmpty else { return }
    let bytes = part.bytes
    if append(bytes, at: end) { end += Int64(bytes.count) }
    part = OutputLogIndexPart(at: part.header.end, run: part.header.lastRun)
  }

  /// Writes at the end of what can be believed; what stood behind it goes.
  @discardableResult
  private mutating func append(_ bytes: ContiguousArray<UInt8>, at place: Int64) -> Bool {
    var count = 0
    do throws(Errno) {
      try file?.descriptor.truncate(to: place)
      try file?.descriptor.writeAll(bytes, at: place, count: &count)
      return true
    } catch {
      // With a gap all behind it would be useless; readers look through the log itself.
      file = nil
      return false
    }
  }
}
