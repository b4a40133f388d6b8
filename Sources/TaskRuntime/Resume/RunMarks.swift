import Glibc
import TaskLang

/// The runs under a prefix that have not come to an end: a small file beside the status file.
///
/// A run writes its mark before it starts anything, and takes it away at its end. So a mark that is
/// found while nobody has the status file locked is that of a run that was cut off, of whose processes
/// some may live on.
package struct RunMarks {
  /// One run.
  package struct Mark: Hashable, Sendable {
    /// What its tasks have as DISBATCH_RUN_ID.
    package var id: String
    /// The process of its driver.
    package var driver: Int32
    /// When that was started, as `ProcessStat.startTime` has it.
    package var driverStart: UInt64
    /// The whole name of the driver's host.
    package var host: String

    package init(id: String, driver: Int32, driverStart: UInt64, host: String) {
      self.id = id
      self.driver = driver
      self.driverStart = driverStart
      self.host = host
    }

    /// Reads a line; `nil` for what is none.
    package init?(line: some StringProtocol) {
      let fields = line.split(separator: " ")
      guard fields.count == 4, fields[0].utf8.count == 32,
        fields[0].utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
        let driver = Int32(fields[1]), let start = UInt64(fields[2])
      else { return nil }
      self.init(id: String(fields[0]), driver: driver, driverStart: start, host: String(fields[3]))
    }

    /// The line, without its end.
    package var line: String { "\(id) \(driver) \(driverStart) \(host)" }

    /// Makes the mark of a run that this process drives.
    static func fresh() -> Mark {
      var random = SystemRandomNumberGenerator()
      var id = ""
      for _ in 0..<2 {
        let digits = String(random.next() as UInt64, radix: 16)
        id += String(repeating: "0", count: 16 - digits.count) + digits
      }
      let pid = Host.processID
      let start = ProcessStat(of: pid)?.startTime ?? 0
      return Mark(id: id, driver: pid, driverStart: start, host: thisHost)
    }

    /// This host's name, without what parts the fields of a line or is not UTF-8.
    private static var thisHost: String {
      let name = MessageText.namePart(Host.name).filter { !$0.isWhitespace }
      return name.isEmpty ? "localhost" : name
    }

    /// Whether the driver is seen to live on this host.
    var isDriverAlive: Bool {
      host == Self.thisHost && ProcessStat(of: driver)?.startTime == driverStart
    }
  }

  private static let header =
    "# runs that have not ended: DISBATCH_RUN_ID, driver's pid, its start, host\n"

  private let path: String
  /// This run's.
  package let own: Mark
  /// Those of earlier runs whose processes may be on other hosts.
  private let remaining: [Mark]

  /// The marks in a file; none when it is not there.
  package static func marks(in path: String) -> [Mark] {
    guard (try? FileSystem.status(of: path))?.kind == .file, let text = FileSystem.text(of: path)
    else { return [] }
    return text.split(separator: "\n").compactMap { Mark(line: $0) }
  }

  /// Ends what earlier runs left running on this host, and marks this one as begun.
  ///
  /// The prefix must be claimed by this run. A mark is believed only when it was read before its status
  /// file was seen unlocked; so no live run is taken for one that was cut off.
  ///
  /// - Parameters:
  ///   - files: This run's.
  ///   - resume: The runs that it resumes.
  ///   - say: Tells the user something in a line.
  /// - Returns: the marks, to be ended with the run.
  /// - Throws: `RunError` when a process of an earlier run does not end.
  static func begin(
    _ files: RunFiles,
    after resume: ResumeFilter?,
    _ say: (String) -> Void
  ) throws(RunError) -> RunMarks {
    let own = Mark.fresh()
    var earlier = marks(in: files.marks)
    if let live = earlier.first(where: \.isDriverAlive) {
      throw RunError.inUse(files.status, by: live.driver)
    }
    var nodes: Set<String> = []
    for file in resume?.archive.files ?? [] {
      guard let others = RunFiles(statusFile: FileSystem.realPath(file.path)) else { continue }
      let found = others == files ? earlier : marks(in: others.marks)
      if found.isEmpty || others != files && isLive(found, others) { continue }
      earlier += found.filter { !earlier.contains($0) }
      nodes.formUnion(file.nodes)
    }
    let elsewhere = earlier.filter { $0.host != own.host }
    var marks = RunMarks(path: files.marks, own: own, remaining: earlier)
    marks.write([own] + earlier, say)
    guard !earlier.isEmpty else { return marks }
    try EarlierProcesses(Set(earlier.map(\.id))).end(say)
    let hosts = nodes.union(elsewhere.map(\.host).map { String($0.prefix { $0 != "." }) })
    tell(hosts.subtracting([RunNames(label: "", node: Host.shortName).node]).sorted(), say)
    marks = RunMarks(path: files.marks, own: own, remaining: elsewhere)
    marks.write([own] + elsewhere, say)
    return marks
  }

  /// Takes this run's mark away, now that nothing of it is left.
  func end() {
    if remaining.isEmpty { try? FileSystem.remove(path) } else { write(remaining) { _ in } }
  }

  /// Whether a run with these marks may still be going on.
  private static func isLive(_ marks: [Mark], _ files: RunFiles) -> Bool {
    if marks.contains(where: \.isDriverAlive) { return true }
    guard let file = try? FileDescriptor(opening: files.status, for: .reading) else { return false }
    return FileLock.isHeld(file)
  }

  private static func tell(_ hosts: [String], _ say: (String) -> Void) {
    guard !hosts.isEmpty else { return }
    let more = hosts.count > 5 ? " and \(hosts.count - 5) more" : ""
    say(
      "the earlier run was cut off, and ran on \(hosts.prefix(5).joined(separator: ", "))\(more) too: "
        + "what may still run there cannot be seen from here"
    )
  }

  /// Puts a new file in the place of the old one.
  ///
  /// Its name is one that we make, in a folder that others may write to; so no link is followed.
  private func write(_ marks: [Mark], _ say: (String) -> Void) {
    let new = path + ".new"
    var text = ContiguousArray(Self.header.utf8)
    for mark in marks { text.append(contentsOf: (mark.line + "\n").utf8) }
    do {
      try? FileSystem.remove(new)
      let file = try FileDescriptor(opening: new, for: .creating)
      try file.writeAll(text.span)
      try FileSystem.rename(new, over: path)
    } catch {
      try? FileSystem.remove(new)
      say(
        "cannot write \(path): \(error.advice); if this run is cut off, a later one cannot find its "
          + "processes"
      )
    }
  }
}
