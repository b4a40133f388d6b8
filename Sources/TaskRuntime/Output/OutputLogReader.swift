import TaskScheduler

/// Reads an output log, by its index as far as there is one.
final class OutputLogReader: OutputArchive {
  /// The attempt of a run that a record belongs to.
  private struct Key: Hashable, Comparable {
    var task: Int64
    var run: Int32
    var attempt: Int32

    static func < (left: Key, right: Key) -> Bool {
      (left.task, left.run, left.attempt) < (right.task, right.run, right.attempt)
    }
  }

  /// How much there is of each stream.
  private struct Sizes {
    var output: Int64 = 0
    var error: Int64 = 0
  }

  private let path: String
  private let file: FileDescriptor.Shared
  private var index: OutputLogIndex
  private(set) var notes: [String] = []

  /// Opens a log.
  ///
  /// - Throws: `OutputArchiveError` for a file of another kind.
  init(_ path: String) throws(OutputArchiveError) {
    self.path = path
    do throws(Errno) {
      file = FileDescriptor.Shared(try FileDescriptor(opening: path, for: .reading))
      let size = try FileSystem.status(of: file.descriptor).size
      let indexFile = try? FileDescriptor.Shared(
        FileDescriptor(opening: OutputLogIndex.path(of: path), for: .reading)
      )
      index = OutputLogIndex(indexFile, ofLogWithSize: size)
      guard try Self.isLog(file) else { throw Errno.invalidArgument }
    } catch .invalidArgument {
      throw OutputArchiveError("is no output file of disbatch and no folder of results")
    } catch {
      throw OutputArchiveError(error)
    }
  }

  /// Whether a file begins as a log does.
  static func isLog(_ file: FileDescriptor.Shared) throws(Errno) -> Bool {
    let magic = ContiguousArray(OutputLogRecord.magic.utf8)
    var start = ContiguousArray<UInt8>(repeating: 0, count: magic.count)
    return try file.descriptor.readAll(into: &start, at: 0) == magic.count && start == magic
  }

  // MARK: Records

  /// Goes through the records of a task, or of all, in the order of the file.
  ///
  /// - Parameters:
  ///   - task: The task; `nil` for all.
  ///   - partEnds: Is called between parts of the file.
  ///   - body: Takes a record with the key of its attempt.
  /// - Throws: when the file cannot be read.
  private func forEachRecord(
    of task: Int64?,
    partEnds: () -> Void = {},
    _ body: (Key, OutputLogScan.Found) -> Void
  ) throws(OutputArchiveError) {
    func take(_ found: OutputLogScan.Found) {
      guard case .output(let origin, _) = found.record.kind,
        task == nil || task == origin.task.rawValue
      else { return }
      let key = Key(
        task: origin.task.rawValue,
        run: found.run,
        attempt: origin.attempt.rawValue
      )
      body(key, found)
    }
    let rest = index.forEachPart(of: task) { part in
      for found in part { take(found) }
      partEnds()
    }
    var scan = OutputLogScan(file, from: rest.position, run: rest.run)
    var count = 0
    while true {
      switch try Self.reading({ () throws(Errno) in try scan.next() }) {
      case .record(let found):
        take(found)
        count += 1
        if count % Int(OutputLogIndexPart.mostRecords) == 0 { partEnds() }
      case .end(.complete): return partEnds()
      case .end(.torn):
        note("\(path): the last record is not there to its end and is left out")
        return partEnds()
      case .end(.damaged):
        note("\(path): what stands at byte \(scan.position) is no record; the rest is left out")
        return partEnds()
      }
    }
  }

  private static func reading<Value>(
    _ body: () throws(Errno) -> Value
  ) throws(OutputArchiveError) -> Value {
    do throws(Errno) { return try body() } catch { throw OutputArchiveError(error) }
  }

  private var indexPath: String { OutputLogIndex.path(of: path) }

  private func note(_ line: String) {
    if !notes.contains(line) { notes.append(line) }
  }

