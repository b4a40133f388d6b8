import FoundationEssentials
package import Glibc

/// The processes of this machine, as /proc shows them.
package enum ProcessTable {
  /// A variable that marks all processes of one run, its name and a value that no other run has.
  package struct Mark: Sendable {
    /// The name of the variable, none that disbatch would set.
    package let name = "TASKTEST_MARK"
    /// The variable's value.
    package let value: String

    /// A mark for what belongs to `folder`.
    package init(_ folder: TemporaryFolder) { value = folder.path }
  }

  /// The living processes with this mark in their environment: process id and command line.
  package static func processes(with mark: Mark) -> [pid_t: String] {
    let wanted = Array("\(mark.name)=\(mark.value)".utf8)
    var found: [pid_t: String] = [:]
    for processID in all() {
      let variables = contents("/proc/\(processID)/environ").split(separator: 0)
      guard variables.contains(where: { $0.elementsEqual(wanted) }) else { continue }
      let words = contents("/proc/\(processID)/cmdline").split(separator: 0)
      found[processID] = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
    return found
  }

  /// The processes with this mark that are still there when the time is over, if any.
  ///
  /// Processes that are not children of ours send no event when they end, so this does ask again.
  package static func leftovers(of mark: Mark, seconds: Int = 30) -> [pid_t: String] {
    let deadline = time(nil) + seconds
    while true {
      let found = processes(with: mark)
      if found.isEmpty || time(nil) > deadline { return found }
      poll(nil, 0, 10)
    }
  }

  /// Ends what a failed test left behind; the mark says that it is ours.
  package static func end(_ mark: Mark) {
    for processID in processes(with: mark).keys { kill(processID, SIGKILL) }
  }

  /// The children of a process.
  package static func children(of parent: pid_t) -> [pid_t] {
    all().filter { processID in
      // The name, in parentheses, may itself hold blanks and parentheses.
      let text = String(decoding: contents("/proc/\(processID)/stat"), as: UTF8.self)
      guard let end = text.lastIndex(of: ")") else { return false }
      let fields = text[text.index(after: end)...].split(separator: " ")
      return fields.count > 1 && pid_t(fields[1]) == parent
    }
  }

  /// The processes of a run that are not its tasks': its driver, and what that has started of itself.
  package static func machinery(of driver: pid_t) -> [pid_t] {
    [driver] + wardens(of: driver) + engines(of: driver)
  }

  /// The wardens above the engines of a run.
  package static func wardens(of driver: pid_t) -> [pid_t] {
    children(of: driver).filter { words($0).first == "disbatch warden" }
  }

  /// The engines of a run.
  package static func engines(of driver: pid_t) -> [pid_t] {
    ([driver] + wardens(of: driver)).flatMap { children(of: $0) }
      .filter { words($0) == ["disbatch", "engine"] }
  }

  private static func words(_ processID: pid_t) -> [String] {
    contents("/proc/\(processID)/cmdline").split(separator: 0)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// What a file of /proc says of a process; nothing when it is gone.
  package static func text(of name: String, of processID: pid_t) -> String {
    String(decoding: contents("/proc/\(processID)/\(name)"), as: UTF8.self)
  }

  /// The path that a descriptor of a process is open on.
  package static func target(ofDescriptor number: Int32, of processID: pid_t) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(
      atPath: "/proc/\(processID)/fd/\(number)"
    )
  }

  /// Whether a thread of a process waits for the answer of a file server in FUSE.
  package static func waitsForFileServer(_ processID: pid_t) -> Bool {
    let folder = "/proc/\(processID)/task"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return threads.contains { thread in
      let place = String(decoding: contents("\(folder)/\(thread)/wchan"), as: UTF8.self)
      return place.contains("request_wait_answer") || place.contains("fuse")
    }
  }

  private static func all() -> [pid_t] {
    // A folder that cannot be listed would make every test about leftovers pass.
    do {
      return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
    } catch {
      preconditionFailure("cannot list /proc: \(error)")
    }
  }

  /// The bytes of a file of /proc; nothing when the process is gone meanwhile.
  private static func contents(_ path: String) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}
