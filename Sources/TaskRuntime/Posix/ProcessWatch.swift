import CLinux
import Glibc
package import TaskScheduler

/// Waits for input from somebody whose process may end without closing it.
///
/// The process need not be ours. Where the kernel can say when it ends (5.3 and later), nothing is done
/// meanwhile; else it is looked for twice a second.
package struct ProcessWatch: ~Copyable {
  private let process: Int
  /// Readable once it has ended; -1 where the kernel has no such thing.
  private let descriptor: Int32
  private let wasGone: Bool

  private static let lookMilliseconds: Int32 = 500

  /// Begins to watch a process, by its id.
  package init(_ process: Int) {
    self.process = process
    do throws(Errno) {
      guard let number = Int32(exactly: process) else { throw .noSuchProcess }
      descriptor = try retrying { clinux_open_process(number) }
      wasGone = false
    } catch {
      descriptor = -1
      wasGone = error == .noSuchProcess
    }
  }

  deinit {
    if descriptor >= 0 { _ = Glibc.close(descriptor) }
  }

  /// Waits for something to read, or the end of it.
  ///
  /// - Returns: Whether that has come; else the process has ended.
  /// - Throws: What poll(2) says.
  package borrowing func waitForInput(of input: borrowing FileDescriptor) throws(Errno) -> Bool {
    if wasGone { return try input.waitForInput(milliseconds: 0) }
    guard descriptor >= 0 else { return try lookForInput(of: input) }
    var watched = [
      pollfd(fd: input.rawValue, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = try retrying { unsafe poll(&watched, 2, -1) }
    return watched[0].revents != 0
  }

  /// Waits for its end.
  ///
  /// - Parameter deadline: Until when.
  /// - Returns: Whether it has ended; its parent may still have to reap it.
  package borrowing func waitForEnd(until deadline: Instant) -> Bool {
    while !wasGone {
      let left = max(0, min(1000, (deadline - Clock.now).nanoseconds / 1_000_000 + 1))
      var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let pause = descriptor < 0 ? min(left, 20) : left
      if unsafe poll(&watched, 1, Int32(pause)) > 0, watched.revents != 0 { return true }
      if descriptor < 0, !FileSystem.isDirectory("/proc/\(process)") { return true }
      if Clock.now >= deadline { return false }
    }
    return true
  }

  private borrowing func lookForInput(of input: borrowing FileDescriptor) throws(Errno) -> Bool {
    while try !input.waitForInput(milliseconds: Self.lookMilliseconds) {
      guard let number = Int32(exactly: process), Host.isAlive(number) else { return false }
    }
    return true
  }
}
