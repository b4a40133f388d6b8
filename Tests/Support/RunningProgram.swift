import Dispatch
package import Glibc
import Synchronization

/// A program that was started by a test and is waited for, with a deadline.
package final class RunningProgram: Sendable {
  /// Its process id; it stays its own until the program was waited for.
  package let processID: pid_t

  private let output: CaptureFile
  private let error: CaptureFile
  private let input: Mutex<Int32?>
  private let ending = Mutex<ProgramEnding?>(nil)
  private let hasEnded = DispatchSemaphore(value: 0)

  init(_ program: Program) throws {
    output = try CaptureFile()
    error = try CaptureFile()
    let (theirs, ours) = try Self.openInput(program.input)
    defer { close(theirs) }
    input = Mutex(ours)
    processID = try Spawn.start(
      program,
      input: theirs,
      output: output.descriptor,
      error: error.descriptor
    )
    // A thread of its own waits, so that the test can wait with a deadline.
    let thread = DispatchQueue(label: "wait for \(processID)")
    thread.async { self.reap() }
  }

  deinit { closeInput() }

  /// Waits for the end, at most so long; then the program is killed.
  package func wait(seconds: Int = 120) -> ProgramOutcome {
    var late = false
    if hasEnded.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
      late = true
      send(SIGKILL)
      hasEnded.wait()
    }
    hasEnded.signal()
    let ending = late ? .outOfTime : ending.withLock { $0 } ?? .outOfTime
    return ProgramOutcome(
      ending: ending,
      output: output.contents(),
      error: error.contents()
    )
  }

  /// Whether it has not been seen to end.
  package var isAlive: Bool { ending.withLock { $0 == nil } }

  /// Sends a signal, unless the program has ended.
  package func send(_ signal: Int32) {
    ending.withLock { ending in
      // Under the lock it cannot have been reaped, so the id is still its own.
      if ending == nil { _ = kill(processID, signal) }
    }
  }

  /// What it has written to its standard error so far.
  package func errorSoFar() -> String { String(decoding: error.contents(), as: UTF8.self) }

  /// Writes to its standard input, which must be a pipe.
  package func write(_ text: String) throws {
    let bytes = Array(text.utf8)
    guard let descriptor = input.withLock({ $0 }) else {
      throw SystemFailure("write", on: "closed input", code: EBADF)
    }
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        // Stays inside the buffer: starts at `sent`, goes to its end.
        unsafe Glibc.write(descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
      }
      guard count > 0 else { throw SystemFailure("write", on: "standard input") }
      sent += count
    }
  }

  /// Ends its standard input.
  package func closeInput() {
    input.withLock { descriptor in
      if let open = descriptor { close(open) }
      descriptor = nil
    }
  }

  private func reap() {
    var information = unsafe siginfo_t()
    // WNOWAIT leaves the zombie, so that `send` never meets a pid that is somebody else's.
    while unsafe waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0,
      errno == EINTR
    {}
    ending.withLock { ending in
      var status: Int32 = 0
      _ = unsafe waitpid(processID, &status, 0)
      ending = ProgramEnding(waitStatus: status)
    }
    hasEnded.signal()
  }

  /// The program's end of its standard input and, for a pipe, the test's.
  private static func openInput(_ input: Program.Input) throws -> (theirs: Int32, ours: Int32?) {
    switch input {
    case .none:
      let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw SystemFailure("open", on: "/dev/null") }
      return (descriptor, nil)
    case .bytes(let bytes):
      let file = try CaptureFile()
      let count = unsafe bytes.withUnsafeBytes { bytes in
        // Writes no more than the buffer holds.
        unsafe Glibc.write(file.descriptor, bytes.baseAddress, bytes.count)
      }
      guard count == bytes.count else { throw SystemFailure("write", on: "input file") }
      lseek(file.descriptor, 0, SEEK_SET)
      return (fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0), nil)
    case .pipe:
      signal(SIGPIPE, SIG_IGN)
      var ends: [Int32] = [-1, -1]
      let made = Spawn.gate.withLock { _ in
        let made = unsafe pipe(&ends) == 0
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return made
      }
      guard made else { throw SystemFailure("pipe", on: "standard input") }
      return (ends[0], ends[1])
    }
  }
}
