import TaskRuntime
import TaskScheduler
import Testing

/// Streams that stand still hold up nobody, and whoever reads them learns what is missing.
@Suite struct StreamWriterTests {
  private func line(_ text: String) -> ContiguousArray<UInt8> { ContiguousArray("\(text)\n".utf8) }

  /// Reads a pipe to its end.
  private func text(_ reading: borrowing FileDescriptor) throws -> String {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = try reading.readWaiting(into: &buffer), count > 0 {
      text += buffer[..<count]
    }
    return String(decoding: text, as: UTF8.self)
  }

  private var soon: Instant { Clock.now + .milliseconds(50) }
  private var late: Instant { Clock.now + .seconds(60) }

  @Test func `what is posted is written in its order`() throws {
    let pipe = try FileDescriptor.pipe()
    let stream = try StreamWriter(pipe.writing.copy(), name: "a pipe")
    for number in 0..<1000 { stream.post(line("\(number)")) }
    #expect(stream.finish(by: late))
    let reading = pipe.keepReading()
    // The writer closes its copy when it goes; what is there is read before the end is waited for.
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = try reading.readWaiting(into: &buffer)
    let expected = (0..<1000).map { "\($0)\n" }.joined()
    #expect(String(decoding: buffer[..<count], as: UTF8.self) == expected)
  }

  @Test func `nobody waits for a pipe that nobody reads, and the missing lines are counted`() throws
  {
    let pipe = try FileDescriptor.pipe()
    let limit = 10_000
    let total = 20_000
    do {
      let stream = try StreamWriter(pipe.writing.copy(), name: "a pipe", byteLimit: limit)
      for number in 0..<total { stream.post(line("line \(number)")) }
      #expect(!stream.finish(by: soon), "the pipe holds less than half of that")
    }
    let reading = pipe.keepReading()
    let lines = try text(reading).split(separator: "\n").map(String.init)
    let notice = /disbatch: (\d+) lines are missing here: .*/
    let notices = lines.compactMap { $0.wholeMatch(of: notice) }
    #expect(notices.count >= 1, "\(lines.count)")
    let missing = notices.compactMap { Int($0.1) }.reduce(0, +)
    #expect(lines.count - notices.count + missing == total)
    #expect(lines.last == "line \(total - 1)")
    let numbers = lines.compactMap { Int($0.dropFirst(5)) }
    #expect(numbers == numbers.sorted())
  }

  @Test func `only the newest of what is repainted is kept, and a line takes its place`() throws {
    let pipe = try FileDescriptor.pipe()
    do {
      let stream = try StreamWriter(pipe.writing.copy(), name: "a pipe")
      // So much that the thread stands in the middle of it.
      let long = String(repeating: "x", count: 1 << 17)
      stream.post(line(long))
      for number in 0..<1000 { stream.repaint(ContiguousArray("\rold \(number)".utf8)) }
      stream.post(line("message"))
      for number in 0..<1000 { stream.repaint(ContiguousArray("\rnew \(number)".utf8)) }
      #expect(!stream.finish(by: soon))
    }
    let text = try text(pipe.keepReading())
    #expect(text.hasSuffix("x\nmessage\n\rnew 999"))
    #expect(!text.contains("old"))
  }

  @Test func `a pipe that nobody can read any more is no matter`() throws {
    ProcessExit.surviveWrites()
    let writing = try { () throws in
      let pipe = try FileDescriptor.pipe()
      return try pipe.writing.copy()
    }()
    let stream = try StreamWriter(writing, name: "a pipe")
    stream.post(line("to nobody"))
    #expect(!stream.finish(by: late))
    stream.post(line("and again"))
  }

  @Test func `what was posted is with the reader when it has been waited for`() throws {
    let pipe = try FileDescriptor.pipe(waits: false)
    let stream = try StreamWriter(pipe.writing.copy(), name: "a pipe")
    var buffer = [UInt8](repeating: 0, count: 64)
    for number in 0..<1000 {
      stream.post(line("\(number)"))
      #expect(stream.drain(by: late))
      let transfer = try unsafe buffer.withUnsafeMutableBytes {
        try unsafe pipe.reading.read(into: $0)
      }
      #expect(transfer == .bytes(line("\(number)").count))
    }
    #expect(stream.finish(by: late))
    #expect(!stream.drain(by: late), "nothing is written any more")
  }

  @Test func `who waits for a pipe that nobody reads does not wait for ever`() throws {
    let pipe = try FileDescriptor.pipe()
    let stream = try StreamWriter(pipe.writing.copy(), name: "a pipe")
    let long = line(String(repeating: "x", count: 1 << 17))
    stream.post(long)
    #expect(!stream.drain(by: soon))
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    while count < long.count { count += try pipe.reading.readWaiting(into: &buffer) }
    #expect(stream.drain(by: late))
    #expect(stream.finish(by: late))
  }
}
