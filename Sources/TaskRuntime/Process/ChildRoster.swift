import CLinux
package import TaskScheduler

/// Whose child each child of this process is; nothing else waits for the end of a process.
///
/// A child is an entry from its start until it has been reaped, so its pid is its own as long as it stands
/// here. Orphans that this process adopts are entries too, once somebody has said whose they are.
package final class ChildRoster {
  /// Who has to do with a child.
  package enum Owner: Hashable, Sendable {
    /// An engine, of which it is the warden.
    case engine(EngineID)
    /// The mail program.
    case mail
    /// One of an engine's workers, by its number.
    case worker(Int)
    /// An attempt of a task, which left it behind.
    case task(TaskIdentity)
    /// Nobody: it was a child before this process was what it is.
    case stranger
  }

  /// A child.
  package struct Child: Hashable, Sendable {
    package var owner: Owner
    /// Whether the owner did not start it, but left it behind.
    package var isOrphan: Bool

    package init(owner: Owner, isOrphan: Bool = false) {
      self.owner = owner
      self.isOrphan = isOrphan
    }
  }

  /// A child that has ended and is gone.
  package struct Ending: Hashable, Sendable {
    package var pid: Int32
    package var outcome: Outcome
    /// Whose it was; `nil` for an orphan of which nobody has said so.
    package var child: Child?

    package init(pid: Int32, outcome: Outcome, child: Child?) {
      self.pid = pid
      self.outcome = outcome
      self.child = child
    }
  }

  /// What asking for a child that has ended comes to.
  package enum Reaped: Sendable {
    /// This child has ended and is gone.
    case ended(pid: Int32, Outcome)
    /// There are children, none of which has ended.
    case allRunning
    case none
  }

  private let reapNext: () -> Reaped
  private var children: [Int32: Child] = [:]
  /// Variables by which the orphans of owners are known, as `NAME=value`.
  private var marks: [(variable: String, owner: Owner)] = []
  /// Sessions of before this process was what it is: no task is in one of them.
  private var earlierSessions: Set<Int32> = []
  /// Whether there were children that had not ended when it was last asked.
  package private(set) var hasChildren = true

  /// Makes a roster of no children.
  ///
  /// - Parameter reapNext: Asks for a child that has ended: the kernel, unless the children are made up.
  package init(reapNext: @escaping () -> Reaped = ChildRoster.reapNext) { self.reapNext = reapNext }

  /// Reaps one child that has ended, adopted ones included.
  package static func reapNext() -> Reaped {
    var status: Int32 = 0
    let pid = unsafe clinux_reap(-1, &status)
    if pid > 0 { return .ended(pid: pid, Outcome(waitStatus: status)) }
    return pid == 0 ? .allRunning : .none
  }

  /// Enters the children that whoever became this process has started; they are reaped, and left alone.
  package func enterStrangers() {
    earlierSessions.insert(Host.session(of: Host.processID))
    for pid in ProcessTable.ownChildren() where children[pid] == nil {
      children[pid] = Child(owner: .stranger)
      earlierSessions.insert(Host.session(of: pid))
    }
  }

  /// Enters a process that was just started.
  package func enter(_ pid: Int32, of owner: Owner) { children[pid] = Child(owner: owner) }

  /// Enters an orphan that was found to be of an owner.
  package func enterOrphan(_ pid: Int32, of owner: Owner) {
    children[pid] = Child(owner: owner, isOrphan: true)
  }

  /// Has orphans known by a variable of their environment, which is that of who left them.
  package func recognizeOrphans(by variable: String, of owner: Owner) {
    marks.append((variable, owner))
  }

  /// The child with a pid; `nil` when it is none, or an orphan of which nobody has said whose it is.
  package subscript(pid: Int32) -> Child? { children[pid] }

  // MARK: Endings

  /// Reaps every child that has ended.
  ///
  /// - Parameter endings: What is appended to, in the order of the kernel.
  /// - Complexity: O(n) in the number of those that have ended.
  package func reap(into endings: inout ContiguousArray<Ending>) {
    while true {
      switch reapNext() {
      case .ended(let pid, let outcome): endings.append(strike(pid, outcome))
      case .allRunning:
        hasChildren = true
        return
      case .none:
        hasChildren = false
        return
      }
    }
  }

  /// Takes a child out that has been reaped.
  package func strike(_ pid: Int32, _ outcome: Outcome) -> Ending {
    Ending(pid: pid, outcome: outcome, child: children.removeValue(forKey: pid))
  }

  // MARK: Orphans

  /// Kills the orphans that are a run's, and what is below them; the rest becomes ours then.
  ///
  /// They come to a driver from an engine and its warden that have died. A task may have changed its
  /// environment, so all are taken for a task's but those of owners that are known by a mark, and those of
  /// sessions in which no task can be. The orphan itself comes last: it may be an engine whose warden alone
  /// was killed, and should this process be killed meanwhile, the engine still ends its tasks.
  ///
  /// - Returns: Whether there may be more, which the ends of those that were killed will tell.
  package func killOrphans() -> Bool {
    guard hasChildren else { return false }
    let table = ProcessTable.now()
    // The kernel's list of our children knows those that a table, which takes its time, has missed.
    let children = Set(table.children(of: Host.processID)).union(ProcessTable.ownChildren())
    let orphans = orphans(among: children.sorted())
    for pid in table.below(orphans) where !orphans.contains(pid) {
      Host.send(Host.killSignal, to: pid)
    }
    return orphans.reduce(false) { Host.send(Host.killSignal, to: $1) || $0 }
  }

  /// The orphans among some children of this process that are a run's; others get an entry.
  func orphans(among pids: [Int32]) -> [Int32] {
    pids.filter { pid in
      guard children[pid] == nil else { return false }
      if earlierSessions.contains(Host.session(of: pid)) {
        enterOrphan(pid, of: .stranger)
      } else if let owner = marks.first(where: { ProcessTable.isMarked(pid, by: [$0.variable]) })?
        .owner
      {
        enterOrphan(pid, of: owner)
      }
      return children[pid] == nil
    }
  }

  // MARK: Without a roster

  /// Waits for one known child to end.
  ///
  /// - Returns: `nil` when there is no such child.
  package static func waitForEnd(of pid: Int32) -> Outcome? {
    var status: Int32 = 0
    return unsafe clinux_wait(pid, &status) == pid ? Outcome(waitStatus: status) : nil
  }

  /// Makes orphaned descendants children of this process instead of init's.
  package static func adoptOrphans() throws(Errno) {
    _ = try retrying { clinux_become_subreaper() }
  }
}

extension Outcome {
  /// Reads what wait4 wrote of a process that has ended.
  fileprivate init(waitStatus: Int32) {
    self =
      clinux_exited(waitStatus) != 0
      ? .exited(clinux_exit_code(waitStatus)) : .signalled(clinux_term_signal(waitStatus))
  }
}
