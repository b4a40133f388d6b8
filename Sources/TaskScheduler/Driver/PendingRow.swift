/// A row that the writer has not acknowledged, and the slot that waits for it.
struct PendingRow: Sendable {
  let row: RowNumber
  let engine: EngineID
  let slot: SlotIndex
}
