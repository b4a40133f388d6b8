import Glibc

/// The host's processes as /proc shows them at one moment.
///
/// Source: proc_pid_stat(5). A process that lives through the whole look is in it; one that starts or
/// ends meanwhile may be missing or be seen under its last parent.
package struct ProcessTable: Sendable {
  /// One process.
  package struct Entry: Hashable, Sendable {
    package var pid: Int32
    package var parent: Int32
    package var session: Int32
    /// Whether it has ended and waits to be reaped.
    package var isZombie: Bool

    package init(pid: Int32, parent: Int32, session: Int32, isZombie: Bool) {
      self.pid = pid
      self.parent = parent
      self.session = session
      self.isZombie = isZombie
    }

    init(_ stat: ProcessStat) {
      self.init(
        pid: stat.pid,
        parent: stat.parent,
        session: stat.session,
        isZombie: stat.isZombie
      )
    }
  }

  /// All of them, by rising pid.
  package let entries: [Entry]
  private let children: [Int32: [Entry]]
  private let sessions: [Int32: [Entry]]

  /// Makes a table of given entries.
  package init(entries: [Entry]) {
    self.entries = entries.sorted { $0.pid < $1.pid }
    children = Dictionary(grouping: self.entries, by: \.parent)
    sessions = Dictionary(grouping: self.entries, by: \.session)
  }

  /// Whether the numbers in /proc are those that this process goes by.
  private static var knowsNumbers: Bool {
    FileSystem.realPath("/proc/self") == "/proc/\(Host.processID)"
  }

  /// Looks at the host.
  ///
  /// The table is empty where /proc is that of another pid namespace: its numbers are not ours.
  package static func now() -> ProcessTable {
    guard knowsNumbers else { return ProcessTable(entries: []) }
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1024)
    var entries: [Entry] = []
    for name in FileSystem.names(in: "/proc") where name.utf8.allSatisfy({ 48...57 ~= $0 }) {
      guard let line = FileSystem.head(of: "/proc/\(name)/stat", through: &buffer),
        let stat = ProcessStat(line: line)
      else { continue }
      entries.append(Entry(stat))
    }
    return ProcessTable(entries: entries)
  }

  /// Whether a process was started with these variables; one of another user's shows nothing.
  package static func isMarked(_ pid: Int32, by marks: [String]) -> Bool {
    let variables = variables(of: pid)
    return marks.allSatisfy(variables.contains)
  }

  /// The variables that a process was started with, as `NAME=value`; none of another user's.
  package static func variables(of pid: Int32) -> Set<String> {
    Set(strings(of: "/proc/\(pid)/environ"))
  }

  /// The words that a process was started with, between blanks.
  package static func commandLine(of pid: Int32) -> String {
    strings(of: "/proc/\(pid)/cmdline").joined(separator: " ")
  }

  /// The value of a variable that a process was started with; `nil` without it, and of another user's.
  package static func value(of name: String, in pid: Int32) -> String? {
    guard let bytes = FileSystem.bytes(of: "/proc/\(pid)/environ") else { return nil }
    let start = ContiguousArray((name + "=").utf8)
    let entry = bytes.split(separator: 0).first { $0.starts(with: start) }
    return entry.map { String(decoding: $0.dropFirst(start.count), as: UTF8.self) }
  }

  private static func strings(of path: String) -> [String] {
    guard let bytes = FileSystem.bytes(of: path) else { return [] }
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// This process's own children at this moment, as far as the kernel lists them at once.
  ///
  /// A table takes its time to read, in which one that does nothing but start its successor escapes. The
  /// list is empty where the kernel keeps none, and may miss one while others end.
  package static func ownChildren() -> [Int32] {
    guard knowsNumbers else { return [] }
    // The kernel has a list for each thread.
    return FileSystem.names(in: "/proc/self/task").flatMap { thread in
      let text = FileSystem.text(of: "/proc/self/task/\(thread)/children") ?? ""
      return text.split(separator: " ").compactMap { Int32($0) }
    }
  }

  /// The children of a process that have not ended, by rising pid.
  package func children(of parent: Int32) -> [Int32] {
    (children[parent] ?? []).filter { !$0.isZombie }.map(\.pid)
  }

  /// The processes that belong to the task whose first process is `leader`.
  ///
  /// These are the leader, its descendants, and whoever is in its session or descends from such: what
  /// was orphaned keeps its session. What left the session and was orphaned too the caller has to
  /// recognise.
  ///
  /// - Parameters:
  ///   - leader: The first process, which leads the session.
  ///   - orphans: Others that belong to the task.
  /// - Returns: their pids, rising, without those that have ended.
  /// - Complexity: O(n log n) in the size of the tree.
  package func tree(of leader: Int32, with orphans: [Int32] = []) -> [Int32] {
    below([leader] + (sessions[leader] ?? []).map(\.pid) + orphans)
  }

  /// The processes below one that have not ended, by rising pid.
  package func descendants(of ancestor: Int32) -> [Int32] {
    below((children[ancestor] ?? []).map(\.pid))
  }

  /// The processes above one, the nearest first.
  package func ancestors(of pid: Int32) -> [Int32] {
    var ancestors: [Int32] = []
    while let parent = entry(of: ancestors.last ?? pid)?.parent, parent > 0,
      !ancestors.contains(parent)
    { ancestors.append(parent) }
    return ancestors
  }

  /// Those of some processes that have not ended, and all below them, by rising pid.
  package func below(_ roots: [Int32]) -> [Int32] {
    var members = Set(roots)
    var waiting = roots
    while let parent = waiting.popLast() {
      for child in children[parent] ?? [] where members.insert(child.pid).inserted {
        waiting.append(child.pid)
      }
    }
    return members.filter { entry(of: $0).map { !$0.isZombie } ?? false }.sorted()
  }

  /// The entry of a process; `nil` when there is none.
  package func entry(of pid: Int32) -> Entry? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].pid < pid { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].pid == pid ? entries[low] : nil
  }
}
