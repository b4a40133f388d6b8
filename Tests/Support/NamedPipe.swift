import Glibc
import Synchronization

/// A named pipe between a test and the tasks of a run.
///
/// Tasks that write into it say what they have reached, and its end of file comes when the last
/// process that has it open is gone. So a test learns of both as events, without asking again and
/// again. A test that writes into it lets one waiting task go on for each line.
package final class NamedPipe: Sendable {
  /// Its absolute path, for the tasks.
  package let path: String
  private let descriptor: Int32
  /// Keeps the end of file away while tasks come and go.
  private let keeper = Mutex<Int32?>(nil)

  /// The ways a test uses the pipe.
  package enum Direction: Sendable {
    /// The test reads what tasks write.
    case fromTasks
    /// The test writes what tasks read.
    case toTasks
  }

  /// Makes a pipe called `name` in `folder`.
  package init(_ name: String, _ direction: Direction, in folder: TemporaryFolder) throws {
    path = folder.file(name)
    guard unsafe mkfifo(path, 0o600) == 0 else { throw SystemFailure("mkfifo", on: path) }
    // Opened for writing alone it would fail until a task reads it; read-write never waits.
    let mode = direction == .fromTasks ? O_RDONLY : O_RDWR
    descriptor = unsafe open(path, mode | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure("open", on: path) }
    if direction == .fromTasks {
      let writer = unsafe open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      guard writer >= 0 else { throw SystemFailure("open", on: path) }
      keeper.withLock { $0 = writer }
    }
  }

  deinit {
    letGo()
    close(descriptor)
  }

  /// Lets one task that reads a line from the pipe go on.
  package func release() throws {
    var byte: UInt8 = 0x0A
    guard unsafe write(descriptor, &byte, 1) == 1 else { throw SystemFailure("write", on: path) }
  }

  /// Fills it up, so that nobody can write any more; for pipes that nobody reads.
  package func fill() {
    let chunk = [UInt8](repeating: UInt8(ascii: "."), count: 4096)
    while unsafe write(descriptor, chunk, chunk.count) > 0 {}
  }

  /// Reads until so many lines have come, or the time is over.
  package func lines(_ count: Int, seconds: Int = 60) -> [String] {
    var received: [UInt8] = []
    while received.count(where: { $0 == 0x0A }) < count, let more = next(seconds: seconds) {
      received += more
    }
    return String(decoding: received, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Whether every process that has the pipe open is gone within the time.
  package func ends(seconds: Int = 60) -> Bool {
    letGo()
    while true {
      guard isReadable(seconds: seconds) else { return false }
      if read() == nil { return true }
    }
  }

  private func letGo() {
    keeper.withLock { writer in
      if let open = writer { close(open) }
      writer = nil
    }
  }

  /// What can be read next; nil when the writers are gone or the time is over.
  private func next(seconds: Int) -> [UInt8]? { isReadable(seconds: seconds) ? read() : nil }

  private func isReadable(seconds: Int) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let count = unsafe poll(&request, 1, Int32(seconds) * 1000)
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }

  private func read() -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
    return count > 0 ? Array(chunk[..<count]) : nil
  }
}
