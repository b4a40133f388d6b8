import TaskScheduler

/// Ending trees of processes.
extension Engine {
  /// The processes as they were at one moment, by whose they are.
  struct View {
    let table: ProcessTable
    /// Children of this process that no slot started, by the worker whose task they belong to.
    let orphans: [Int: [Int32]]
  }

  /// Begins to end the tree of a worker, or ends it harder.
  func hunt(_ index: Int, _ mode: EndMode) {
    let worker = workers[index]
    release(index)
    worker.hunt = mode == .kill ? .killing : .terminating
    if mode == .terminate {
      let members = tree(of: index, in: look())
      for pid in members { Host.send(Host.terminateSignal, to: pid) }
      // One that is stopped would otherwise not see the signal before it is killed.
      for pid in members { Host.send(Host.continueSignal, to: pid) }
    }
    goOnHunting(index, look())
  }

  /// Looks what has become of trees that are to end, and of what is waited for.
  ///
  /// A look costs the more the more processes there are, and each of them that ends asks for one; so
  /// the next is not taken before a few times as long has passed as the last one took.
  func lookAtProcesses(at now: Instant) {
    guard isAwaitingLeftovers || workers.contains(where: { $0.hunt != .none }) else { return }
    guard now >= nextLook else {
      return timers.arm(.lookAtProcesses, at: nextLook)
    }
    let begin = Clock.now
    view = nil
    lookAtLeftovers(look().table)
    for index in workers.indices where workers[index].hunt != .none { goOnHunting(index, look()) }
    let end = Clock.now
    nextLook = end + Interval(nanoseconds: 4 * (end - begin).nanoseconds)
  }

  /// Looks whether anything of a tree is left, and kills it if that is wanted.
  private func goOnHunting(_ index: Int, _ view: View) {
    let worker = workers[index]
    let members = tree(of: index, in: view)
    if worker.hunt == .killing {
      for pid in members { Host.send(Host.killSignal, to: pid) }
    }
    guard members.isEmpty, !worker.isRunning else { return }
    worker.hunt = .none
    events.append(
      index == workers.count - 1 ? .perEngineTreeEnded : .treeEnded(SlotIndex(Int32(index)))
    )
  }

  /// The processes of a worker's task; its shell is one of them though it is younger than the view.
  private func tree(of index: Int, in view: View) -> [Int32] {
    let worker = workers[index]
    guard worker.session > 0 else { return [] }
    let orphans = view.orphans[index] ?? []
    worker.known = Set(view.table.tree(of: worker.session, with: orphans)).union(orphans)
    // The shell comes first, so that it does not go on because what it waits for has ended.
    let others = worker.known.subtracting([worker.pid]).sorted()
    return worker.isRunning ? [worker.pid] + others : others
  }

  /// The processes of this turn, which is one look for all trees that are to end in it.
  private func look() -> View {
    if let view { return view }
    let table = ProcessTable.now()
    var owners: [Int32: Int] = [:]
    var identities: [Worker.Identity: Int] = [:]
    for (index, worker) in workers.enumerated() where worker.session > 0 {
      identities[worker.identity] = index
      for pid in worker.known { owners[pid] = index }
    }
    var orphans: [Int: [Int32]] = [:]
    for pid in ownChildren(table) where roster[pid] == nil {
      let owner = owners[pid] ?? identity(of: pid).flatMap { identities[$0] }
      if let owner { orphans[owner, default: []].append(pid) }
    }
    let view = View(table: table, orphans: orphans)
    self.view = view
    return view
  }

  private func ownChildren(_ table: ProcessTable) -> Set<Int32> {
    guard !table.entries.isEmpty else { return [] }
    return Set(table.children(of: Host.processID)).union(ProcessTable.ownChildren())
  }

  /// The task of this run that a process was started for, as its environment tells.
  func identity(of pid: Int32) -> Worker.Identity? {
    let variables = ProcessTable.variables(of: pid)
    guard variables.contains("DISBATCH_RUN_ID=\(settings.runID)") else { return nil }
    return Worker.Identity(variables)
  }

  /// Kills the children there are; their own children become ours then, and have their turn.
  ///
  /// A child's pid is not given to another process before it is reaped here, so nobody else is hit.
  func killOn(_ hasChildren: Bool) {
    guard hasChildren else {
      isKillingEverything = false
      return events.append(.everythingEnded)
    }
    let table = ProcessTable.now()
    reportLeftovers(table)
    // Where /proc does not show our processes, what tasks left behind cannot be found.
    let children = ownChildren(table).union(workers.lazy.filter(\.isRunning).map(\.pid))
    if children.isEmpty, table.entries.isEmpty {
      isKillingEverything = false
      return events.append(.everythingEnded)
    }
    var refusals = 0
    for pid in children where !Host.send(Host.killSignal, to: pid) { refusals += 1 }
    if refusals > 0, refusals == children.count {
      log.write(.error, "\(refusals) processes of another user cannot be ended")
      isKillingEverything = false
      for worker in workers where worker.isRunning {
        conclude(roster.strike(worker.pid, .signalled(Host.killSignal)), at: Clock.now)
      }
      events.append(.everythingEnded)
    }
  }
}
