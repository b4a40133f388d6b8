/// The hosts of a context, and how many tasks each of them runs at a time.
package struct LaunchPlan: Hashable, Sendable {
  /// A host.
  package struct Node: Hashable, Sendable {
    /// As the names of files and the rows have it.
    package var name: String
    /// How many tasks run there at a time.
    package var slots: Int

    package init(name: String, slots: Int) {
      self.name = name
      self.slots = slots
    }
  }

  /// Each has an engine.
  package var nodes: [Node]
  /// What `DISBATCH_CORES_PER_TASK` says.
  package var coresPerTask: Int
  /// Things that the user should know.
  package var notes: [String] = []

  /// How many tasks run at a time.
  package var slots: Int { nodes.reduce(0) { $0 + $1.slots } }

  /// Makes a plan of given hosts.
  package init(nodes: [Node], coresPerTask: Int) {
    self.nodes = nodes
    self.coresPerTask = coresPerTask
  }

  /// Finds out where a run is to run.
  ///
  /// In this order: the user's list, the environment's, this machine's usable cores.
  ///
  /// - Parameters:
  ///   - options: What the user said.
  ///   - environment: Looks a variable up.
  ///   - hostName: The name of this machine.
  ///   - usableCores: How many cores it has for us.
  /// - Throws: `RunError` when the options contradict each other, or name another machine.
  package init(
    _ options: RunOptions,
    environment: (String) -> String?,
    hostName: String,
    usableCores: () -> Int
  ) throws(RunError) {
    if options.jobs != nil, !options.hosts.isEmpty {
      throw RunError.usage("-j N is short for -s localhost:N; only one of them can be given")
    }
    if let jobs = options.jobs, jobs < 1 { throw RunError.usage("-j needs a number from 1 on") }
    let cores: Int
    if let jobs = options.jobs {
      cores = jobs
    } else if !options.hosts.isEmpty {
      cores = try Self.cores(of: options.hosts, hostName, &notes)
    } else if environment("SLURM_JOBID") != nil {
      throw RunError.usage(
        "this version runs tasks on this machine only, not in a Slurm allocation;"
          + " -j N runs N at a time here"
      )
    } else if let list = environment("DISBATCH_SSH_NODELIST"), !list.isEmpty {
      cores = try Self.cores(of: [list], hostName, &notes)
    } else {
      cores = usableCores()
    }
    let perTask = options.coresPerTask ?? 1
    guard perTask > 0 else { throw RunError.usage("-c needs a number above 0") }
    let room = (Double(cores) / perTask).rounded(.down)
    guard room <= 1_048_576 else {
      throw RunError.usage("\(cores) cores, \(perTask) for each task: too many tasks at a time")
    }
    var slots = Int(room)
    if let limit = options.tasksPerHost {
      slots = min(limit, max(1, slots))
      if limit > slots {
        let plural = cores == 1 ? "" : "s"
        notes.append(
          "-t \(limit): \(cores) core\(plural), \(perTask) for each task, so \(slots) run at a time"
        )
      }
    }
    guard slots > 0 else {
      throw RunError.usage("\(cores) cores are not enough for a task of \(perTask)")
    }
    nodes = [Node(name: options.names.node, slots: slots)]
    coresPerTask = cores / slots
  }

  private static func cores(
    of lists: [String],
    _ hostName: String,
    _ notes: inout [String]
  ) throws(RunError) -> Int {
    let spec = try HostSpec(lists)
    let ownNames: Set<String> = [
      "localhost", "127.0.0.1", hostName, String(hostName.prefix { $0 != "." }),
    ]
    var cores = 0
    for item in spec.items {
      guard ownNames.contains(item.host) else {
        throw RunError.usage(
          "'\(item.host)' is not this machine; this version runs tasks on this machine only"
        )
      }
      cores += item.cores
    }
    for host in spec.repeated { notes.append("\(host) is named more than once; cores are summed") }
    return cores
  }
}
