import TaskScheduler
import Testing

@Suite struct SimulationTests {
  @Test func `whatever goes wrong, a run keeps its promises and resumes with just the rest`() {
    var seen: Set<String> = []
    for seed in Replay.seeds {
      var world = World(.swarm(seed))
      if let complaint = world.run() ?? Self.wrongResume(of: world) {
        Issue.record("\(Replay.report(seed, complaint, in: world))")
        return
      }
      seen.formUnion(world.corners)
    }
    // A simulation that never gets to a corner says nothing about it.
    guard Replay.seeds.count >= 1000 else { return }
    #expect(World.allCorners.subtracting(seen) == [])
  }

  /// What is wrong with a run that goes on where `world` ended.
  private static func wrongResume(of world: World) -> String? {
    let scenario = world.scenario.resumed(skipping: world.durable)
    var resumed = World(scenario)
    if let complaint = resumed.run() { return "resumed: \(complaint)" }
    if resumed.exitReason != .completed {
      return "resumed to \(String(describing: resumed.exitReason))"
    }
    let rest = Set(world.scenario.taskIDs).subtracting(world.durable)
    return resumed.durable == rest
      ? nil : "resumed with \(resumed.durable.symmetricDifference(rest)) too many or too few"
  }
}
