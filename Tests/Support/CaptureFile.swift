import Glibc
import Synchronization

/// A nameless file that a program writes into and that is read when it has ended.
///
/// Unlike a pipe it can neither fill up nor be held open by what the program leaves behind.
final class CaptureFile: Sendable {
  let descriptor: Int32

  init() throws(SystemFailure) {
    let template = TemporaryFolder.root + "/tasktest-capture.XXXXXX"
    var name = template.utf8CString
    descriptor = Spawn.gate.withLock { _ in
      unsafe name.withUnsafeMutableBufferPointer { name in
        // The buffer is the zero-terminated template that mkstemp writes the real name into.
        guard let base = name.baseAddress else { return -1 }
        let descriptor = unsafe mkstemp(base)
        if descriptor >= 0 {
          unsafe unlink(base)
          _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        return descriptor
      }
    }
    if descriptor < 0 { throw SystemFailure("mkstemp", on: template) }
  }

  deinit { close(descriptor) }

  /// All that was written so far.
  func contents() -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { chunk in
        // Reads at most the size of the buffer that is given.
        unsafe pread(descriptor, chunk.baseAddress, chunk.count, bytes.count)
      }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}
