/// A point on the caller's monotonic clock, in nanoseconds from an arbitrary start.
///
/// Nothing here reads a clock: every instant comes in with an event.
package struct Instant: Hashable, Comparable, Sendable {
  /// Nanoseconds since the clock's start.
  package let nanoseconds: Int64

  /// Makes the instant this many nanoseconds after the clock's start.
  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The instant that much later; saturates.
  package static func + (instant: Instant, interval: Interval) -> Instant {
    Instant(nanoseconds: (Interval(nanoseconds: instant.nanoseconds) + interval).nanoseconds)
  }

  /// How much later than `other` this is; saturates.
  package static func - (instant: Instant, other: Instant) -> Interval {
    let (difference, overflow) = instant.nanoseconds.subtractingReportingOverflow(other.nanoseconds)
    return Interval(nanoseconds: overflow ? (other.nanoseconds < 0 ? .max : .min) : difference)
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}
