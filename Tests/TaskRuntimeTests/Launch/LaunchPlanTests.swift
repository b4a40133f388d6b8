import TaskRuntime
import Testing

@Suite struct LaunchPlanTests {
  private func plan(
    _ change: (inout RunOptions) -> Void,
    environment: [String: String] = [:]
  ) throws -> LaunchPlan {
    var options = RunOptions(input: .standardInput)
    change(&options)
    return try LaunchPlan(
      options,
      environment: { environment[$0] },
      hostName: "node7.cluster",
      usableCores: { 6 }
    )
  }

  @Test func `without a word it is this machine with all its cores`() throws {
    let plan = try plan { _ in }
    #expect(plan == (try self.plan { $0.jobs = 6 }))
    #expect(plan.slots == 6)
    #expect(plan.coresPerTask == 1)
  }

  @Test(arguments: [
    (["localhost:4"], 4), (["node7:2,localhost:3"], 5), (["node7.cluster:1"], 1),
    ([" localhost:4 ,", "localhost:1"], 5),
  ])
  func `this machine may be named in several ways`(hosts: [String], slots: Int) throws {
    #expect(try plan { $0.hosts = hosts }.slots == slots)
  }

  @Test func `a host that is named twice is noted`() throws {
    #expect(try plan { $0.hosts = ["localhost:1,localhost:2"] }.notes.count == 1)
  }

  @Test func `the environment's list comes after the user's`() throws {
    let list = ["DISBATCH_SSH_NODELIST": "localhost:9"]
    #expect(try plan({ _ in }, environment: list).slots == 9)
    #expect(try plan({ $0.jobs = 2 }, environment: list).slots == 2)
    #expect(try plan({ $0.hosts = ["localhost:3"] }, environment: ["SLURM_JOBID": "1"]).slots == 3)
  }

  @Test func `cores for each task make fewer slots`() throws {
    let fractional = try plan {
      $0.hosts = ["localhost:8"]
      $0.coresPerTask = 2.5
    }
    #expect(fractional.slots == 3)
    #expect(fractional.coresPerTask == 2)
    let limited = try plan {
      $0.hosts = ["localhost:8"]
      $0.tasksPerHost = 2
    }
    #expect(limited.slots == 2)
    #expect(limited.coresPerTask == 4)
  }

  @Test(arguments: [
    ["other:3"], ["localhost"], ["localhost:0"], ["localhost:x"], [":4"], [","],
  ])
  func `what cannot be used is said`(hosts: [String]) {
    #expect(throws: RunError.self) { try plan { $0.hosts = hosts } }
  }

  @Test func `options that contradict each other are said`() {
    #expect(throws: RunError.self) {
      try plan {
        $0.jobs = 1
        $0.hosts = ["localhost:1"]
      }
    }
    #expect(throws: RunError.self) { try plan { $0.jobs = 0 } }
    #expect(throws: RunError.self) { try plan { $0.coresPerTask = 0 } }
    #expect(throws: RunError.self) { try plan({ _ in }, environment: ["SLURM_JOBID": "1"]) }
    #expect(throws: RunError.self) {
      try plan {
        $0.jobs = 2
        $0.coresPerTask = 4
      }
    }
  }
}
