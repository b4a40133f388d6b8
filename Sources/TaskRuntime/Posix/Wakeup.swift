import CLinux
import Glibc

/// A doorbell between two threads: one rings, the other waits in a poller or a read.
///
/// Source: eventfd(2).
package struct Wakeup: ~Copyable, Sendable {
  package let descriptor: FileDescriptor

  /// Makes a doorbell.
  ///
  /// - Parameter waits: Whether `answer` waits for a ring if there was none.
  /// - Throws: when there are too many descriptors.
  package init(waits: Bool) throws(Errno) {
    descriptor = FileDescriptor(owning: try retrying { clinux_eventfd(waits ? 0 : 1) })
  }

  /// Rings; many rings before an answer are one.
  package borrowing func ring() {
    var one: UInt64 = 1
    unsafe withUnsafeBytes(of: &one) { bytes in
      // It fails only when 2^64-1 rings are unanswered, and then the bell rings anyway.
      _ = try? unsafe descriptor.write(bytes)
    }
  }

  /// Answers all rings so far.
  package borrowing func answer() {
    var count: UInt64 = 0
    unsafe withUnsafeMutableBytes(of: &count) { bytes in
      _ = try? unsafe descriptor.read(into: bytes)
    }
  }
}
