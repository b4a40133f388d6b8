/// A length of time in whole nanoseconds.
///
/// `Duration` of the standard library counts attoseconds in 128 bits, which a decision never needs.
package struct Interval: Hashable, Comparable, Sendable {
  /// How many nanoseconds; negative for a way back.
  package let nanoseconds: Int64

  /// Makes an interval of this many nanoseconds.
  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// No time at all.
  package static var zero: Interval { Interval(nanoseconds: 0) }

  /// This many seconds; saturates.
  package static func seconds(_ count: Int64) -> Interval {
    Interval(nanoseconds: 1_000_000_000).multiplied(by: count)
  }

  /// This many milliseconds; saturates.
  package static func milliseconds(_ count: Int64) -> Interval {
    Interval(nanoseconds: 1_000_000).multiplied(by: count)
  }

  /// This interval `factor` times; saturates.
  package func multiplied(by factor: Int64) -> Interval {
    let (product, overflow) = nanoseconds.multipliedReportingOverflow(by: factor)
    let isNegative = (nanoseconds < 0) != (factor < 0)
    return Interval(nanoseconds: overflow ? (isNegative ? .min : .max) : product)
  }

  /// This many hundredths of the interval, rounded towards zero; saturates.
  package func percent(_ count: Int64) -> Interval {
    // In two parts, so that only a result that is too long saturates.
    let whole = Interval(nanoseconds: nanoseconds / 100).multiplied(by: count)
    let (rest, overflow) = (nanoseconds % 100).multipliedReportingOverflow(by: count)
    return overflow ? whole : whole + Interval(nanoseconds: rest / 100)
  }

  package static func + (left: Interval, right: Interval) -> Interval {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return Interval(nanoseconds: overflow ? (right.nanoseconds < 0 ? .min : .max) : sum)
  }

  package static func < (left: Interval, right: Interval) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}
