import CLinux
import Glibc

/// What this process can know of itself and of the host it runs on.
package enum Host {
  /// This process.
  package static var processID: Int32 { getpid() }

  /// The host's whole name, as it knows itself.
  package static var name: String {
    let text = FileSystem.text(of: "/proc/sys/kernel/hostname") ?? "localhost"
    return String(text.prefix { $0 != "\n" })
  }

  /// The host's name up to its first dot, as the reference shows it.
  package static var shortName: String { String(name.prefix { $0 != "." }) }

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

  /// Sends a signal.
  ///
  /// - Returns: whether it was allowed; a process that has gone meanwhile is no matter.
  @discardableResult
  package static func send(_ signal: Int32, to pid: Int32) -> Bool {
    kill(pid, signal) == 0 || Errno.last == .noSuchProcess
  }

  package static let terminateSignal = SIGTERM
  package static let killSignal = SIGKILL
  package static let continueSignal = SIGCONT
}
