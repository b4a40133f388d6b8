import FoundationEssentials
import Glibc

/// What this machine has and lets a test do.
package enum Machine {
  /// Whether the tests run as root.
  package static let isRoot = getuid() == 0

  /// Whether there is a program at each of the paths.
  package static func has(_ programs: String...) -> Bool {
    programs.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
