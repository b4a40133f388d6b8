/// Status rows: asked for, acknowledged.
extension Scheduler {
  /// The number of a new row.
  mutating func nextRow() -> RowNumber {
    lastRow = RowNumber(lastRow.rawValue + 1)
    return lastRow
  }

  /// Has the attempt in a slot recorded.
  @discardableResult
  mutating func record(
    _ engine: EngineID,
    _ slot: SlotIndex,
    _ outcome: Outcome,
    _ cause: EndCause,
    counts: Bool,
    into actions: inout ContiguousArray<Action>
  ) -> RowNumber {
    let state = engines[engine.index].slots[slot.index]
    let row = nextRow()
    actions.append(
      .record(
        state.task,
        state.attempt,
        outcome,
        cause,
        engine,
        slot,
        counts: counts,
        row: row
      )
    )
    return row
  }

  /// Frees the slots and opens the barrier that waited for the rows up to `row`.
  mutating func rowsWritten(upTo row: RowNumber) {
    precondition(row <= lastRow, "only rows that were asked for are acknowledged")
    writtenRow = max(writtenRow, row)
    if let waiting = barrierRow, waiting <= writtenRow { barrierRow = nil }
    while let pending = pendingRows.first, pending.row <= writtenRow {
      pendingRows.popFirst()
      // The slot of an engine that is gone, with the tasks it had, is never used again.
      guard engines[pending.engine.index].phase != .gone else { continue }
      engines[pending.engine.index].free(pending.slot)
      enterRing(pending.engine)
    }
  }

  mutating func writerFailed(at now: Instant, into actions: inout ContiguousArray<Action>) {
    isWriterAlive = false
    close(.writerFailed, .finish, at: now, into: &actions)
  }
}
