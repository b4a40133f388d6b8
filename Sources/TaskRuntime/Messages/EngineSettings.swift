package import TaskScheduler

/// What a driver tells an engine before anything else.
package struct EngineSettings: Hashable, Sendable {
  /// The version of the wire; both sides must have the same.
  package static let wireVersion: UInt32 = 5

  /// Name of the run: `DISBATCH_JOBID`.
  package var jobID: String
  /// What no other run has: `DISBATCH_RUN_ID`.
  package var runID: String
  /// Name of the task file: `DISBATCH_NAMETASKS`.
  package var nameTasks: String
  /// Number of the engine: `DISBATCH_ENGINE_RANK`.
  package var rank: Int32
  /// `DISBATCH_CORES_PER_TASK`.
  package var coresPerTask: Int32
  /// How many tasks run at a time.
  package var slots: Int32
  /// The number that the first of its slots has for tasks: `DISBATCH_CYLINDER_RANK`.
  package var firstSlot: Int32
  /// How long what is ended may take between SIGTERM and SIGKILL.
  package var grace: Interval
  /// The driver's limit of silence; `nil` when the engine has no lease.
  package var silenceLimit: Interval?
  /// Where the tasks run; empty for where the engine was started.
  package var directory: String
  /// Where the engine's log goes.
  package var logPath: String
  /// Variables of which each slot gets an item of its own (`-E`).
  package var resources: [String]
  /// What is added to the engine's and the tasks' niceness.
  package var niceness: Int32
  /// Whether and where task output is kept.
  package var keeping: OutputKeeping
  /// How many bytes of an attempt's output are kept; `nil` for all.
  package var outputLimit: Int64?

  // More than five: one for each part of the value.
  package init(
    jobID: String,
    runID: String,
    nameTasks: String,
    rank: Int32,
    coresPerTask: Int32,
    slots: Int32,
    firstSlot: Int32 = 0,
    grace: Interval,
    silenceLimit: Interval? = nil,
    directory: String,
    logPath: String,
    resources: [String] = [],
    niceness: Int32 = 0,
    keeping: OutputKeeping = .none,
    outputLimit: Int64? = nil
  ) {
    self.jobID = jobID
    self.runID = runID
    self.nameTasks = nameTasks
    self.rank = rank
    self.coresPerTask = coresPerTask
    self.slots = slots
    self.firstSlot = firstSlot
    self.grace = grace
    self.silenceLimit = silenceLimit
    self.directory = directory
    self.logPath = logPath
    self.resources = resources
    self.niceness = niceness
    self.keeping = keeping
    self.outputLimit = outputLimit
  }
}

extension EngineSettings {
  func write(to writer: inout WireWriter) {
    // The version comes first, so that every later version can read it.
    writer.put(Self.wireVersion)
    writer.put(jobID)
    writer.put(runID)
    writer.put(nameTasks)
    writer.put(rank)
    writer.put(coresPerTask)
    writer.put(slots)
    writer.put(firstSlot)
    writer.put(grace)
    writer.put(silenceLimit)
    writer.put(directory)
    writer.put(logPath)
    writer.put(resources.joined(separator: ","))
    writer.put(niceness)
    keeping.write(to: &writer)
    writer.put(outputLimit ?? -1)
  }

  init(from reader: inout WireReader) throws(WireError) {
    let version = try reader.integer(UInt32.self)
    guard version == Self.wireVersion else { throw .otherVersion(version) }
    jobID = try reader.text()
    runID = try reader.text()
    nameTasks = try reader.text()
    rank = try reader.integer()
    coresPerTask = try reader.integer()
    slots = try reader.integer()
    guard slots > 0 else { throw .badValue }
    firstSlot = try reader.integer()
    guard firstSlot >= 0 else { throw .badValue }
    grace = try reader.interval()
    silenceLimit = try reader.optionalInterval()
    directory = try reader.text()
    logPath = try reader.text()
    resources = try reader.text().split(separator: ",").map(String.init)
    niceness = try reader.integer()
    keeping = try OutputKeeping(from: &reader)
    let limit: Int64 = try reader.integer()
    outputLimit = limit < 0 ? nil : limit
  }
}
