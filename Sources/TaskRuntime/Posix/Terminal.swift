import Glibc

/// The terminal behind a descriptor.
package enum Terminal {
  /// Whether there is one.
  package static func isTerminal(_ number: Int32) -> Bool { isatty(number) == 1 }

  /// Whether this process is in its foreground: who types there types to it.
  ///
  /// Nobody is in the foreground of a terminal that does not control this process.
  package static func isForeground(_ number: Int32) -> Bool { tcgetpgrp(number) == getpgrp() }

  /// Its width in columns; `nil` where there is none or it does not say.
  package static func width(_ number: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
