import TaskRuntime
import TestSupport
import Testing

/// Which deaths are laid to want of memory, told by trees of files as the kernel shows them.
@Suite struct MemoryWatchTests {
  /// A group with one above it, in one of the two layouts.
  private struct Tree {
    let folder: TemporaryFolder
    let isUnified: Bool

    init(isUnified: Bool) throws {
      folder = try TemporaryFolder()
      self.isUnified = isUnified
      _ = try folder.makeFolder("job")
      _ = try folder.makeFolder("job/own")
      try set("", limit: nil, reached: 0, kills: 0)
      try set("job/", limit: 512 << 20, reached: 3, kills: 0)
      try set("job/own/", limit: 64 << 20, reached: 0, kills: 0)
    }

    /// Sets what the files of a group say.
    func set(_ name: String, limit: Int64?, reached: Int64, kills: Int64) throws {
      if isUnified {
        try folder.write(limit.map { "\($0)\n" } ?? "max\n", to: name + "memory.max")
        try folder.write(
          "low 0\nhigh 0\nmax \(reached)\noom \(kills)\noom_kill \(kills)\noom_group_kill 0\n",
          to: name + "memory.events"
        )
      } else {
        let limit = limit ?? 9_223_372_036_854_771_712
        try folder.write("\(limit)\n", to: name + "memory.limit_in_bytes")
        try folder.write("\(reached)\n", to: name + "memory.failcnt")
        try folder.write(
          "oom_kill_disable 0\nunder_oom 0\noom_kill \(kills)\n",
          to: name + "memory.oom_control"
        )
      }
    }

    func kill(_ count: Int64, reached: Int64 = 0) throws {
      try set("job/own/", limit: 64 << 20, reached: reached, kills: count)
    }

    /// The group as /proc tells of it.
    var groups: [ControlGroup] {
      let mount = isUnified ? "cgroup2 cgroup2 rw" : "cgroup cgroup rw,memory"
      return ControlGroup.all(
        with: "memory",
        groups: "9:name=systemd:/job\n5:cpu,cpuacct:/\n"
          + (isUnified ? "0::/job/own\n" : "4:memory:/job/own\n0::/\n"),
        mounts: "30 24 0:27 / /sys/fs/cgroup/none rw - tmpfs tmpfs rw\n"
          + "35 31 0:32 / \(folder.path) rw,relatime shared:9 - \(mount)\n"
      )
    }

    func watch() throws -> MemoryWatch { try #require(MemoryWatch(groups)) }
  }

  @Test(arguments: [true, false])
  func `a death after a kill is one for want of memory, with the limit that was reached`(
    isUnified: Bool
  ) throws {
    let tree = try Tree(isUnified: isUnified)
    try tree.kill(4)
    var watch = try tree.watch()
    let start = watch.killCount()
    #expect(
      watch.verdicts(onDeathsAfterKills: [start]) == [nil],
      "what was killed before is no news"
    )
    try tree.kill(5)
    #expect(watch.verdicts(onDeathsAfterKills: [start]) == [MemoryDeath(limit: 512 << 20)])
    let next = watch.killCount()
    #expect(watch.verdicts(onDeathsAfterKills: [next]) == [nil], "one kill, one death")
    #expect(watch.verdicts(onDeathsAfterKills: [start]) == [nil], "one kill, one death")
    try tree.kill(6, reached: 1)
    #expect(watch.verdicts(onDeathsAfterKills: [start]) == [MemoryDeath(limit: 64 << 20)])
  }

  @Test(arguments: [true, false])
  func `no limit is named where none was reached`(isUnified: Bool) throws {
    let tree = try Tree(isUnified: isUnified)
    try tree.set("job/", limit: 512 << 20, reached: 0, kills: 0)
    var watch = try tree.watch()
    let start = watch.killCount()
    try tree.kill(1)
    #expect(watch.verdicts(onDeathsAfterKills: [start]) == [MemoryDeath(limit: nil)])
  }

  @Test(arguments: [true, false])
  func `of more deaths than kills none is certain`(isUnified: Bool) throws {
    let tree = try Tree(isUnified: isUnified)
    var watch = try tree.watch()
    let start = watch.killCount()
    try tree.kill(1)
    let late = watch.killCount()
    let doubtful = MemoryDeath(limit: 512 << 20, isCertain: false)
    #expect(
      watch.verdicts(onDeathsAfterKills: [start, late, start]) == [doubtful, nil, doubtful],
      "one that was started after the kill was not met by it"
    )
    #expect(watch.verdicts(onDeathsAfterKills: [late]) == [nil])
    try tree.kill(3)
    let certain = MemoryDeath(limit: 512 << 20)
    #expect(watch.verdicts(onDeathsAfterKills: [late, late]) == [certain, certain])
  }

  @Test(arguments: [true, false])
  func `kills of a group that dies at once are found one after the other too`(
    isUnified: Bool
  ) throws {
    let tree = try Tree(isUnified: isUnified)
    var watch = try tree.watch()
    let start = watch.killCount()
    try tree.kill(2)
    let certain = MemoryDeath(limit: 512 << 20)
    #expect(watch.verdicts(onDeathsAfterKills: [start]) == [certain])
    #expect(watch.verdicts(onDeathsAfterKills: [start]) == [certain])
    #expect(watch.verdicts(onDeathsAfterKills: [start]) == [nil])
  }

  @Test func `where the kernel does not count there is nothing to watch`() throws {
    #expect(MemoryWatch([]) == nil)
    let tree = try Tree(isUnified: false)
    try tree.folder.write(
      "oom_kill_disable 0\nunder_oom 0\n",
      to: "job/own/memory.oom_control"
    )
    #expect(MemoryWatch(tree.groups) == nil, "kernels before 4.13")
  }

  @Test func `a counter that is gone speaks for nothing`() throws {
    let tree = try Tree(isUnified: true)
    var watch = try tree.watch()
    let start = watch.killCount()
    try tree.folder.write("", to: "job/own/memory.events")
    #expect(watch.verdicts(onDeathsAfterKills: [start]) == [nil])
  }
}
