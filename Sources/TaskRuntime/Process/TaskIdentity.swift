/// The attempt that a process was started for, as its environment tells.
///
/// A process that has left its session is still known by it.
package struct TaskIdentity: Hashable, Sendable {
  /// The task's id; of one of the engine's own commands, its number.
  package var id: Int64
  package var attempt: Int32
  /// The slot's number in the run; -1 for the engine's own commands.
  package var slot: Int32

  package init(id: Int64, attempt: Int32, slot: Int32) {
    self.id = id
    self.attempt = attempt
    self.slot = slot
  }

  /// Nothing.
  static let none = TaskIdentity(id: -1, attempt: 0, slot: -1)

  /// Reads the variables that a process was started with; `nil` when they are not there.
  package init?(_ variables: Set<String>) {
    let number = { (name: String) in
      variables.first { $0.hasPrefix(name) }.flatMap { Int64($0.dropFirst(name.utf8.count)) }
    }
    guard let id = number("DISBATCH_TASKID="),
      let attempt = number("DISBATCH_ATTEMPT=").flatMap(Int32.init(exactly:)),
      let slot = number("DISBATCH_CYLINDER_RANK=").flatMap(Int32.init(exactly:))
    else { return nil }
    self.init(id: id, attempt: attempt, slot: slot)
  }

  /// Asks the environment of a process; `nil` when it was started for no task of the run.
  init?(of pid: Int32, inRun runID: String) {
    let variables = ProcessTable.variables(of: pid)
    guard variables.contains("DISBATCH_RUN_ID=\(runID)") else { return nil }
    self.init(variables)
  }

  /// Whether it is a task's, and not one of the engine's own commands.
  var isTask: Bool { slot >= 0 }
}
