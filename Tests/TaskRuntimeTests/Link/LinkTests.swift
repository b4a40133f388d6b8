@testable import TaskRuntime
import TaskScheduler
import Testing

/// One end of a link against the bare descriptors of the other.
@Suite struct LinkTests {
  /// What a link goes over.
  enum Way: CaseIterable, Sendable { case socket, pipes }

  /// A link, and the other side of it.
  private final class Connection {
    var poller: Poller
    let link: Link
    /// What the other side reads from and writes to; `nil` once it has gone.
    var reading: FileDescriptor.Shared?
    var writing: FileDescriptor.Shared?
    private var ready: ContiguousArray<Poller.Readiness> = []
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 100)

    init(_ way: Way) throws {
      ProcessExit.surviveWrites()
      poller = try Poller()
      let source = Poller.Source(kind: 1)
      switch way {
      case .socket:
        let sockets = try FileDescriptor.socketPair()
        let other = FileDescriptor.Shared(try sockets.second.copy())
        link = try Link(sockets.keepFirst(), as: source, in: &poller)
        (reading, writing) = (other, other)
      case .pipes:
        let there = try FileDescriptor.pipe()
        let back = try FileDescriptor.pipe()
        reading = FileDescriptor.Shared(try there.reading.copy())
        writing = FileDescriptor.Shared(try back.writing.copy())
        let stream = try ByteStream(reading: back.keepReading(), writing: there.keepWriting())
        link = try Link(stream, as: source, in: &poller)
      }
    }

    deinit { link.close(in: &poller) }

    /// The other side writes bytes.
    func write(_ bytes: some Sequence<UInt8>) throws {
      try writing?.descriptor.writeAll(Array(bytes).span)
    }

    /// The other side goes.
    func hangUp() { (reading, writing) = (nil, nil) }

    /// Takes the frames that have come, through a small buffer.
    func receive() throws(WireError) -> [ContiguousArray<UInt8>] {
      link.receive(through: &buffer)
      var bodies: [ContiguousArray<UInt8>] = []
      while var frame = try link.next() {
        bodies.append(try frame.byteString())
        try frame.finish()
      }
      return bodies
    }

    func flush() { link.flush(in: &poller) }

