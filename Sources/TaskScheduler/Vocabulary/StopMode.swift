/// How a run is stopped from outside.
package enum StopMode: UInt8, Hashable, Sendable {
  /// No new tasks; those that run end by themselves (SIGUSR1).
  case drain

  /// No new tasks; those that run get SIGTERM, and SIGKILL after the grace time (SIGINT, SIGTERM).
  case interrupt

  /// Everything is killed (a second SIGINT or SIGTERM); told again, nothing is waited for.
  case killNow
}
