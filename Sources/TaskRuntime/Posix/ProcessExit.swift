import Glibc

/// How this process ends, and what it does not die of.
package enum ProcessExit {
  /// Ends the process.
  package static func leave(_ code: Int32) -> Never { exit(code) }

  /// Makes a write to a pipe that nobody reads an error instead of a death.
  package static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }
}
