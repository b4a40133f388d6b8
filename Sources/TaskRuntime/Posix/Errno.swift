import Glibc

/// The number by which a system call says why it failed.
///
/// Source: errno(3).
package struct Errno: Error, Hashable, Sendable {
  /// The number itself.
  package var rawValue: Int32

  /// Makes an error of a number.
  package init(_ rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// What the last failed call of this thread left.
  package static var last: Errno { Errno(errno) }

  /// Whether the host only lacks room at the moment: for a process, a descriptor, memory.
  package var isShortage: Bool {
    [EAGAIN, ENOMEM, ENFILE, EMFILE].contains(rawValue)
  }

  /// The system's words, and the limit that may be behind it.
  package var advice: String {
    switch rawValue {
    case EMFILE: "\(text) (the limit is that of ulimit -n)"
    case ELOOP: "\(text) (no symbolic link is followed there)"
    case EFBIG: "\(text) (the limit may be that of ulimit -f)"
    case EAGAIN: "\(text) (the limit may be that of ulimit -u)"
    default: text
    }
  }

  /// The system's own words, as "No such file or directory".
  package var text: String {
    let capacity = 256
    return unsafe String(unsafeUninitializedCapacity: capacity) { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        guard let start = characters.baseAddress else { return 0 }
        // glibc's messages are far shorter than the buffer, so it always ends them with a zero.
        return unsafe strerror_r(rawValue, start, capacity) == 0 ? strlen(start) : 0
      }
    }
  }

  package static let badDescriptor = Errno(EBADF)
  package static let brokenPipe = Errno(EPIPE)
  package static let connectionReset = Errno(ECONNRESET)
  package static let exists = Errno(EEXIST)
  package static let interrupted = Errno(EINTR)
  package static let invalidArgument = Errno(EINVAL)
  package static let isDirectory = Errno(EISDIR)
  package static let isLink = Errno(ELOOP)
  package static let noLocks = Errno(ENOLCK)
  package static let noReader = Errno(ENXIO)
  package static let noSpace = Errno(ENOSPC)
  package static let noSuchProcess = Errno(ESRCH)
  package static let noSuchFile = Errno(ENOENT)
  package static let notPermitted = Errno(EPERM)
  package static let notSupported = Errno(EOPNOTSUPP)
  package static let wouldBlock = Errno(EWOULDBLOCK)
}

extension Errno: CustomStringConvertible {
  package var description: String { text }
}

/// Makes a system call again while signals interrupt it.
///
/// - Returns: what the call returned, never -1.
/// - Throws: the reason of the failure.
func retrying<Result: FixedWidthInteger & SignedInteger>(
  _ call: () -> Result
) throws(Errno) -> Result {
  while true {
    let result = call()
    if result != -1 { return result }
    let reason = Errno.last
    if reason != .interrupted { throw reason }
  }
}
