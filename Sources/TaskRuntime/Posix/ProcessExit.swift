import CLinux
import Glibc

/// How this process ends, and what it does not die of.
package enum ProcessExit {
  /// Ends the process.
  package static func leave(_ code: Int32) -> Never { exit(code) }

  /// Makes a write to a pipe that nobody reads, or beyond the limit of `ulimit -f`, an error instead of
  /// a death; for tasks neither changes.
  package static func surviveWrites() { clinux_survive_writes() }
}
