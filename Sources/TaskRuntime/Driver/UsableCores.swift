import CLinux

/// How many cores this process may really use.
package enum UsableCores {
  /// The cores of the affinity mask, or fewer when a control group's quota allows fewer; at least 1.
  package static var count: Int {
    let affinity = max(1, Int(clinux_usable_processors()))
    let groups = ControlGroup.all(with: "cpu")
    guard let quota = quota(groups, read: { FileSystem.text(of: $0) }) else { return affinity }
    return max(1, min(affinity, Int(quota)))
  }

  /// The least quota, in cores, of control groups and those above them.
  ///
  /// Both layouts are read: `cpu.max` of version 2, `cpu.cfs_quota_us` of version 1. Source: the
  /// kernel's cgroup-v2.rst and sched-bwc.rst.
  ///
  /// - Parameters:
  ///   - groups: Those that this process is in.
  ///   - read: Gives a file's text.
  /// - Returns: `nil` without a quota.
  package static func quota(_ groups: [ControlGroup], read: (String) -> String?) -> Double? {
    groups.flatMap { group in
      group.folders.compactMap {
        group.isUnified ? version2($0, read) : version1($0, read)
      }
    }.min()
  }

  private static func version2(_ folder: String, _ read: (String) -> String?) -> Double? {
    let words = ControlGroup.words(of: "cpu.max", in: folder, read)
    guard words.count == 2, let quota = Double(words[0]), let period = Double(words[1]),
      quota > 0, period > 0
    else { return nil }
    return quota / period
  }

  private static func version1(_ folder: String, _ read: (String) -> String?) -> Double? {
    func number(_ name: String) -> Double? {
      ControlGroup.words(of: name, in: folder, read).first.flatMap { Double($0) }
    }
    guard let quota = number("cpu.cfs_quota_us"), let period = number("cpu.cfs_period_us"),
      quota > 0, period > 0
    else { return nil }
    return quota / period
  }
}
