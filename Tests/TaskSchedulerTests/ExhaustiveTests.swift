import TaskScheduler
import Testing

/// Every world of at most three tasks, two engines, one barrier and one fault.
@Suite struct ExhaustiveTests {
  @Test func `every small world keeps its promises`() {
    var choices = Choices()
    var count = 0
    repeat {
      let scenario = Self.scenario(&choices)
      var calm = World(scenario)
      if let complaint = calm.run() {
        Issue.record("\(complaint) in \(scenario)")
        return
      }
      count += 1
      for kind in Self.faults {
        for moment in 1...calm.occurrenceCount {
          var faulty = scenario
          faulty.faults = [Scenario.Fault(moment: .occurrence(moment), kind: kind)]
          var world = World(faulty)
          count += 1
          guard let complaint = world.run() else { continue }
          Issue.record("\(complaint) in \(faulty)")
          return
        }
      }
    } while choices.next()
    #expect(count > 10_000)
  }

  /// What may go wrong, at every moment.
  private static let faults: [Scenario.Fault.Kind] = [
    .engineDies(0), .linkCloses(0), .engineHangs(0, .seconds(1)),
    .partition(0, toDriver: true, toEngine: true, .seconds(20)),
    .stop(.drain), .stop(.interrupt), .stop(.killNow), .retire(0, .now),
    .stopContext(ContextID(0), .afterTasks), .writerFails, .driverDies,
  ]

  private static func scenario(_ choices: inout Choices) -> Scenario {
    var scenario = Scenario()
    scenario.delays = Scenario.Delays(
      task: 10,
      network: 1,
      writer: 1,
      feed: 0,
      signal: 1,
      isFixed: true
    )
    let taskCount = choices.pick(below: 4)
    scenario.steps = Array(repeating: .tasks(1), count: taskCount)
    // None, or a plain or a checking one at every place.
    let barrier = choices.pick(below: 1 + 2 * (taskCount + 1))
    if barrier > 0 {
      scenario.steps.insert(.barrier(check: barrier.isMultiple(of: 2)), at: (barrier - 1) / 2)
    }
    let failing = choices.pick(below: taskCount + 1)
    scenario.failingTask = failing == 0 ? nil : TaskID(Int64(failing - 1))
    scenario.policy.silenceLimit = .seconds(9)
    scenario.policy.grace = .seconds(1)
    let isLocal = choices.pick(below: 2) == 0
    for _ in 0...choices.pick(below: 2) {
      scenario.engines.append(Scenario.PlannedEngine(slots: 1, isLocal: isLocal))
    }
    return scenario
  }
}
