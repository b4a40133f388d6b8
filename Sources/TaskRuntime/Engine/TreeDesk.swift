import TaskScheduler

/// Ends trees of processes: a worker's, or all that there are.
///
/// Orphans of tasks come to the engine. Their environment says whose they are, or they were seen below a task
/// before their parents ended. Those of a worker whose tree is to end are ended with it, others only reaped.
final class TreeDesk {
  /// The processes at one moment, by whose they are.
  private struct View {
    let table: ProcessTable
    /// Children of this process that no worker started, by the worker whose task they belong to.
    let orphans: [Int: [Int32]]
  }

  /// How far killing everything has come.
  enum Kill: Hashable {
    /// The ends of those that were killed are to come.
    case underway
    /// Nothing is left, or nothing that can be found.
    case over
    /// Only processes of another user are left, this many.
    case refused(Int)
  }

  private let workers: Workers
  private let runID: String
  private let roster: ChildRoster
  private let loop: EngineLoop
  /// The processes of this turn, once they have been looked at.
  private var view: View?
  /// When they are looked at again at the earliest.
  private var nextLook = Instant(nanoseconds: 0)
  /// Whether all that there is is to end.
  var isKillingEverything = false

  /// Makes a desk that ends nothing.
  init(_ workers: Workers, runID: String, roster: ChildRoster, in loop: EngineLoop) {
    self.workers = workers
    self.runID = runID
    self.roster = roster
    self.loop = loop
  }

  /// Whether a worker's tree is to end.
  var isEndingTree: Bool { workers.all.contains { $0.treeEnding != .none } }

  /// Begins to end the tree of a worker, or ends it harder.
  func endTree(of worker: Worker, _ mode: EndMode, _ turn: inout EngineTurn) {
    worker.treeEnding = mode == .kill ? .killing : .terminating
    if mode == .terminate {
      let members = tree(of: worker, in: look())
      for pid in members { Host.send(Host.terminateSignal, to: pid) }
      // One that is stopped would otherwise not see the signal before it is killed.
      for pid in members { Host.send(Host.continueSignal, to: pid) }
    }
    continueEnding(worker, look(), &turn)
  }

  /// Looks at the trees that are to end, and hands the processes to whoever waits for others.
  ///
  /// A look costs the more the more processes there are, and each of them that ends asks for one; so
  /// the next is not taken before a few times as long has passed as the last one took.
  func lookAgain(
    _ turn: inout EngineTurn,
    with others: (ProcessTable, inout EngineTurn) -> Void
  ) {
    guard turn.now >= nextLook else { return loop.timers.arm(.lookAtProcesses, at: nextLook) }
    let begin = Clock.now
    view = nil
    others(look().table, &turn)
    for worker in workers.all where worker.treeEnding != .none {
      continueEnding(worker, look(), &turn)
    }
    let end = Clock.now
    nextLook = end + Interval(nanoseconds: 4 * (end - begin).nanoseconds)
  }

  /// Forgets the processes of this turn, which is over.
  func endTurn() { view = nil }

  /// Takes note that an orphan has ended: its number may be another process's from now on.
  func noteEnd(ofOrphan pid: Int32) {
    for worker in workers.all where worker.treeEnding != .none { worker.known.remove(pid) }
  }

  /// Looks whether anything of a tree is left, and kills it if that is wanted.
  private func continueEnding(_ worker: Worker, _ view: View, _ turn: inout EngineTurn) {
    let members = tree(of: worker, in: view)
    if worker.treeEnding == .killing {
      for pid in members { Host.send(Host.killSignal, to: pid) }
    }
    guard members.isEmpty, !worker.isRunning else { return }
    worker.treeEnding = .none
    turn.events.append(worker.id.treeEnded)
  }

  /// The processes of a worker's task; its shell is one of them though it is younger than the view.
  private func tree(of worker: Worker, in view: View) -> [Int32] {
    guard worker.session > 0 else { return [] }
    let orphans = view.orphans[worker.number] ?? []
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
    var identities: [TaskIdentity: Int] = [:]
    for worker in workers.all where worker.session > 0 {
      identities[worker.identity] = worker.number
      for pid in worker.known { owners[pid] = worker.number }
    }
    var orphans: [Int: [Int32]] = [:]
    for pid in ownChildren(table) where roster[pid]?.isOrphan != false {
      let owner = owners[pid] ?? identity(ofOrphan: pid).flatMap { identities[$0] }
      if let owner { orphans[owner, default: []].append(pid) }
    }
    let view = View(table: table, orphans: orphans)
    self.view = view
    return view
  }

  /// The attempt that left an orphan behind; the roster remembers it, since reading an environment costs.
  private func identity(ofOrphan pid: Int32) -> TaskIdentity? {
    if case .task(let identity)? = roster[pid]?.owner { return identity }
    guard let identity = TaskIdentity(of: pid, inRun: runID) else { return nil }
    roster.enterOrphan(pid, of: .task(identity))
    return identity
  }

  private func ownChildren(_ table: ProcessTable) -> Set<Int32> {
    guard !table.entries.isEmpty else { return [] }
    return Set(table.children(of: Host.processID)).union(ProcessTable.ownChildren())
  }

  /// Kills the children there are; their own children become ours then, and have their turn.
  ///
  /// A child's pid is not given to another process before it is reaped here, so nobody else is hit.
  func killChildren(in table: ProcessTable) -> Kill {
    guard roster.hasChildren else { return .over }
    // Where /proc does not show our processes, what tasks left behind cannot be found.
    let children = ownChildren(table).union(workers.all.lazy.filter(\.isRunning).map(\.pid))
    if children.isEmpty, table.entries.isEmpty { return .over }
    let refusals = children.count { !Host.send(Host.killSignal, to: $0) }
    return refusals > 0 && refusals == children.count ? .refused(refusals) : .underway
  }
}
