/// The index file beside a log, as far as it can be believed.
struct OutputLogIndex {
  /// A part and where its body stands.
  private struct Part {
    var header: OutputLogIndexPart.Header
    var body: Int64
  }

  /// The name of a log's index.
  static func path(of log: String) -> String { log + ".index" }

  private let file: FileDescriptor.Shared?
  private var parts: [Part] = []
  /// Where the index file is to go on.
  private(set) var end = Int64(OutputLogIndexPart.magic.count)

  /// Whether there is no index yet, or something else in its place.
  private(set) var isNew = true

  /// How far it covers the log, and the run there.
  private(set) var covered = Int64(OutputLogRecord.magic.utf8.count)
  private(set) var run: Int32 = 0

  /// Reads the heads of the parts of an index; none of one that is missing or of something else.
  ///
  /// - Parameters:
  ///   - file: The index; `nil` for none.
  ///   - size: How long the log is.
  init(_ file: FileDescriptor.Shared?, ofLogWithSize size: Int64) {
    self.file = file
    var start = ContiguousArray<UInt8>(repeating: 0, count: OutputLogIndexPart.magic.count)
    guard let file, (try? file.descriptor.readAll(into: &start, at: 0)) == start.count,
      start == OutputLogIndexPart.magic
    else { return }
    isNew = false
    var bytes = ContiguousArray<UInt8>(repeating: 0, count: OutputLogIndexPart.headerSize)
    while (try? file.descriptor.readAll(into: &bytes, at: end)) == bytes.count,
      let header = OutputLogIndexPart.header(bytes), header.start == covered, header.end <= size,
      header.end > header.start
    {
      let body = end + Int64(bytes.count)
      parts.append(Part(header: header, body: body))
      end = body + Int64(header.bodySize)
      covered = header.end
      run = header.lastRun
    }
  }

  var isEmpty: Bool { parts.isEmpty }

  /// The least and the greatest task of its records.
  var taskRange: ClosedRange<Int64>? {
    let heads = parts.map(\.header).filter { $0.leastTask <= $0.greatestTask }
    guard let least = heads.map(\.leastTask).min(),
      let greatest = heads.map(\.greatestTask).max()
    else { return nil }
    return least...greatest
  }

  /// The records of each part that may hold a task, or of all parts.
  ///
  /// - Parameters:
  ///   - task: The task; `nil` for all.
  ///   - body: Takes the records of a part.
  /// - Returns: where in the log to go on, and the run there: behind the last part, or at the first
  ///   that could not be read.
  func forEachPart(
    of task: Int64?,
    _ body: ([OutputLogScan.Found]) -> Void
  ) -> (position: Int64, run: Int32) {
    for part in parts where task.map(part.header.mayHold) ?? true {
      var bytes = ContiguousArray<UInt8>(repeating: 0, count: Int(part.header.bodySize))
      guard (try? file?.descriptor.readAll(into: &bytes, at: part.body)) == bytes.count,
        let records = OutputLogIndexPart.records(part.header, bytes)
      else { return (part.header.start, part.header.run) }
      body(records)
    }
    return (covered, run)
  }
}