    /// Whether the poller has something to tell of the link now.
    func isReady() throws -> (reading: Bool, writing: Bool) {
      let past = Instant(nanoseconds: 0)
      try poller.wait(until: past, at: past, into: &ready)
      return (ready.contains(where: \.isReadable), ready.contains(where: \.isWritable))
    }
  }

  private static func body(_ count: Int, seed: Int = 0) -> ContiguousArray<UInt8> {
    ContiguousArray((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8 &+ seed) })
  }

  private static func frames(_ bodies: [ContiguousArray<UInt8>]) -> ContiguousArray<UInt8> {
    var writer = WireWriter()
    for body in bodies { writer.frame { $0.put(bytes: body) } }
    return writer.bytes
  }

  @Test(arguments: Way.allCases, [1, 2, 3, 5, 64, 1000])
  func `frames come whole, whatever pieces they come in`(way: Way, piece: Int) throws {
    let connection = try Connection(way)
    let bodies = [Self.body(0), Self.body(3), Self.body(250), Self.body(1)]
    let bytes = Self.frames(bodies)
    var heard: [ContiguousArray<UInt8>] = []
    var ends = bodies.indices.map { Self.frames(Array(bodies[...$0])).count }
    for start in stride(from: 0, to: bytes.count, by: piece) {
      let end = min(start + piece, bytes.count)
      try connection.write(bytes[start..<end])
      heard += try connection.receive()
      ends.removeAll { $0 <= end }
      #expect(heard.count == bodies.count - ends.count, "at byte \(end)")
    }
    #expect(heard == bodies)
    #expect(connection.link.condition == .open)
  }

  @Test(arguments: Way.allCases)
  func `a frame may be larger than the buffer and the pipe, up to the limit of frames`(
    way: Way
  ) throws {
    let connection = try Connection(way)
    let body = Self.body(500_000)
    let bytes = Self.frames([body])
    var heard: [ContiguousArray<UInt8>] = []
    for start in stride(from: 0, to: bytes.count, by: 30_000) {
      try connection.write(bytes[start..<min(start + 30_000, bytes.count)])
      heard += try connection.receive()
    }
    #expect(heard == [body])
  }

  @Test(arguments: Way.allCases)
  func `a side that does not read holds nobody up, and nothing is lost`(way: Way) throws {
    let connection = try Connection(way)
    let bodies = (0..<64).map { Self.body(50_000, seed: $0) }
    let bytes = Self.frames(bodies)
    for body in bodies {
      connection.link.send { $0.put(bytes: body) }
      connection.flush()
    }
    let waiting = connection.link.waitingCount
    #expect(waiting > 0 && waiting < bytes.count)
    var isWritable = try connection.isReady().writing
    #expect(!isWritable)
    var heard: ContiguousArray<UInt8> = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while heard.count < bytes.count {
      let count = try #require(try connection.reading?.descriptor.readWaiting(into: &buffer))
      heard += buffer[..<count]
      if try connection.isReady().writing { connection.flush() }
      let left = connection.link.waitingCount
      #expect(heard.count + left <= bytes.count && left <= waiting)
    }
    #expect(heard == bytes)
    #expect(connection.link.waitingCount == 0)
    // Nothing waits to be written, so that it can be is no news.
    isWritable = try connection.isReady().writing
    #expect(!isWritable)
  }

  @Test(arguments: Way.allCases, [1, 3, 4, 5, 200])
  func `the end in the middle of a frame is the end, and no frame`(way: Way, count: Int) throws {
    let connection = try Connection(way)
    let whole = Self.frames([Self.body(9)])
    try connection.write(whole + Self.frames([Self.body(300)]).prefix(count))
    connection.hangUp()
    var heard: [ContiguousArray<UInt8>] = []
    while connection.link.condition == .open { heard += try connection.receive() }
    #expect(heard == [Self.body(9)])
    #expect(try connection.receive().isEmpty)
  }

  @Test(arguments: Way.allCases)
  func `a length that no frame has is told, behind the frames before it`(way: Way) throws {
    let connection = try Connection(way)
    try connection.write(Self.frames([Self.body(9)]) + [0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3])
    connection.link.receive(through: &connection.buffer)
    var first = try connection.link.next()
    #expect(try first?.byteString() == Self.body(9))
    for _ in 0..<2 {
      #expect(throws: WireError.frameTooLong(0x7FFF_FFFF)) { try connection.link.next() }
    }
  }

  @Test(arguments: Way.allCases)
  func `the last words of a side that has gone are heard, though nothing reaches it any more`(
    way: Way
  ) throws {
    let connection = try Connection(way)
    let words = (0..<20).map { Self.body(90, seed: $0) }
    try connection.write(Self.frames(words))
    connection.hangUp()
    for _ in 0..<3 {
      connection.link.send { $0.put(bytes: Self.body(10)) }
      connection.flush()
    }
    #expect(connection.link.waitingCount == 0)
    var heard: [ContiguousArray<UInt8>] = []
    while connection.link.condition == .open { heard += try connection.receive() }
    #expect(heard == words)
    connection.link.send { $0.put(bytes: Self.body(10)) }
    #expect(connection.link.waitingCount == 0)
  }

  @Test(arguments: Way.allCases)
  func `a link that is closed is watched no more and sends nothing`(way: Way) throws {
    let connection = try Connection(way)
    // It is closed while it waits for room.
    for _ in 0..<64 { connection.link.send { $0.put(bytes: Self.body(50_000)) } }
    connection.flush()
    connection.link.close(in: &connection.poller)
    connection.hangUp()
    let ready = try connection.isReady()
    #expect(!ready.reading && !ready.writing)
    #expect(connection.link.condition == .ended)
    connection.link.close(in: &connection.poller)
  }
}
