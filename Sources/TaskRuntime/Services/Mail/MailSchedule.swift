package import TaskScheduler

/// When a message is due: after a number of completions, but not in floods.
///
/// The first `burst` messages come whenever they are due; in the long run there is one in each
/// `interval`, which then covers all that fell due in between. Without this a run of a million short
/// tasks and the reference's default of a message for each would fill every mailbox.
package struct MailSchedule: Sendable {
  /// How many messages may come one upon the other.
  package static let burst: Int64 = 60
  /// How often one may come in the long run.
  package static let interval = Interval.seconds(60)

  private let frequency: Int64
  private var nextDue: Int64
  /// When the allowance that was used is there again in full.
  private var restored: Instant?

  /// Makes a schedule of a message each `frequency` completions.
  package init(every frequency: Int64) {
    self.frequency = max(1, frequency)
    nextDue = self.frequency
  }

  /// Asks whether a message is to be sent now; if so, it is taken for sent.
  ///
  /// - Parameters:
  ///   - ended: How many tasks have completed.
  ///   - now: The time.
  /// - Returns: Whether a message is due and within the allowance.
  package mutating func takeDue(ended: Int64, at now: Instant) -> Bool {
    guard ended >= nextDue else { return false }
    let restored = max(restored ?? now, now) + Self.interval
    guard restored - now <= Self.interval.multiplied(by: Self.burst) else { return false }
    self.restored = restored
    nextDue = (ended / frequency + 1) * frequency
    return true
  }
}
