import Glibc
import Synchronization

/// A terminal whose other side, the keyboard and the screen, a test has.
package final class PseudoTerminal: Sendable {
  /// The path of the programs' side.
  package let path: String
  private let keyboard: Int32
  private let seen = Mutex<[UInt8]>([])

  /// Makes a terminal of the usual settings.
  package init() throws {
    keyboard = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (isLocked, number) = (Int32(0), Int32(0))
    guard keyboard >= 0, unsafe ioctl(keyboard, Self.setLock, &isLocked) == 0,
      unsafe ioctl(keyboard, Self.getNumber, &number) == 0
    else { throw SystemFailure("open", on: "/dev/ptmx") }
    path = "/dev/pts/\(number)"
  }

  /// TIOCSPTLCK and TIOCGPTN of ioctl_tty(2), which Glibc's module hides with its functions for them.
  private static let (setLock, getNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))

  deinit { close(keyboard) }

  /// A line of shell that has this terminal as its own, is a session of its own, and has job control.
  package func shell(_ line: String, in folder: TemporaryFolder) -> Program {
    let inner = "set -m; \(line)"
    let script = #"exec /usr/bin/setsid -c /bin/bash -c "$0" < "$1" > "$1" 2>&1"#
    return Program("/bin/bash", ["-c", script, inner, path], in: folder)
      .setting("TERM", to: "xterm")
  }

  /// Types.
  package func type(_ text: String) throws {
    for byte in text.utf8 {
      var byte = byte
      guard unsafe write(keyboard, &byte, 1) == 1 else { throw SystemFailure("write", on: path) }
    }
  }

  /// Whether the screen shows a text, which is waited for.
  package func shows(_ text: String, seconds: Int = 60) -> Bool {
    // Something may be painted again and again that is not it.
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      if screen.contains(text) { return true }
      var request = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
      let left = (deadline - .now).components.seconds
      guard left >= 0 else { return false }
      let count = unsafe poll(&request, 1, Int32(left) * 1000 + 999)
      if count < 0, errno == EINTR { continue }
      guard count > 0, takeOver() else { return screen.contains(text) }
    }
  }

  /// Reads what programs that have ended wrote last.
  package func readOn() {
    var request = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&request, 1, 0) > 0, takeOver() {}
  }

  /// All that programs have written so far, as far as it was looked at.
  package var screen: String { seen.withLock { String(decoding: $0, as: UTF8.self) } }

  /// Reads what is there; false when nobody has the other side open.
  private func takeOver() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(keyboard, &chunk, chunk.count)
    guard count > 0 else { return false }
    seen.withLock { $0 += chunk[..<count] }
    return true
  }
}
