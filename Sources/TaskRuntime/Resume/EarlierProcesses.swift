import TaskScheduler

/// The processes on this host that runs left which were cut off.
///
/// They are known by what stands in their environment, or descend from such. The task that this run
/// itself is part of, when it was started by one of an earlier run, is none of them.
struct EarlierProcesses {
  /// So long they have between SIGTERM and SIGKILL; what they do will be done again.
  private static let grace = Interval.seconds(1)
  /// A process that a file server holds cannot be ended; so long it is waited for.
  private static let patience = Interval.seconds(30)
  private static let mostExamples = 3

  private let runs: Set<String>

  /// Makes the set of what belongs to these runs.
  init(_ runs: Set<String>) {
    self.runs = runs
  }

  /// Those that live now, by rising pid.
  ///
  /// - Complexity: O(n) in the processes of the host, of each of which two files of /proc are read.
  func find() -> [Int32] {
    let table = ProcessTable.now()
    let spared = ownTask(table)
    let marked = table.entries.filter {
      !$0.isZombie && !spared.contains($0.pid) && isMarked($0.pid)
    }
    guard !marked.isEmpty else { return [] }
    return table.below(marked.map(\.pid)).filter { !spared.contains($0) }
  }

  /// Ends them, and waits until none is left.
  ///
  /// What starts while it looks is found by the next look.
  ///
  /// - Parameter say: Tells the user something in a line.
  /// - Throws: `RunError` when one does not end.
  func end(_ say: (String) -> Void) throws(RunError) {
    var found = find()
    guard !found.isEmpty else { return }
    say(
      "\(Self.counted(found)) of an earlier run that was cut off still run here; they are ended "
        + "before anything starts: \(Self.examples(found))"
    )
    for pid in found { Host.send(Host.terminateSignal, to: pid) }
    Self.wait(for: found, until: Clock.now + Self.grace)
    let deadline = Clock.now + Self.patience
    while true {
      found = find()
      if found.isEmpty { return }
      guard Clock.now < deadline else { break }
      for pid in found { Host.send(Host.killSignal, to: pid) }
      Self.wait(for: found, until: min(deadline, Clock.now + Self.grace))
    }
    throw RunError(
      "\(Self.counted(found)) of an earlier run cannot be ended, so nothing was started: "
        + Self.examples(found),
      exitCode: 1
    )
  }

  private func isMarked(_ pid: Int32) -> Bool {
    ProcessTable.value(of: "DISBATCH_RUN_ID", in: pid).map(runs.contains) ?? false
  }

  /// This process, those above it, and what belongs to the same task.
  private func ownTask(_ table: ProcessTable) -> Set<Int32> {
    let own = Host.processID
    let line = [own] + table.ancestors(of: own)
    var sessions = Set<Int32>()
    for pid in line where pid == own || isMarked(pid) {
      if let session = table.entry(of: pid)?.session { sessions.insert(session) }
    }
    let companions = table.entries.lazy.filter { sessions.contains($0.session) }.map(\.pid)
    return Set(line).union(companions)
  }

  private static func wait(for processes: [Int32], until deadline: Instant) {
    for pid in processes where !ProcessWatch(Int(pid)).waitForEnd(until: deadline) { return }
  }

  private static func counted(_ processes: [Int32]) -> String {
    processes.count == 1 ? "1 process" : "\(processes.count) processes"
  }

  private static func examples(_ processes: [Int32]) -> String {
    let shown = processes.prefix(mostExamples).map { pid in
      let words = ProcessTable.commandLine(of: pid)
      return "\(pid) (\(words.count > 40 ? words.prefix(37) + "..." : words))"
    }
    let more = processes.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
