/// Steps: how they come in, how they are asked for.
extension Scheduler {
  mutating func definePerEngine(
    _ start: Int32,
    _ stop: Int32,
    into decision: inout Decision<Action>
  ) {
    precondition(perEngineCounts == nil, "the PERENGINE commands are defined once")
    perEngineCounts = (start, stop)
    for index in engines.indices where engines[index].phase == .waiting {
      beginService(EngineID(Int32(index)), into: &decision)
    }
  }

  mutating func offer(_ first: TaskID, _ count: Int64) {
    accept(first, count)
    tally.offered += count
    if count > 0 { queue.append(.tasks(first: first, count: count)) }
  }

  mutating func skip(_ first: TaskID, _ count: Int64, _ failures: Int64) {
    accept(first, count)
    tally.skipped += count
    tally.skippedFailed += failures
    if failures > 0 { queue.append(.skipped(count: count, failures: failures)) }
  }

  mutating func append(barrier id: TaskID, _ check: Bool) {
    accept(id, 1)
    queue.append(.barrier(id, check: check))
  }

  mutating func endFeed() {
    tally.isFeedEnded = true
    if phase == .feeding { phase = .drained }
  }

  /// Checks that a step that takes `count` ids from `first` comes in its turn.
  private mutating func accept(_ first: TaskID, _ count: Int64) {
    precondition(perEngineCounts != nil, "steps come after the PERENGINE commands are defined")
    precondition(count >= 0 && first >= nextTask, "steps come in the order of their ids")
    precondition(!tally.isFeedEnded, "no step comes after the last")
    precondition(requestedSteps > 0, "a step is offered when it was asked for")
    requestedSteps -= 1
    nextTask = TaskID(first.rawValue + count)
  }

  /// Asks for as many steps as there is room for, in few and large requests.
  mutating func requestSteps(into decision: inout Decision<Action>) {
    guard phase == .feeding, perEngineCounts != nil else { return }
    let expected = queue.count + retries.count + requestedSteps
    guard expected <= policy.stepLimit / 2 else { return }
    requestedSteps += policy.stepLimit - expected
    decision.append(.requestSteps(policy.stepLimit - expected))
  }

  /// Failed tasks that the next barrier would count if nothing more ran, with those that are passed
  /// over in front of it.
  ///
  /// - Complexity: O(n) in the steps of the queue.
  package var openFailures: Int64 {
    var failures = min(failuresSinceBarrier, tally.failed + tally.skippedFailed)
    for offset in 0..<queue.count {
      switch queue[offset] {
      case .skipped(_, let more): failures += more
      case .tasks: break
      case .barrier: return failures
      }
    }
    return failures
  }

  /// Takes what needs no slot from the head of the queue: skipped tasks and barriers that are met.
  mutating func passQueueHead(into decision: inout Decision<Action>) {
    while rows.barrier == nil, let step = queue.first {
      switch step {
      case .tasks: return
      case .skipped(_, let failures):
        failuresSinceBarrier += failures
        queue.popFirst()
      case .barrier(let id, let check):
        guard tally.running == 0, retries.isEmpty, held.isEmpty, suspects.count == 0 else {
          return
        }
        queue.popFirst()
        meet(id, check, into: &decision)
      }
    }
  }

  /// Records a barrier; what follows waits until its row, and so every row before it, is written.
  private mutating func meet(
    _ id: TaskID,
    _ check: Bool,
    into decision: inout Decision<Action>
  ) {
    let failures = failuresSinceBarrier
    failuresSinceBarrier = 0
    tally.barriersMet += 1
    let row = nextRow()
    rows.barrier = row
    decision.append(.recordBarrier(id, check: check, failures: failures, row: row))
    if check, failures > 0 { close(.checkFailed(id), .finish, into: &decision) }
  }
}
