import TaskScheduler
import TestSupport

/// Fake children: how long they take, how they end, what they do about signals.
extension World {
  mutating func spawn(_ attempt: AttemptKey, in slot: SlotIndex) {
    observe(.spawned(attempt.task, attempt.attempt, attempt.engine))
    let chances = scenario.chances
    let host = hosts[attempt.engine.index]
    let child = makeChild(attempt, .start, 0)
    hosts[attempt.engine.index].children[slot] = child
    let isFull =
      now < scenario.shortageEnd && host.plan.room.map { host.children.count >= $0 } ?? false
    if isFull || happens(chances.refusal) {
      return agenda.add(
        .shellEnds(attempt.engine, childID: child.id, .refused(errno: 11)),
        at: now
      )
    }
    if happens(chances.spawnFailure) {
      return agenda.add(
        .shellEnds(attempt.engine, childID: child.id, .notStarted(errno: 12)),
        at: now
      )
    }
    if scenario.killers.contains(attempt.task) {
      let moment = now + delay(scenario.delays.task)
      return agenda.add(.kills(attempt.engine, childID: child.id), at: moment)
    }
    let outcome: Outcome =
      attempt.task == scenario.failingTask || happens(chances.failure)
      ? .exited(1)
      : happens(chances.signal)
        ? .signalled(11) : happens(chances.endSignal) ? drawEndSignal() : .exited(0)
    let end = now + delay(scenario.delays.task)
    agenda.add(.shellEnds(attempt.engine, childID: child.id, outcome), at: end)
  }

  /// A task kills its engine, if both still are there.
  mutating func kill(_ engine: EngineID, by childID: Int) {
    let children = hosts[engine.index].children.values
    guard children.contains(where: { $0.id == childID && $0.hasShell }) else { return }
    strike(.engineDies(engine.index))
  }

  /// An end that looks like one from outside.
  private mutating func drawEndSignal() -> Outcome {
    let signal = random.pick(EndSignal.allCases).rawValue
    return random.pick([true, false]) ? .signalled(signal) : .exited(128 + signal)
  }

  mutating func spawn(_ moment: PerEngineMoment, _ index: Int32, on engine: EngineID) {
    observe(.perEngineSpawned(engine, moment, index: index))
    let child = makeChild(nil, moment, index)
    hosts[engine.index].command = child
    let outcome: Outcome = happens(scenario.chances.perEngineFailure) ? .exited(3) : .exited(0)
    let end = now + delay(scenario.delays.task)
    agenda.add(.shellEnds(engine, childID: child.id, outcome), at: end)
  }

  private mutating func makeChild(
    _ attempt: AttemptKey?,
    _ moment: PerEngineMoment,
    _ index: Int32
  ) -> Child {
    childCount += 1
    return Child(
      id: childCount,
      attempt: attempt,
      moment: moment,
      index: index,
      isStubborn: happens(scenario.chances.stubborn),
      isPolite: happens(scenario.chances.polite)
    )
  }

  /// Lets a child react to a signal.
  mutating func signal(_ child: Child, _ mode: EndMode, on engine: EngineID) {
    if mode == .terminate, child.isStubborn, child.hasShell { return }
    let end = now + delay(scenario.delays.signal)
    let outcome: Outcome =
      mode == .kill ? .signalled(9) : child.isPolite ? .exited(0) : .signalled(15)
    if child.hasShell { agenda.add(.shellEnds(engine, childID: child.id, outcome), at: end) }
    agenda.add(.treeEnds(engine, childID: child.id), at: end + delay(scenario.delays.signal))
  }

  /// The slot of a child that still is.
  private func slot(of child: Int, on engine: EngineID) -> SlotIndex? {
    hosts[engine.index].children.first { $0.value.id == child }?.key
  }

  mutating func shellEnds(_ engine: EngineID, _ childID: Int, _ outcome: Outcome) {
    guard hosts[engine.index].isAlive else { return }
    if let slot = slot(of: childID, on: engine), let child = hosts[engine.index].children[slot] {
      guard child.hasShell else { return }
      if child.isSignalled {
        hosts[engine.index].children[slot]?.hasShell = false
        agenda.add(.treeEnds(engine, childID: childID), at: now + delay(scenario.delays.signal))
      } else {
        hosts[engine.index].children[slot] = nil
        vanish(child, on: engine)
      }
      tell(engine, .childExited(slot, outcome))
    } else if let child = hosts[engine.index].command, child.id == childID, child.hasShell {
      if child.isSignalled {
        hosts[engine.index].command?.hasShell = false
        agenda.add(.treeEnds(engine, childID: childID), at: now + delay(scenario.delays.signal))
      } else {
        hosts[engine.index].command = nil
        vanish(child, on: engine)
      }
      tell(engine, .perEngineExited(outcome))
    }
  }

  mutating func treeEnds(_ engine: EngineID, _ childID: Int) {
    guard hosts[engine.index].isAlive else { return }
    if let slot = slot(of: childID, on: engine), let child = hosts[engine.index].children[slot] {
      guard !child.hasShell else { return }
      hosts[engine.index].children[slot] = nil
      vanish(child, on: engine)
      tell(engine, .treeEnded(slot))
    } else if let child = hosts[engine.index].command, child.id == childID, !child.hasShell {
      hosts[engine.index].command = nil
      vanish(child, on: engine)
      tell(engine, .perEngineTreeEnded)
    }
  }

  /// An engine has killed everything below it.
  mutating func allKilled(_ engine: EngineID) {
    guard hosts[engine.index].isAlive else { return }
    let children = hosts[engine.index].children.sorted { $0.key < $1.key }
    let command = hosts[engine.index].command
    vanishAll(of: engine)
    for (slot, child) in children where child.hasShell {
      tell(engine, .childExited(slot, .signalled(9)))
    }
    if let command, command.hasShell { tell(engine, .perEngineExited(.signalled(9))) }
    tell(engine, .everythingEnded)
  }

  mutating func vanishAll(of engine: EngineID) {
    for (_, child) in hosts[engine.index].children.sorted(by: { $0.key < $1.key }) {
      vanish(child, on: engine)
    }
    hosts[engine.index].children = [:]
    if let command = hosts[engine.index].command { vanish(command, on: engine) }
    hosts[engine.index].command = nil
  }

  private mutating func vanish(_ child: Child, on engine: EngineID) {
    if let attempt = child.attempt {
      observe(.vanished(attempt.task, attempt.attempt, attempt.engine))
    } else {
      observe(.perEngineVanished(engine, child.moment, index: child.index))
    }
  }
}
