import TaskRuntime
import TaskScheduler
import Testing

@Suite struct PollerTests {
  private let past = Instant(nanoseconds: 0)

  private func write(_ text: String, to descriptor: borrowing FileDescriptor) throws {
    let bytes = Array(text.utf8)
    let number = try unsafe bytes.withUnsafeBytes { try unsafe descriptor.write($0) }
    #expect(number == .bytes(bytes.count))
  }

  @Test func `a pipe with bytes is ready under the source it was added as`() throws {
    var poller = try Poller()
    let pipe = try FileDescriptor.pipe()
    let source = Poller.Source(kind: 3, index: 17)
    let registration = try poller.add(pipe.reading.rawValue, for: .reading, as: source)
    var ready: ContiguousArray<Poller.Readiness> = []
    try poller.wait(until: past, at: past, into: &ready)
    #expect(ready.isEmpty)
    try write("x", to: pipe.writing)
    try poller.wait(until: nil, at: past, into: &ready)
    #expect(ready.map(\.source) == [source])
    #expect(ready.map(\.isReadable) == [true])
    poller.remove(registration)
    try poller.wait(until: past, at: past, into: &ready)
    #expect(ready.isEmpty)
  }

  @Test func `readiness collected before a removal is not current for the successor`() throws {
    var poller = try Poller()
    let pipe = try FileDescriptor.pipe()
    let old = try poller.add(pipe.reading.rawValue, for: .reading, as: Poller.Source(kind: 1))
    try write("x", to: pipe.writing)
    var ready: ContiguousArray<Poller.Readiness> = []
    try poller.wait(until: nil, at: past, into: &ready)
    poller.remove(old)
    let new = try poller.add(pipe.reading.rawValue, for: .reading, as: Poller.Source(kind: 2))
    let collected = try #require(ready.first?.registration)
    let (oldIsCurrent, newIsCurrent) = (poller.isCurrent(collected), poller.isCurrent(new))
    #expect(!oldIsCurrent)
    #expect(newIsCurrent)
    poller.remove(new)
  }

  @Test func `the end of a pipe counts as readable`() throws {
    var poller = try Poller()
    let reading = try FileDescriptor.pipe().keepReading()
    let registration = try poller.add(reading.rawValue, for: .reading, as: Poller.Source(kind: 1))
    var ready: ContiguousArray<Poller.Readiness> = []
    try poller.wait(until: nil, at: past, into: &ready)
    #expect(ready.map(\.isReadable) == [true])
    poller.remove(registration)
  }

  @Test func `a changed interest takes effect`() throws {
    var poller = try Poller()
    let sockets = try FileDescriptor.socketPair()
    let source = Poller.Source(kind: 1)
    let registration = try poller.add(sockets.first.rawValue, for: .reading, as: source)
    var ready: ContiguousArray<Poller.Readiness> = []
    try poller.change(registration, to: [.reading, .writing])
    try poller.wait(until: nil, at: past, into: &ready)
    #expect(ready.map(\.isWritable) == [true])
    #expect(ready.map(\.isReadable) == [false])
    poller.remove(registration)
  }

  @Test func `a regular file is refused and leaves no trace`() throws {
    var poller = try Poller()
    let file = try FileDescriptor(opening: #filePath, for: .reading)
    let number = file.rawValue
    do {
      _ = try poller.add(number, for: .reading, as: Poller.Source(kind: 1))
      Issue.record("a regular file was taken")
    } catch {
      #expect(error == .notPermitted)
    }
    let pipe = try FileDescriptor.pipe()
    let registration = try poller.add(
      pipe.reading.rawValue,
      for: .reading,
      as: Poller.Source(kind: 1)
    )
    let isCurrent = poller.isCurrent(registration)
    #expect(isCurrent)
    poller.remove(registration)
  }

  @Test func `a wakeup rings once however often it was rung`() throws {
    var poller = try Poller()
    let bell = try Wakeup(waits: false)
    let registration = try poller.add(
      bell.descriptor.rawValue,
      for: .reading,
      as: Poller.Source(kind: 1)
    )
    bell.ring()
    bell.ring()
    var ready: ContiguousArray<Poller.Readiness> = []
    try poller.wait(until: nil, at: past, into: &ready)
    #expect(ready.count == 1)
    bell.answer()
    try poller.wait(until: past, at: past, into: &ready)
    #expect(ready.isEmpty)
    poller.remove(registration)
  }
}
