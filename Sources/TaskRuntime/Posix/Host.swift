import CLinux
import Glibc
import TaskLang

/// What this process can know of itself and of the host it runs on.
package enum Host {
  /// This process.
  package static var processID: Int32 { getpid() }

  /// The session that a process is in; -1 when there is no such process.
  package static func session(of pid: Int32) -> Int32 { getsid(pid) }

  /// The host's whole name, as it knows itself.
  package static var name: String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let isKnown = unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let start = unsafe bytes.bindMemory(to: CChar.self).baseAddress else { return false }
      // Writes no more than it is told, one less than there is, so that a zero ends it.
      return unsafe gethostname(start, 255) == 0
    }
    let name = SystemText.text(of: buffer.prefix { $0 != 0 })
    return isKnown && !name.isEmpty ? name : "localhost"
  }

  /// The host's name up to its first dot, as the reference shows it.
  package static var shortName: String { String(name.unicodeScalars.prefix { $0 != "." }) }

  /// The variables of this process's environment, as the bytes of `NAME=value`, in their order.
  package static var environment: [ContiguousArray<UInt8>] {
    var result: [ContiguousArray<UInt8>] = []
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: strlen(text))
      result.append(unsafe ContiguousArray(bytes))
      unsafe entry += 1
    }
    return result
  }

  /// Raises the soft limit of open files to the hard one.
  ///
  /// - Returns: the soft limit before, which is to be given to tasks.
  package static func raiseOpenFileLimit() -> UInt64? {
    var soft: UInt64 = 0
    var hard: UInt64 = 0
    guard unsafe clinux_open_files(&soft, &hard) == 0 else { return nil }
    // Without a bound, some kernels offer more than any process should be ready to close.
    let wanted = min(hard, 1 << 20)
    if soft < wanted { _ = clinux_set_open_files(wanted, hard) }
    return soft
  }

  /// Gives this process and what it starts later a lower priority.
  ///
  /// - Parameter niceness: What is added to its niceness; a refusal changes nothing.
  package static func addNiceness(_ niceness: Int32) {
    if niceness != 0 { _ = nice(niceness) }
  }

  /// Whether there is a process, be it another user's or one that has ended and was not waited for.
  package static func isAlive(_ pid: Int32) -> Bool {
    kill(pid, 0) == 0 || Errno.last == .notPermitted
  }

  /// Sends a signal.
  ///
  /// - Returns: whether it was allowed; a process that has gone meanwhile is no matter.
  @discardableResult
  package static func send(_ signal: Int32, to pid: Int32) -> Bool {
    kill(pid, signal) == 0 || Errno.last == .noSuchProcess
  }

  /// Whether this process would stay stopped for good if its terminal stopped it.
  ///
  /// It would where no shell of its session is above it that could continue it. The kernel does not let
  /// a terminal stop such processes either.
  package static var hasNobodyToContinueIt: Bool {
    guard (try? FileDescriptor(opening: "/dev/tty", for: .reading)) != nil else { return false }
    var parent = getppid()
    while parent > 1, getsid(parent) == getsid(0) {
      if getpgid(parent) != getpgrp() { return false }
      guard let next = ProcessStat(of: parent)?.parent, next != parent else { return true }
      parent = next
    }
    return true
  }

  /// Stops this process, all its threads, until somebody continues it.
  package static func stopThisProcess() { kill(processID, SIGSTOP) }

  package static let terminateSignal = SIGTERM
  package static let killSignal = SIGKILL
  package static let continueSignal = SIGCONT
}
