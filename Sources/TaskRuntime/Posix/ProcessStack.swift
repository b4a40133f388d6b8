import CLinux

/// The stack that this process works on.
package enum ProcessStack {
  /// What `ulimit -s` gives where nobody has changed it.
  private static let bytes: UInt64 = 8 << 20

  /// Runs the process on a stack of the usual size, be `ulimit -s` less than that.
  package static func run(_ body: @convention(c) () -> Void) {
    clinux_run_on_stack(bytes, body)
  }
}
