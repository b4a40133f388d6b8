import CLinux
import Glibc

/// An open descriptor that closes itself when its owner lets go of it.
///
/// Every descriptor made here is close-on-exec from birth, so that no task inherits one.
package struct FileDescriptor: ~Copyable {
  /// The number, for as long as this value lives.
  package let rawValue: Int32

  /// Takes over an open descriptor.
  package init(owning rawValue: Int32) {
    self.rawValue = rawValue
  }

  deinit {
    // A failed close has closed all the same, and no caller could do better about it.
    _ = Glibc.close(rawValue)
  }

  /// Closes it, and tells what a file server says only then.
  package consuming func close() throws(Errno) {
    let number = rawValue
    discard self
    // The number is free whatever the call says, so it is not made again.
    if Glibc.close(number) != 0, Errno.last != .interrupted { throw Errno.last }
  }

  /// What a read or a write came to.
  package enum Transfer: Equatable, Sendable {
    /// How many bytes were transferred; never 0.
    case bytes(Int)
    /// Nothing could go over now.
    case wouldBlock
    /// The other side has ended.
    case ended
  }

  /// Reads at most as many bytes as the buffer has room for.
  package borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Transfer
  {
    do {
      let count = try retrying { unsafe Glibc.read(rawValue, buffer.baseAddress, buffer.count) }
      return count == 0 ? .ended : .bytes(count)
    } catch .wouldBlock {
      return .wouldBlock
    }
  }

  /// Reads at most as many bytes as the buffer is long, to its beginning.
  package borrowing func read(into buffer: inout ContiguousArray<UInt8>) throws(Errno) -> Transfer {
    var room = buffer.mutableSpan
    return try unsafe room.withUnsafeMutableBytes { bytes throws(Errno) in
      try unsafe read(into: bytes)
    }
  }

  /// Writes as much of the buffer as goes without waiting, or all if the descriptor blocks.
  package borrowing func write(_ buffer: UnsafeRawBufferPointer) throws(Errno) -> Transfer {
    do {
      let count = try retrying { unsafe Glibc.write(rawValue, buffer.baseAddress, buffer.count) }
      return .bytes(count)
    } catch .wouldBlock {
      return .wouldBlock
    }
  }

  /// Whether a pipe or socket has bytes to read; the end of its input is none.
  package var hasInput: Bool {
    var count: Int32 = 0
    return unsafe ioctl(rawValue, UInt(FIONREAD), &count) == 0 && count > 0
  }

  /// Says whether reads and writes return at once when nothing can go over.
  package borrowing func setNonblocking(_ nonblocking: Bool) throws(Errno) {
    _ = try retrying { clinux_set_nonblocking(rawValue, nonblocking ? 1 : 0) }
  }

  /// Says whether a new program is to lose this descriptor.
  package borrowing func setCloseOnExec(_ closes: Bool) throws(Errno) {
    _ = try retrying { clinux_set_close_on_exec(rawValue, closes ? 1 : 0) }
  }
}

extension FileDescriptor {
  /// How a file is opened.
  package enum Mode: Sendable {
    case reading
    /// Written at its end whoever else writes; made if need be.
    case appending
    /// As `appending`, but not waiting for the reader of a named pipe: without one there is an error.
    case appendingAtOnce
    /// The same for what must be there.
    case appendingExisting
    /// Read and written where it stands; made if need be.
    case updating
    /// Read and written where it stands; must be there.
    case updatingExisting
    /// Read and written; must not exist yet.
    case creating

    fileprivate var flags: Int32 {
      switch self {
      case .reading: O_RDONLY
      case .appending: O_WRONLY | O_CREAT | O_APPEND
      case .appendingAtOnce: O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK
      case .appendingExisting: O_WRONLY | O_APPEND | O_NONBLOCK
      case .updating: O_RDWR | O_CREAT
      case .updatingExisting: O_RDWR
      case .creating: O_RDWR | O_CREAT | O_EXCL
      }
    }
  }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - mode: What it is wanted for.
  ///   - permissions: Of a file that is made, before the caller's umask.
  ///   - followsLink: Whether the path may name a symbolic link; see `OwnFile` where it may not.
  /// - Throws: what open(2) says.
  package init(
    opening path: String,
    for mode: Mode,
    permissions: UInt32 = 0o644,
    followsLink: Bool = true
  ) throws(Errno) {
    // What follows no link opens regular files only, and waits for no other end of a pipe.
    let care = followsLink ? 0 : O_NOFOLLOW | O_NONBLOCK
    let flags = mode.flags | O_CLOEXEC | O_NOCTTY | care
    self.init(
      owning: try unsafe SystemPath.retrying(path) { unsafe open($0, flags, permissions) }
    )
    // Writing waits as ever; only opening did not.
    if mode == .appendingAtOnce || mode == .appendingExisting {
      _ = clinux_set_nonblocking(rawValue, 0)
    }
  }

  /// Puts something in the place of each standard descriptor that is closed, so that no other file gets
  /// its number and with it what is meant for the caller.
  ///
  /// What stands there can neither be read nor written, so the caller hears what it would have heard.
  package static func ensureStandardDescriptors() {
    while true {
      let number = unsafe open("/", Int32(CLINUX_PATH_ONLY) | O_CLOEXEC)
      guard number >= 0 else { return }
      if number > 2 {
        _ = Glibc.close(number)
        return
      }
      _ = clinux_set_close_on_exec(number, 0)
    }
  }

  /// Keeps what this process was started with, from the given number on, from its own children.
  package static func closeOnExec(from first: Int32) {
    clinux_close_on_exec_from(first)
  }

  /// Makes a pipe.
  ///
  /// - Parameter waits: Whether reading waits for bytes; writing does in any case.
  /// - Returns: its ends.
  /// - Throws: when there are too many descriptors.
  package static func pipe(waits: Bool = true) throws(Errno) -> Pipe {
    var ends: [Int32] = [-1, -1]
    _ = try retrying {
      unsafe ends.withUnsafeMutableBufferPointer {
        unsafe clinux_pipe($0.baseAddress, waits ? 0 : 1)
      }
    }
    return Pipe(reading: FileDescriptor(owning: ends[0]), writing: FileDescriptor(owning: ends[1]))
  }

  /// Makes two connected stream sockets.
  package static func socketPair() throws(Errno) -> SocketPair {
    var ends: [Int32] = [-1, -1]
    _ = try retrying {
      unsafe ends.withUnsafeMutableBufferPointer { unsafe clinux_socketpair($0.baseAddress) }
    }
    return SocketPair(
      first: FileDescriptor(owning: ends[0]),
      second: FileDescriptor(owning: ends[1])
    )
  }
}

/// The two ends of a pipe.
package struct Pipe: ~Copyable {
  package let reading: FileDescriptor
  package let writing: FileDescriptor

  /// Closes the writing end, whose successor a child has.
  package consuming func keepReading() -> FileDescriptor { reading }

  /// Closes the reading end, whose successor a child has.
  package consuming func keepWriting() -> FileDescriptor { writing }
}

/// Two sockets that speak with each other.
package struct SocketPair: ~Copyable {
  package let first: FileDescriptor
  package let second: FileDescriptor

  /// Closes the second, whose successor a child has.
  package consuming func keepFirst() -> FileDescriptor { first }
}

extension FileDescriptor {
  /// A descriptor that several values refer to; the last of them closes it.
  final class Shared: Sendable {
    let descriptor: FileDescriptor

    init(_ descriptor: consuming FileDescriptor) {
      self.descriptor = descriptor
    }
  }
}
