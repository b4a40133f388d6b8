/// What an engine has to keep to.
package struct EnginePolicy: Hashable, Sendable {
  /// How long what is ended may take between SIGTERM and SIGKILL.
  package var grace: Interval

  /// The driver's limit of silence; nil for an engine without a lease.
  package var silenceLimit: Interval?

  /// Makes the policy of an engine.
  package init(grace: Interval, silenceLimit: Interval? = nil) {
    self.grace = grace
    self.silenceLimit = silenceLimit
  }

  /// How long the lease lasts: two thirds of the driver's limit, which leaves the last third to end
  /// every task before the driver gives them to others.
  var leaseLength: Interval? {
    silenceLimit.map { Interval(nanoseconds: $0.nanoseconds / 3 * 2) }
  }
}
