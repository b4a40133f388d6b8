/// A control group that this process is in, in one of the kernel's hierarchies.
///
/// Source: cgroups(7), the kernel's cgroup-v2.rst and cgroup-v1/cgroups.rst.
package struct ControlGroup: Hashable, Sendable {
  /// Whether it is of version 2, which has all controllers in one hierarchy.
  package let isUnified: Bool
  /// The folders of the groups above it, the highest that is mounted first, and its own as the last.
  package let folders: [String]

  /// The folder of the group itself.
  package var ownFolder: String { folders[folders.count - 1] }

  /// The groups of this process that may have a controller's files.
  ///
  /// Version 2 does not say which controllers it has there; their files are there, or are not.
  ///
  /// - Parameters:
  ///   - controller: Its name, as `cpu`.
  ///   - groups: What /proc/self/cgroup says.
  ///   - mounts: What /proc/self/mountinfo says.
  /// - Returns: Those whose hierarchy is mounted.
  package static func all(
    with controller: String,
    groups: String = FileSystem.text(of: "/proc/self/cgroup") ?? "",
    mounts: String = FileSystem.text(of: "/proc/self/mountinfo") ?? ""
  ) -> [ControlGroup] {
    groups.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      let isUnified = parts[0] == "0" && parts[1].isEmpty
      guard isUnified || parts[1].split(separator: ",").contains(Substring(controller)),
        let mount = mountPoint(of: isUnified ? nil : controller, in: mounts)
      else { return nil }
      return ControlGroup(
        isUnified: isUnified,
        folders: foldersDownwards(String(parts[2]), root: mount.root, mountPoint: mount.path)
      )
    }
  }

  /// The words of one of its files, or of a group above it; none when it cannot be read.
  static func words(
    of name: String,
    in folder: String,
    _ read: (String) -> String?
  ) -> [Substring] {
    (read("\(folder)/\(name)") ?? "").split(whereSeparator: \.isWhitespace)
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

  /// The folders of all groups above a group and its own, as far as they are mounted.
  private static func foldersDownwards(
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
}
