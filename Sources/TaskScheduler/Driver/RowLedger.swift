/// The rows that were asked for, and how many of them are in the hands of the kernel.
struct RowLedger: Sendable {
  /// The last row that was asked for.
  var last = RowNumber.none
  /// All rows up to this one are written.
  var written = RowNumber.none
  /// Whether more can be.
  var isWriterAlive = true
  /// Rows that a slot waits for, in the order of their numbers.
  var pending = RingQueue<PendingRow>()
  /// The row of a barrier that is met, until it is written: nothing passes before.
  var barrier: RowNumber?
}
