/// What the user wants of a run, as a plain value.
package struct Policy: Hashable, Sendable {
  /// The first failure ends the run and the tasks that run.
  package var failFast = false

  /// The number of failures that ends the run; nil when none does.
  package var halt: Halt?

  /// How often a failed task is run again.
  package var retries: Int32 = 0

  /// The status codes worth another try (see `CommandEnd.statusCode`); nil for every failure.
  package var retryOn: ContiguousArray<Int32>?

  /// Whether an attempt whose time was up is worth another try, whatever its code.
  package var retriesTimeouts = false

  /// How long a failed task waits for its second attempt.
  package var retryDelay = Interval.zero

  /// The delay before each later attempt, in hundredths of the one before.
  package var retryGrowthPercent: Int64 = 100

  /// The longest delay that growth leads to.
  package var retryDelayMaximum = Interval.seconds(3600)

  /// By how many hundredths a delay may be longer, so that tasks that failed together do not
  /// come back together.
  package var retryJitterPercent: Int64 = 0

  /// What the jitter is drawn from; the same number gives the same delays.
  package var retryJitterSeed: UInt64 = 0

  /// How many tasks a context may start before it leaves (`-C`); nil for any number.
  package var contextTaskLimit: Int64?

  /// Whether the tasks of a lost engine run again.
  package var requeuesLost = true

  /// The loss of a task that is its last: it is then recorded as lost and has failed.
  package var lossLimit: Int32 = 5

  /// The refusal of a task that is its last, of those while nothing else ran on the engine; it has
  /// then failed.
  package var refusalLimit: Int32 = 8

  /// How long after a refusal an engine is tried with one task more; twice as long after each
  /// further one.
  package var capacityDelay = Interval.seconds(1)

  /// The longest such delay.
  package var capacityDelayMaximum = Interval.seconds(60)

  /// How many engines in a row are started in place of one that was lost, while none of them
  /// brings a task to its end.
  package var relaunchLimit: Int32 = 5

  /// How long an engine on a lease may be silent before its tasks are given to others.
  ///
  /// Nil when engines have no lease.
  package var silenceLimit: Interval?

  /// How many engines are started at once for tasks that run alone since their engine died.
  package var isolationLimit = 8

  /// How long a task may take to end after SIGTERM.
  package var grace = Interval.seconds(10)

  /// How much longer than the grace time an engine that was told to leave may take.
  package var answerLimit = Interval.seconds(5)

  /// How long the verdict on a task waits that may have been ended from outside.
  package var verdictDelay = Interval.seconds(1)

  /// Whether engines may still be added by hand (`-S`), so that having none is not the end.
  package var staysOpen = false

  /// The most steps in the queue, and the most tasks waiting for another attempt.
  package var stepLimit = 10_000

  /// The policy of a run without options.
  package init() {}

  /// Whether a task that failed `failures` times, the last time so, is worth a try more.
  func allowsRetry(afterFailures failures: Int32, of end: some CommandEnd) -> Bool {
    guard failures <= retries, let retryOn else { return failures <= retries }
    return retriesTimeouts && end.cause == .timedOut || retryOn.contains(end.statusCode)
  }

  /// How long `task` waits after its failure number `failures`, from 1.
  func delay(beforeRetryOf task: TaskID, afterFailures failures: Int32) -> Interval {
    var delay = min(retryDelay, retryDelayMaximum)
    var step: Int32 = 1
    let grows = retryGrowthPercent != 100
    while step < failures && delay > .zero && delay < retryDelayMaximum && grows {
      delay = min(delay.percent(retryGrowthPercent), retryDelayMaximum)
      step += 1
    }
    guard retryJitterPercent > 0 else { return delay }
    let seed = retryJitterSeed ^ UInt64(bitPattern: task.rawValue) &* 0x9E37_79B9_7F4A_7C15
    let roll = Self.scrambled(seed &+ UInt64(failures)) % UInt64(retryJitterPercent + 1)
    return delay + delay.percent(Int64(roll))
  }

  /// How long an engine is left alone after a number of shortages in a row, from 1.
  func capacityDelay(after shortages: Int32) -> Interval {
    var delay = capacityDelay
    for _ in 1..<max(2, shortages) where shortages > 1 && delay < capacityDelayMaximum {
      delay = min(delay.multiplied(by: 2), capacityDelayMaximum)
    }
    return delay
  }

  /// A number without visible relation to `value` (the finaliser of SplitMix64).
  private static func scrambled(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
