import TaskScheduler
import Testing

@Suite struct SimulationTests {
  @Test func `whatever goes wrong, a run keeps its promises and resumes with just the rest`() {
    for seed in Replay.seeds {
      var world = World(.swarm(seed))
      guard let complaint = world.run() ?? Self.wrongResume(of: world) else { continue }
      Issue.record("\(Replay.report(seed, complaint, in: world))")
      return
    }
  }

  @Test func `the simulation gets to every corner of a run`() {
    var seen: Set<String> = []
    for seed in 0..<UInt64(1000) {
      var world = World(.swarm(seed))
      // What is wrong is told by the test above.
      guard world.run() == nil else { return }
      seen.formUnion(world.corners)
    }
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