  /// The records of a task.
  ///
  /// An index that belongs to another file is found out here, and done without.
  private func records(of task: Int64) throws(OutputArchiveError) -> [(Key, OutputLogScan.Found)] {
    var records: [(Key, OutputLogScan.Found)] = []
    try forEachRecord(of: task) { records.append(($0, $1)) }
    for (_, found) in [records.first, records.last].compactMap(\.self) where try !hasHeader(found) {
      guard !index.isEmpty else { throw OutputArchiveError("has changed meanwhile") }
      note("\(indexPath) belongs to another file; it is not used")
      index = OutputLogIndex(nil, ofLogWithSize: 0)
      return try self.records(of: task)
    }
    return records
  }

  private func hasHeader(_ found: OutputLogScan.Found) throws(OutputArchiveError) -> Bool {
    let header = found.record.header
    var bytes = ContiguousArray<UInt8>(repeating: 0, count: header.count)
    let count = try Self.reading { () throws(Errno) in
      try file.descriptor.readAll(into: &bytes, at: found.position)
    }
    return count == header.count && bytes == header
  }

  // MARK: Attempts

  /// Numbers attempts as files of results are: behind the highest of the runs before.
  private struct Numbering {
    private var last: Key?
    private var base = 0
    private var highest = 0

    /// The number of an attempt; they are asked for in rising order.
    mutating func number(of key: Key) -> Int {
      if last?.task != key.task { (base, highest) = (0, 0) }
      if last?.run != key.run { base = highest }
      last = key
      highest = base + Int(key.attempt)
      return highest
    }
  }

  func attempts(of task: Int64?) throws(OutputArchiveError) -> [KeptAttempt] {
    var all: [(key: Key, sizes: Sizes)] = []
    var part: [Key: Sizes] = [:]
    try forEachRecord(
      of: task,
      partEnds: {
        all += part.map { ($0.key, $0.value) }
        part.removeAll(keepingCapacity: true)
      }
    ) { key, found in
      guard case .output(let origin, _) = found.record.kind else { return }
      switch origin.stream {
      case .output: part[key, default: Sizes()].output += Int64(found.record.count)
      case .error: part[key, default: Sizes()].error += Int64(found.record.count)
      }
    }
    all.sort { $0.key < $1.key }
    var attempts: [KeptAttempt] = []
    var numbering = Numbering()
    var last: Key?
    for (key, sizes) in all {
      if key != last {
        attempts.append(KeptAttempt(task: key.task, number: numbering.number(of: key)))
        last = key
      }
      attempts[attempts.count - 1].outputByteCount += sizes.output
      attempts[attempts.count - 1].errorByteCount += sizes.error
    }
    return attempts
  }

  func read(
    _ attempt: KeptAttempt,
    _ streams: Set<OutputStream>,
    _ body: (OutputStream, Span<UInt8>) -> Bool
  ) throws(OutputArchiveError) -> Int64 {
    let records = try records(of: attempt.task)
    var numbering = Numbering()
    let keys = Set(records.map(\.0)).sorted()
    let wanted = keys.first { numbering.number(of: $0) == attempt.number }
    var next: [OutputStream: Int64] = [:]
    var missing: Int64 = 0
    var bytes: ContiguousArray<UInt8> = []
    for (key, found) in records where key == wanted {
      guard case .output(let origin, let offset) = found.record.kind,
        streams.contains(origin.stream)
      else { continue }
      let expected = next[origin.stream, default: 0]
      missing += max(0, offset - expected)
      next[origin.stream] = max(expected, offset + Int64(found.record.count))
      bytes = ContiguousArray(repeating: 0, count: found.record.count)
      let place = found.position + Int64(found.record.header.count)
      let count = try Self.reading { () throws(Errno) in
        try file.descriptor.readAll(into: &bytes, at: place)
      }
      guard body(origin.stream, bytes.span.extracting(first: count)) else { break }
    }
    return missing
  }

  var taskRange: ClosedRange<Int64>? {
    get throws(OutputArchiveError) {
      var range = index.taskRange
      var scan = OutputLogScan(file, from: index.covered, run: index.run)
      while case .record(let found) = try Self.reading({ () throws(Errno) in try scan.next() }) {
        guard case .output(let origin, _) = found.record.kind else { continue }
        let task = origin.task.rawValue
        range = min(range?.lowerBound ?? task, task)...max(range?.upperBound ?? task, task)
      }
      return range
    }
  }
}
