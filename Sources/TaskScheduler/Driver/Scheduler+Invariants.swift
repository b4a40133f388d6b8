/// What must be true between two events, whatever happened.
extension Scheduler {
  /// Recomputes every redundant number from the truth and stops the program when one is wrong.
  ///
  /// - Complexity: O(slots + tasks that wait for another attempt + steps); for tests.
  package func checkInvariants() {
    if let complaint = brokenInvariant { preconditionFailure(complaint) }
  }

  /// The first thing found that must not be; nil when all is well.
  package var brokenInvariant: String? {
    brokenCount ?? brokenEngine ?? brokenLimit ?? brokenRow
  }

  /// How many steps, waiting tasks and slots with unwritten rows it holds: what grows with the work.
  package var footprint: Int { queue.count + retries.count + rows.pending.count + held.count }

  /// Counts against what they count.
  private var brokenCount: String? {
    let running = engines.reduce(0) { $0 + Int64($1.runningCount) }
    if tally.running != running { return "\(tally.running) tasks run, slots have \(running)" }
    let prospects = engines.reduce(0) { $0 + ($1.phase.isProspect ? 1 : 0) }
    if counts.prospects != prospects { return "\(counts.prospects) prospects, not \(prospects)" }
    let alive = engines.reduce(0) { $0 + ($1.phase.isAlive ? 1 : 0) }
    if counts.alive != alive { return "\(counts.alive) engines live, not \(alive)" }
    let asked = engines.reduce(0) { $0 + ($1.isRelaunchAsked ? 1 : 0) }
    if counts.relaunches != asked { return "\(counts.relaunches) relaunches, not \(asked)" }
    let solos = engines.count { $0.solo?.waiting != nil }
    if suspects.count != suspects.asked.count + suspects.queued.count + solos {
      return "\(suspects.count) suspects are miscounted"
    }
    let launches = engines.count { $0.phase == .launching && $0.solo != nil } + suspects.asked.count
    if suspects.launchCount != launches {
      return "\(suspects.launchCount) engines start, not \(launches)"
    }
    var queued: Int64 = 0
    for offset in 0..<queue.count {
      if case .tasks(_, let count) = queue[offset] { queued += count }
    }
    let known =
      tally.ended + tally.running + Int64(retries.count + held.count + suspects.count) + queued
    // A closing run lets go of tasks that would have run again.
    let isRight = phase.isOpen ? tally.offered == known : tally.offered >= known
    return isRight ? nil : "\(tally.offered) tasks were offered, \(known) are accounted for"
  }

  /// Engines and their slots.
  private var brokenEngine: String? {
    for (index, engine) in engines.enumerated() {
      let running = engine.slots.count { $0.phase == .running }
      if engine.runningCount != running { return "engine \(index) miscounts its tasks" }
      if running > 0, !engine.phase.hasJoined { return "engine \(index) is gone and runs tasks" }
      var freeCount = 0
      var next = engine.firstFree
      while next != DriverSlot.none, freeCount <= engine.slots.count {
        if engine.slots[Int(next)].phase != .free { return "engine \(index) offers a busy slot" }
        freeCount += 1
        next = engine.slots[Int(next)].next
      }
      let free = engine.slots.count { $0.phase == .free }
      if freeCount != free { return "engine \(index) forgets a free slot" }
      if engine.canTakeTask && !engine.isInRing {
        return "engine \(index) is not in line for tasks"
      }
    }
    let inRing = engines.count { $0.isInRing }
    return inRing == ring.count ? nil : "the ring of engines holds \(ring.count), not \(inRing)"
  }

  /// What is bounded.
  private var brokenLimit: String? {
    let slots = engines.reduce(0) { $0 + $1.slots.count }
    if counts.slots != slots { return "\(counts.slots) slots, not \(slots)" }
    if queue.count + requestedSteps > policy.stepLimit { return "too many steps in the queue" }
    if suspects.launchCount > policy.isolationLimit { return "too many engines start at once" }
    if held.count > heldLimit { return "too many verdicts wait" }
    if retries.count > policy.stepLimit + 2 * counts.slots + heldLimit {
      return "too many tasks wait"
    }
    if retries.count + held.count + suspects.count > 0, rows.barrier != nil {
      return "a barrier was met before its tasks ended"
    }
    if let limit = policy.contextTaskLimit, contexts.contains(where: { $0.starts > limit }) {
      return "a context started more than \(limit) tasks"
    }
    return nil
  }

  /// Rows and what waits for them.
  private var brokenRow: String? {
    if rows.written > rows.last { return "more rows are written than were asked for" }
    let recording = engines.reduce(0) { sum, engine in
      sum + (engine.phase == .gone ? 0 : engine.slots.count { $0.phase == .recording })
    }
    var pending = 0
    for offset in 0..<rows.pending.count {
      let row = rows.pending[offset]
      if row.row <= rows.written { return "a slot waits for a row that is written" }
      pending += engines[row.engine.index].phase == .gone ? 0 : 1
    }
    return pending == recording ? nil : "\(recording) slots wait for \(pending) rows"
  }
}
