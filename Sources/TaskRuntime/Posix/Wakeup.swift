import CLinux
import Glibc
package import TaskScheduler

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

  /// Waits for a ring that is not answered.
  ///
  /// - Returns: whether there is one; `false` when the time is over.
  package borrowing func waitForRing(until deadline: Instant) -> Bool {
    var watched = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
    while true {
      let left = max(0, (deadline - Clock.now).nanoseconds)
      let count = unsafe poll(&watched, 1, Int32(clamping: (left + 999_999) / 1_000_000))
      if count > 0 { return true }
      if count == 0, Clock.now >= deadline { return false }
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
