import TaskScheduler

/// An engine's workers: one for each slot, and a last one for the engine's own commands.
struct Workers {
  /// All of them, by number.
  let all: [Worker]

  /// Makes workers that run nothing.
  init(slots: Int32) {
    let ids = (0..<slots).map { WorkerID.slot(SlotIndex($0)) } + [.own]
    all = ids.enumerated().map { Worker($1, number: $0) }
  }

  /// The worker for the engine's own commands.
  var own: Worker { all[all.count - 1] }

  /// Whether there is such a slot.
  func has(_ slot: SlotIndex) -> Bool { 0..<all.count - 1 ~= slot.index }

  /// A slot's worker.
  subscript(_ slot: SlotIndex) -> Worker { all[slot.index] }

  /// The worker with a number.
  subscript(_ number: Int) -> Worker { all[number] }
}
