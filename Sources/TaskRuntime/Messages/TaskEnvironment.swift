import TaskLang

/// What a task finds in its environment.
///
/// The constant part is made once, and may be large; only what differs from task to task is made anew
/// for each.
package struct TaskEnvironment: Sendable {
  /// The variables that are ours; what a task's caller has under these names is not passed on.
  package static let names: Set<String> = [
    "DISBATCH_JOBID", "DISBATCH_NAMETASKS", "DISBATCH_REPEAT_INDEX", "DISBATCH_REPEAT_INDEX_ZP",
    "DISBATCH_STREAM_INDEX", "DISBATCH_STREAM_INDEX_ZP", "DISBATCH_TASKID", "DISBATCH_TASKID_ZP",
    "DISBATCH_ENGINE_RANK", "DISBATCH_CYLINDER_RANK", "DISBATCH_CORES_PER_TASK",
    "DISBATCH_ATTEMPT", "DISBATCH_RUN_ID",
  ]

  /// What all tasks have, as `NAME=value`.
  package let constant: CStringArray
  private var strings = CStringArray()
  /// Items of the variables that differ from slot to slot.
  private let resources: [ResourceVariable]

  /// Makes the environment of an engine's tasks.
  ///
  /// - Parameters:
  ///   - base: The engine's own, as `NAME=value`.
  ///   - settings: What the driver said.
  package init(base: [ContiguousArray<UInt8>], settings: EngineSettings) {
    var strings = CStringArray()
    resources = settings.resources.map { ResourceVariable($0, in: base) }
    let replaced = Self.names.union(settings.resources)
    for variable in base {
      let name = variable.prefix { $0 != UInt8(ascii: "=") }
      if !replaced.contains(SystemText.text(of: name)) {
        strings.append(bytes: variable)
      }
    }
    strings.append("DISBATCH_JOBID=\(settings.jobID)")
    strings.append("DISBATCH_RUN_ID=\(settings.runID)")
    strings.append("DISBATCH_NAMETASKS=\(settings.nameTasks)")
    strings.append("DISBATCH_ENGINE_RANK", settings.rank)
    strings.append("DISBATCH_CORES_PER_TASK", settings.coresPerTask)
    constant = strings
  }

  /// What one task has beside `constant`.
  ///
  /// - Parameters:
  ///   - id: Its id; of a command of an engine, its place among those.
  ///   - line: The number of its line.
  ///   - repeatIndex: Its index, or -1.
  ///   - slot: Its slot, or -1 for a command of an engine.
  ///   - attempt: Which try it is, from 1.
  /// - Returns: it, as `NAME=value`.
  package mutating func strings(
    id: Int64,
    line: Int64,
    repeatIndex: Int64,
    slot: Int32,
    attempt: Int32
  ) -> CStringArray {
    strings.removeAll()
    strings.append("DISBATCH_REPEAT_INDEX", repeatIndex)
    strings.append("DISBATCH_REPEAT_INDEX_ZP", padded: repeatIndex)
    strings.append("DISBATCH_STREAM_INDEX", line)
    strings.append("DISBATCH_STREAM_INDEX_ZP", padded: line)
    strings.append("DISBATCH_TASKID", id)
    strings.append("DISBATCH_TASKID_ZP", padded: id)
    strings.append("DISBATCH_CYLINDER_RANK", slot)
    strings.append("DISBATCH_ATTEMPT", attempt)
    for resource in resources { strings.append(resource.setting(for: slot)) }
    return strings
  }
}
