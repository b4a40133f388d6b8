import Glibc
package import TaskScheduler

/// The only reader of clocks.
package enum Clock {
  /// Now, by a clock that nobody sets and that never goes back.
  package static var now: Instant { Instant(nanoseconds: read(CLOCK_MONOTONIC)) }

  /// Nanoseconds since 1970 in UTC, as this host believes.
  package static var wallNanoseconds: Int64 { read(CLOCK_REALTIME) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    // Both clocks exist on every kernel, so the call cannot fail.
    _ = unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
