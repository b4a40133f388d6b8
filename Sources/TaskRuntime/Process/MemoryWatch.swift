/// Knows which processes of a control group the kernel has killed because there was no memory left.
///
/// The kernel counts such kills before it sends the signal, but not whom they meet. So a kill is laid to
/// a process that died of SIGKILL which nobody here sent, unless another one's death explains it, and
/// never to one that was started after it.
///
/// A kill counts in the group of the process that it meets; in version 2 in those above as well, where
/// others' kills count too. So only the own group's counter is read. Source: the kernel's cgroup-v2.rst
/// (`memory.events`), cgroup-v1/memory.rst (`memory.oom_control`).
package struct MemoryWatch {
  private let group: ControlGroup
  /// The file with the counter, which is read at each start.
  private let counter: FileDescriptor.Shared
  private var buffer = ContiguousArray<UInt8>(repeating: 0, count: 512)
  /// How many kills have been looked at.
  private var seen: Int64 = 0
  /// The numbers of those, from 1, that have not been laid to a process; the last of many.
  private var unexplained: [Int64] = []
  private static let mostUnexplained = 1000

  /// Begins to watch; `nil` where the kernel's count cannot be read.
  ///
  /// - Parameter groups: Those that this process is in; the first whose counter can be read counts.
  package init?(_ groups: [ControlGroup] = ControlGroup.all(with: "memory")) {
    let found = groups.lazy.compactMap { group in
      Self.counter(of: group).map { (group, $0) }
    }.first
    guard let (group, counter) = found else { return nil }
    (self.group, self.counter) = (group, counter)
    guard let kills = count() else { return nil }
    seen = kills
  }

  private static func counter(of group: ControlGroup) -> FileDescriptor.Shared? {
    let path = group.ownFolder + (group.isUnified ? "/memory.events" : "/memory.oom_control")
    guard let file = try? FileDescriptor(opening: path, for: .reading) else { return nil }
    return FileDescriptor.Shared(file)
  }

  /// How many kills there have been; to be asked when a process is started.
  package mutating func killCount() -> Int64 { count() ?? seen }

  /// Says of processes that died of SIGKILL at once whether that was for want of memory.
  ///
  /// - Parameter starts: How many kills there had been when each of them was started.
  /// - Returns: An answer for each; `nil` where nothing speaks for it.
  package mutating func verdicts(onDeathsAfterKills starts: [Int64]) -> [MemoryDeath?] {
    let kills = killCount()
    let oldest = max(seen, kills - Int64(Self.mostUnexplained))
    if kills > seen { unexplained += oldest + 1...kills }
    seen = kills
    unexplained.removeFirst(max(0, unexplained.count - Self.mostUnexplained))
    guard let last = unexplained.last else { return starts.map { _ in nil } }
    let candidates = starts.filter { $0 < last }.sorted(by: >)
    var explained = 0
    for start in candidates {
      guard let kill = unexplained.last, kill > start else { break }
      unexplained.removeLast()
      explained += 1
    }
    if candidates.isEmpty { return starts.map { _ in nil } }
    let death = MemoryDeath(limit: limit(), isCertain: explained == candidates.count)
    return starts.map { $0 < last ? death : nil }
  }

  /// The kernel's count; `nil` where it cannot be read, or the kernel does not count.
  private mutating func count() -> Int64? {
    guard let length = try? counter.descriptor.readAll(into: &buffer, at: 0) else { return nil }
    // It is asked at every start, so the bytes are not made text.
    let lines = buffer[..<length].split(separator: UInt8(ascii: "\n"))
    guard let line = lines.first(where: { $0.starts(with: Self.countName) }) else { return nil }
    let digits = line.dropFirst(Self.countName.count)
    guard !digits.isEmpty, digits.allSatisfy({ 0x30...0x39 ~= $0 }), digits.count <= 18 else {
      return nil
    }
    return digits.reduce(0) { 10 * $0 + Int64($1 - 0x30) }
  }

  private static let countName = ContiguousArray("oom_kill ".utf8)

  /// The least limit that was reached, of the group's and of those above it.
  private func limit() -> Int64? {
    group.folders.compactMap { folder -> Int64? in
      let words = { (name: String) in
        ControlGroup.words(of: name, in: folder) { FileSystem.text(of: $0) }
      }
      let (limit, reached) =
        group.isUnified
        ? (words("memory.max"), Self.number("max", in: words("memory.events")))
        : (words("memory.limit_in_bytes"), words("memory.failcnt").first.flatMap { Int64($0) })
      guard let reached, reached > 0 else { return nil }
      return limit.first.flatMap { Int64($0) }
    }.min()
  }

  /// The number behind a name.
  private static func number(_ name: String, in words: [Substring]) -> Int64? {
    guard let place = words.firstIndex(of: Substring(name)), place + 1 < words.count else {
      return nil
    }
    return Int64(words[place + 1])
  }
}
