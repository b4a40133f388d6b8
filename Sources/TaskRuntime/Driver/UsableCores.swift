import CLinux

/// How many cores this process may really use.
package enum UsableCores {
  /// The cores of the affinity mask, or fewer when a control group's quota allows fewer; at least 1.
  package static var count: Int {
    let affinity = max(1, Int(clinux_usable_processors()))
    guard
      let quota = quota(
        groups: FileSystem.text(of: "/proc/self/cgroup") ?? "",
        mounts: FileSystem.text(of: "/proc/self/mountinfo") ?? "",
        read: { FileSystem.text(of: $0) }
      )
    else { return affinity }
    return max(1, min(affinity, Int(quota)))
  }

  /// The least quota, in cores, of the control groups that this process is in and those above them.
  ///
  /// Both layouts are read: `cpu.max` of version 2, `cpu.cfs_quota_us` of version 1. Source:
  /// cgroups(7), the kernel's cgroup-v2.rst and sched-bwc.rst.
  ///
  /// - Parameters:
  ///   - groups: What /proc/self/cgroup says.
  ///   - mounts: What /proc/self/mountinfo says.
  ///   - read: Gives a file's text.
  /// - Returns: `nil` without a quota.
  package static func quota(
    groups: String,
    mounts: String,
    read: (String) -> String?
  ) -> Double? {
    var least: Double?
    for line in groups.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isUnified = parts[0] == "0" && parts[1].isEmpty
      guard isUnified || parts[1].split(separator: ",").contains("cpu"),
        let mount = mountPoint(of: isUnified ? nil : "cpu", in: mounts)
      else { continue }
      for folder in foldersUpwards(String(parts[2]), root: mount.root, mountPoint: mount.path) {
        guard let cores = isUnified ? version2(folder, read) : version1(folder, read) else {
          continue
        }
        least = min(least ?? cores, cores)
      }
    }
    return least
  }

  /// Where a hierarchy is mounted, and which of its groups is shown there.
  private static func mountPoint(
    of controller: String?,
    in mounts: String
  ) -> (path: String, root: String)? {
    for line in mounts.split(separator: "\n") {
      let halves = line.split(separator: " ")
      guard let dash = halves.firstIndex(of: "-"), dash >= 5, halves.count > dash + 3 else {
        continue
      }
      let type = halves[dash + 1]
      if let controller {
        guard type == "cgroup",
          halves[dash + 3].split(separator: ",").contains(Substring(controller))
        else { continue }
      } else if type != "cgroup2" {
        continue
      }
      return (String(halves[4]), String(halves[3]))
    }
    return nil
  }

  /// The folders of a group and of all groups above it, as far as they are mounted.
  private static func foldersUpwards(
    _ group: String,
    root: String,
    mountPoint: String
  ) -> [String] {
    var parts = group.split(separator: "/")
    let rootParts = root.split(separator: "/")
    if parts.starts(with: rootParts) { parts.removeFirst(rootParts.count) } else { parts = [] }
    return (0...parts.count).map { count in
      ([mountPoint] + parts.prefix(count).map(String.init)).joined(separator: "/")
    }
  }

  private static func version2(_ folder: String, _ read: (String) -> String?) -> Double? {
    let words = (read(folder + "/cpu.max") ?? "").split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let quota = Double(words[0]), let period = Double(words[1]),
      quota > 0, period > 0
    else { return nil }
    return quota / period
  }

  private static func version1(_ folder: String, _ read: (String) -> String?) -> Double? {
    func number(_ name: String) -> Double? {
      (read("\(folder)/\(name)") ?? "").split(whereSeparator: \.isWhitespace).first
        .flatMap { Double($0) }
    }
    guard let quota = number("cpu.cfs_quota_us"), let period = number("cpu.cfs_period_us"),
      quota > 0, period > 0
    else { return nil }
    return quota / period
  }
}
