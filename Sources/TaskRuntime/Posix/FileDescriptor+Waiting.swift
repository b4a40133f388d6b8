import CLinux
import Glibc

extension FileDescriptor {
  /// A copy of standard input.
  package static func standardInput() throws(Errno) -> FileDescriptor { try duplicate(of: 0) }

  /// A copy of standard output.
  package static func standardOutput() throws(Errno) -> FileDescriptor { try duplicate(of: 1) }

  /// A copy of standard error.
  package static func standardError() throws(Errno) -> FileDescriptor { try duplicate(of: 2) }

  /// Makes a file without a name, kept in memory, that goes with its last descriptor.
  static func memoryFile() throws(Errno) -> FileDescriptor {
    FileDescriptor(owning: try retrying { clinux_memory_file() })
  }

  /// What is left to be read, from the start of a file in memory, which can be read again.
  borrowing func copyInMemory() throws(Errno) -> FileDescriptor {
    let copy = try Self.memoryFile()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while case let count = try readWaiting(into: &buffer), count > 0 {
      try copy.writeAll(buffer.span.extracting(first: count))
    }
    try copy.go(to: 0)
    return copy
  }

  private static func duplicate(of number: Int32) throws(Errno) -> FileDescriptor {
    FileDescriptor(owning: try retrying { fcntl(number, F_DUPFD_CLOEXEC, 3) })
  }

  /// Another descriptor of the same open file, at the same place in it.
  package borrowing func copy() throws(Errno) -> FileDescriptor {
    try Self.duplicate(of: rawValue)
  }

  /// Which byte of a file is read or written next.
  package borrowing func place() throws(Errno) -> Int {
    Int(try retrying { lseek(rawValue, 0, SEEK_CUR) })
  }

  /// Goes to a byte of a file.
  package borrowing func go(to place: Int) throws(Errno) {
    _ = try retrying { lseek(rawValue, off_t(place), SEEK_SET) }
  }

  /// Reads what is there, waiting if nothing is; a nonblocking descriptor is waited for too.
  ///
  /// - Returns: How many bytes were read; 0 at the end.
  package borrowing func readWaiting(into buffer: inout [UInt8]) throws(Errno) -> Int {
    while true {
      var room = buffer.mutableSpan
      let transfer = try unsafe room.withUnsafeMutableBytes { bytes throws(Errno) -> Transfer in
        try unsafe read(into: bytes)
      }
      switch transfer {
      case .bytes(let count): return count
      case .ended: return 0
      case .wouldBlock: try Self.wait(for: Int16(POLLIN), on: rawValue)
      }
    }
  }

  /// Waits for something to read, or the end.
  ///
  /// - Parameter milliseconds: How long at most; `nil` for as long as it takes.
  /// - Returns: Whether a read would not wait.
  /// - Throws: what poll(2) says.
  package borrowing func waitForInput(milliseconds: Int32?) throws(Errno) -> Bool {
    var watched = pollfd(fd: rawValue, events: Int16(POLLIN), revents: 0)
    return try retrying { unsafe poll(&watched, 1, milliseconds ?? -1) } > 0
  }

  /// Writes all of the bytes, waiting where it must.
  package borrowing func writeAll(_ bytes: Span<UInt8>) throws(Errno) {
    try Self.writeAll(bytes, to: rawValue)
  }

  /// Writes bytes on standard error, for a person; it takes no descriptor, as there may be none left.
  package static func writeToStandardError(_ bytes: Span<UInt8>) throws(Errno) {
    try writeAll(bytes, to: 2)
  }

  private static func writeAll(_ bytes: Span<UInt8>, to number: Int32) throws(Errno) {
    var start = 0
    while start < bytes.count {
      let rest = bytes.extracting(start..<bytes.count)
      do throws(Errno) {
        start += try retrying {
          unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
        }
      } catch .wouldBlock {
        try wait(for: Int16(POLLOUT), on: number)
      }
    }
  }

  private static func wait(for events: Int16, on number: Int32) throws(Errno) {
    var watched = pollfd(fd: number, events: events, revents: 0)
    _ = try retrying { unsafe poll(&watched, 1, -1) }
  }
}
