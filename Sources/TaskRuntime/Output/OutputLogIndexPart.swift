import TaskLang
import TaskScheduler

/// A part of the index beside an output log: the records between two places of the log.
///
/// The index holds nothing that the log does not: it only saves reading it. Parts are written when
/// they are full and follow each other without a gap; what is behind the last is found by a scan.
struct OutputLogIndexPart {
  /// What the index file begins with; the number is the format's version.
  static let magic = ContiguousArray("DBINDEX1".utf8)
  /// A part is full with this many records, or when they cover `fullSize` bytes.
  static let mostRecords: UInt32 = 1 << 16
  static let mostBytes: Int64 = 16 << 20
  static let headerSize = 72
  private static let mark: UInt32 = 0x3178_4244

  /// What its header says.
  struct Header: Hashable {
    /// Where the part's first record begins in the log, and where its last one ends.
    var start: Int64
    var end: Int64
    /// The runs that the records before and behind it belong to.
    var run: Int32
    var lastRun: Int32
    /// The least and the greatest task of its records; the least is greater when there is none.
    var leastTask = Int64.max
    var greatestTask: Int64 = -1
    var count: UInt32 = 0
    var bodySize: UInt32 = 0
    var bodySum: UInt64 = 0

    /// Whether it can have records of a task.
    func mayHold(_ task: Int64) -> Bool { leastTask <= task && task <= greatestTask }
  }

  private(set) var header: Header
  private var body: ContiguousArray<UInt8> = []
  private var lastTask: Int64 = 0

  /// Begins a part at a place of the log.
  init(at start: Int64, run: Int32) {
    header = Header(start: start, end: start, run: run, lastRun: run)
  }

  var isEmpty: Bool { header.count == 0 }
  var isFull: Bool {
    header.count >= Self.mostRecords || header.end - header.start >= Self.mostBytes
  }

  /// Takes the record that begins where the last one ended.
  mutating func add(_ record: OutputLogRecord) {
    switch record.kind {
    case .run(let number):
      put(UInt64(number) << 2)
      header.lastRun = number
    case .output(let origin, let offset):
      let task = origin.task.rawValue
      let distance = task &- lastTask
      let zigzag = UInt64(bitPattern: (distance << 1) ^ (distance >> 63))
      put(zigzag << 2 | UInt64(origin.stream.rawValue))
      put(UInt64(origin.attempt.rawValue))
      put(UInt64(offset))
      lastTask = task
      header.leastTask = min(header.leastTask, task)
      header.greatestTask = max(header.greatestTask, task)
    }
    put(UInt64(record.count))
    header.count += 1
    header.end += Int64(record.size)
  }

  private mutating func put(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      body.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    body.append(UInt8(rest))
  }

  /// The part as it stands in the index.
  var bytes: ContiguousArray<UInt8> {
    var writer = WireWriter()
    writer.put(Self.mark)
    writer.put(header.count)
    writer.put(UInt32(body.count))
    writer.put(header.run)
    writer.put(header.lastRun)
    writer.put(UInt32(0))
    writer.put(header.start)
    writer.put(header.end)
    writer.put(header.leastTask)
    writer.put(header.greatestTask)
    writer.put(StableHash(of: body.span).value)
    writer.put(StableHash(of: writer.bytes.span).value)
    return writer.bytes + body
  }

  /// Reads a header; `nil` when it is none or was damaged.
  static func header(_ bytes: ContiguousArray<UInt8>) -> Header? {
    guard bytes.count == headerSize else { return nil }
    var reader = WireReader(bytes, 0..<bytes.count)
    do throws(WireError) {
      guard try reader.integer() == mark else { return nil }
      let count = try reader.integer(UInt32.self)
      let bodySize = try reader.integer(UInt32.self)
      let run = try reader.integer(Int32.self)
      let lastRun = try reader.integer(Int32.self)
      _ = try reader.integer(UInt32.self)
      let header = Header(
        start: try reader.integer(),
        end: try reader.integer(),
        run: run,
        lastRun: lastRun,
        leastTask: try reader.integer(),
        greatestTask: try reader.integer(),
        count: count,
        bodySize: bodySize,
        bodySum: try reader.integer()
      )
      guard
        try reader.integer() == StableHash(of: bytes.span.extracting(..<(headerSize - 8))).value,
        lastRun < Int32.max
      else {
        return nil
      }
      return header
    } catch {
      return nil
    }
  }

  /// The records of a part; `nil` when its body was damaged.
  static func records(
    _ header: Header,
    _ body: ContiguousArray<UInt8>
  ) -> [OutputLogScan.Found]? {
    guard body.count == Int(header.bodySize), StableHash(of: body.span).value == header.bodySum
    else { return nil }
    var place = 0
    func value() -> UInt64? {
      var result: UInt64 = 0
      var shift: UInt64 = 0
      while place < body.count, shift < 64 {
        let byte = body[place]
        place += 1
        result |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return result }
        shift += 7
      }
      return nil
    }
    var found: [OutputLogScan.Found] = []
    var position = header.start
    var run = header.run
    var task: Int64 = 0
    for _ in 0..<header.count {
      guard let first = value() else { return nil }
      let kind: OutputLogRecord.Kind
      if let stream = OutputStream(rawValue: UInt8(first & 3)) {
        let zigzag = first >> 2
        task &+= Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
        guard let attempt = value(), let offset = value() else { return nil }
        let origin = OutputOrigin(
          task: TaskID(task),
          attempt: Attempt(Int32(truncatingIfNeeded: attempt)),
          stream: stream
        )
        kind = .output(origin, offset: Int64(bitPattern: offset))
      } else {
        run = Int32(truncatingIfNeeded: first >> 2)
        kind = .run(run)
      }
      guard let count = value(),
        let record = OutputLogRecord(read: kind, count: Int(truncatingIfNeeded: count))
      else { return nil }
      found.append(OutputLogScan.Found(record: record, position: position, run: run))
      position += Int64(record.size)
    }
    return position == header.end ? found : nil
  }
}
