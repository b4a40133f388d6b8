/// A row that the writer has not acknowledged, and the slot that waits for it.
struct PendingRow: Sendable {
  let row: RowNumber
  let engine: EngineID
  let slot: SlotIndex
}

/// Status rows: asked for, acknowledged.
extension Scheduler {
  /// The number of a new row.
  mutating func nextRow() -> RowNumber {
    rows.last = RowNumber(rows.last.rawValue + 1)
    return rows.last
  }

  /// Has an attempt recorded.
  @discardableResult
  mutating func record(
    _ ended: EndedAttempt,
    counts: Bool,
    into decision: inout Decision<Action>
  ) -> RowNumber {
    let row = nextRow()
    decision.append(.record(ended.engine, ended.end, counts: counts, row: row))
    return row
  }

  /// Frees the slots and opens the barrier that waited for the rows up to `row`.
  mutating func rowsWritten(upTo row: RowNumber) {
    precondition(row <= rows.last, "only rows that were asked for are acknowledged")
    rows.written = max(rows.written, row)
    if let waiting = rows.barrier, waiting <= rows.written { rows.barrier = nil }
    while let pending = rows.pending.first, pending.row <= rows.written {
      rows.pending.popFirst()
      // The slot of an engine that is gone, with the tasks it had, is never used again.
      guard engines[pending.engine.index].phase != .gone else { continue }
      engines[pending.engine.index].free(pending.slot)
      enterRing(pending.engine)
    }
  }

  mutating func writerFailed(into decision: inout Decision<Action>) {
    rows.isWriterAlive = false
    close(.writerFailed, .finish, into: &decision)
  }
}
