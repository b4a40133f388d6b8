import FoundationEssentials
import Glibc

/// What this machine has and lets a test do.
package enum Machine {
  /// Whether the tests run as root.
  package static let isRoot = getuid() == 0

  /// The kernel's version, as `6.1.0-13-amd64`.
  package static let kernelRelease: String =
    (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? ""

  /// The name of this host up to its first dot.
  package static let shortName: String = {
    let name = (try? String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8)) ?? ""
    return String(name.prefix { $0 != "." && $0 != "\n" })
  }()

  /// Whether there is a program at each of the paths.
  package static func has(_ programs: String...) -> Bool {
    programs.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Whether a test may mount file systems, in a name space that goes with its last process.
  package static let canMount: Bool = {
    guard isRoot, has("/usr/bin/unshare") else { return false }
    let script = "mount -t tmpfs -o size=64k tmpfs /mnt"
    let outcome = try? Program("/usr/bin/unshare", ["-m", "/bin/sh", "-c", script]).run()
    return outcome?.ending == .exited(0)
  }()
}
