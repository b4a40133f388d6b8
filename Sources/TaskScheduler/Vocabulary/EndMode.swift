/// How hard a task is ended.
package enum EndMode: UInt8, Hashable, Sendable {
  /// SIGTERM to its whole tree, and SIGKILL when the grace time is over.
  case terminate

  /// SIGKILL to its whole tree, now.
  case kill
}
