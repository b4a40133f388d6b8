import Glibc
import Synchronization

/// What a log is written into; it is opened by whoever writes first.
package final class LogSink: LineFile {
  private struct State {
    var file: FileDescriptor.Shared?
    /// Whether it could not be opened, so that all lines are lost.
    var isGivenUp = false
    /// Why lines were lost first.
    var trouble: Errno?
    /// Whether somebody opens it or writes into it.
    var isInUse = false
  }

  private let path: String
  private let state: Mutex<State>

  /// Makes a sink for a log of this path.
  ///
  /// Nothing is opened before the first line is written, which a thread does that may wait for a file
  /// server.
  package init(path: String) {
    self.path = path
    state = Mutex(State())
  }

  /// Takes over a log that is open.
  package init(path: String, _ file: consuming FileDescriptor) {
    self.path = path
    state = Mutex(State(file: FileDescriptor.Shared(file)))
  }

  /// Why lines were lost, for a person; `nil` when none were.
  package var trouble: String? {
    state.withLock(\.trouble).map { reason in
      let text = reason == .noReader ? "it is a named pipe that nobody reads" : reason.advice
      return "cannot write the log \(path): \(text)"
    }
  }

  /// What is to be said when the run ends while a line is still on its way into it; `nil` when none is.
  package var stall: String? {
    state.withLock(\.isInUse)
      ? "the log \(path) does not take what is written into it; its last lines are lost" : nil
  }

  package func write(_ lines: inout ContiguousArray<UInt8>) throws(Errno) {
    state.withLock { $0.isInUse = true }
    defer { state.withLock { $0.isInUse = false } }
    do throws(Errno) {
      let file = try opened()
      while !lines.isEmpty {
        let count = try retrying {
          unsafe lines.withUnsafeBytes {
            unsafe Glibc.write(file.descriptor.rawValue, $0.baseAddress, $0.count)
          }
        }
        lines.removeFirst(count)
      }
    } catch {
      state.withLock { $0.trouble = $0.trouble ?? error }
      throw error
    }
  }

  package func makeDurable() throws(Errno) {}

  private func opened() throws(Errno) -> FileDescriptor.Shared {
    let (known, isGivenUp, reason) = state.withLock { ($0.file, $0.isGivenUp, $0.trouble) }
    if let known { return known }
    if isGivenUp, let reason { throw reason }
    do throws(Errno) {
      // One that the user named is open already; this name is ours.
      let file = FileDescriptor.Shared(
        try FileDescriptor(opening: path, for: .appendingAtOnce, followsLink: false)
      )
      state.withLock { $0.file = file }
      return file
    } catch {
      state.withLock { $0.isGivenUp = true }
      throw error
    }
  }
}
