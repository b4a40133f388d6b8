// The ways to go. Each verb has one meaning in all of Scheduler+*.swift.
//
//   a run      stop            the user wants it to end (`StopMode`)
//              close           nothing starts any more; then `closed` (`ClosingMode`, `ExitReason`)
//   a context  stop            it takes no more tasks and engines, and those it has are retired
//   an engine  windDown        what closing the run means for one engine
//              retire          it leaves a run that goes on (`RetireMode`)
//              endTasks        its tasks are ended; it may stay
//              release         the order to run its STOP commands and leave
//              releaseIfIdle   the same, once it has no tasks
//              left            it says that it has left as it was told
//              dismiss         one that has nothing to finish is no longer wanted
//              abandon         it is cut off and lost at once: killed if it can be, its link closed
//              giveUpWaiting   it did not do in time what it was told, and is cut off
//              lost            word that it died or is out of reach (`LossReason`)
//              lose            nothing of it can run any more: its tasks are given up
//              failedToStart   it never came
//              relaunch        another is asked for in its place
//   a slot     leaveSlot       its task no longer counts as running
//              giveUp          its attempt is lost with the engine
//              returnSlot      a suspect gives back the slot that it was lent
//   a verdict  hold            it waits
//              conclude        it is given, and the attempt recorded
//              acquit          it is given: ended from outside, not failed
//              acquitLost      the same for the tasks of an engine that is gone

/// How a run comes to its end.
extension Scheduler {
  mutating func stop(
    _ mode: StopMode,
    into decision: inout Decision<Action>
  ) {
    switch mode {
    case .drain: close(.stopped(.drain), .finish, into: &decision)
    case .interrupt: close(.stopped(.interrupt), .hurry, into: &decision)
    case .killNow: close(.stopped(.killNow), .kill, into: &decision)
    }
    toldToStop(mode, into: &decision)
  }

  /// Begins to close the run, or closes it harder.
  ///
  /// The first reason stays unless the run would have let its tasks finish and now ends them.
  mutating func close(
    _ reason: ExitReason,
    _ mode: ClosingMode,
    into decision: inout Decision<Action>
  ) {
    switch phase {
    case .feeding, .drained: phase = .closing(reason, mode)
    case .closing(let first, let milder) where mode > milder:
      phase = .closing(milder == .finish ? reason : first, mode)
    case .closing(_, .kill) where mode == .kill: return abandonAll(into: &decision)
    case .closing, .closed: return
    }
    for index in engines.indices {
      windDown(EngineID(Int32(index)), into: &decision)
    }
  }

  /// Cuts off every engine: the user has waited long enough.
  private mutating func abandonAll(into decision: inout Decision<Action>) {
    for index in engines.indices where engines[index].phase.isAlive {
      abandon(EngineID(Int32(index)), into: &decision)
    }
  }

  /// Does to one engine what the closing of the run asks for.
  mutating func windDown(
    _ engine: EngineID,
    into decision: inout Decision<Action>
  ) {
    guard case .closing(_, let mode) = phase else { return }
    let state = engines[engine.index]
    switch state.phase {
    case .absent, .gone: return
    case .launching:
      move(engine, to: .gone)
      decision.append(.abandon(engine))
    case .waiting, .starting, .serving, .draining:
      if mode == .kill { return release(engine, limit: .zero, into: &decision) }
      if mode > .finish { endTasks(of: engine, into: &decision) }
      releaseIfIdle(engine, into: &decision)
    case .leaving:
      guard let limit = releaseLimit, state.releaseLimit.map({ limit < $0 }) ?? true else {
        return
      }
      release(engine, limit: limit, into: &decision)
    case .unreachable:
      // One without a lease is being killed, and its death will be told.
      guard state.isLeased, mode > .finish || state.runningCount == 0 else { return }
      abandon(engine, into: &decision)
    }
  }

  /// How long an engine may take to leave, as the run closes now; nil for as long as it needs.
  private var releaseLimit: Interval? {
    switch phase {
    case .closing(_, .kill): .zero
    case .closing(_, .hurry): policy.grace
    case .feeding, .drained, .closing, .closed: nil
    }
  }

  /// Has every task of an engine ended that is not being ended already.
  mutating func endTasks(
    of engine: EngineID,
    into decision: inout Decision<Action>
  ) {
    for index in engines[engine.index].slots.indices {
      let slot = engines[engine.index].slots[index]
      guard slot.phase == .running, !slot.isEnding else { continue }
      engines[engine.index].slots[index].isEnding = true
      decision.append(.endTask(slot.task, engine, SlotIndex(Int32(index)), .terminate))
    }
    guard engines[engine.index].runningCount > 0 else { return }
    awaitAnswer(from: engine, until: decision.now + policy.grace + policy.answerLimit)
  }

  /// Lets an engine go that has no tasks and will not get any.
  mutating func releaseIfIdle(
    _ engine: EngineID,
    limit: Interval? = nil,
    into decision: inout Decision<Action>
  ) {
    guard engines[engine.index].runningCount == 0 else { return }
    switch engines[engine.index].phase {
    case .draining: if phase.isOpen, engines[engine.index].solo?.isKept ?? false { return }
    case .waiting, .starting, .serving: if phase.isOpen { return }
    case .unreachable: return windDown(engine, into: &decision)
    case .absent, .launching, .leaving, .gone: return
    }
    release(engine, limit: releaseLimit ?? limit, into: &decision)
  }

  private mutating func release(
    _ engine: EngineID,
    limit: Interval?,
    into decision: inout Decision<Action>
  ) {
    if engines[engine.index].phase != .leaving { move(engine, to: .leaving) }
    engines[engine.index].isRetiring = true
    engines[engine.index].releaseLimit = limit
    engines[engine.index].answerBy = nil
    if let limit { awaitAnswer(from: engine, until: decision.now + limit + policy.answerLimit) }
    decision.append(.release(engine, limit: limit))
  }

  /// Ends the run, or stops it from starting more, if too much has failed.
  mutating func weighFailures(into decision: inout Decision<Action>) {
    hasNewFailure = false
    guard phase.isOpen else { return }
    if policy.failFast { return close(.failFast, .terminate, into: &decision) }
    guard let halt = policy.halt, halt.isReached(failed: tally.failed, ended: tally.ended) else {
      return
    }
    switch halt.mode {
    case .now: close(.halted, .terminate, into: &decision)
    case .soon: close(.halted, .finish, into: &decision)
    }
  }

  /// Begins to close an open run in which nothing is left to do, or nobody to do it.
  mutating func concludeIfNothingIsLeft(
    into decision: inout Decision<Action>
  ) {
    guard tally.running == 0, held.isEmpty, suspects.count == 0, rows.barrier == nil else { return }
    if retries.isEmpty, queue.isEmpty {
      if phase == .drained { close(.completed, .finish, into: &decision) }
      return
    }
    guard counts.prospects == 0, counts.relaunches == 0, !policy.staysOpen,
      !engines.contains(where: { $0.isReplaced && $0.phase.isAlive || $0.isToBeBuried })
    else { return }
    let reason: ExitReason = tally.enginesJoined > 0 ? .tasksRemain : .noEngine
    close(reason, .finish, into: &decision)
  }

  /// Gives the last action when every engine is gone and every row is written.
  mutating func finishClosing(into decision: inout Decision<Action>) {
    guard case .closing(let reason, _) = phase, counts.alive == 0, tally.running == 0,
      held.isEmpty, suspects.asked.isEmpty, rows.written == rows.last || !rows.isWriterAlive
    else { return }
    phase = .closed(reason)
    decision.append(.close(reason))
  }
}
