import CLinux
import Glibc

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

  private borrowing func lookForInput(of input: borrowing FileDescriptor) throws(Errno) -> Bool {
    while try !input.waitForInput(milliseconds: Self.lookMilliseconds) {
      guard FileSystem.isDirectory("/proc/\(process)") else { return false }
    }
    return true
  }
}
