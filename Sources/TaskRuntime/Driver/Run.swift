import TaskLang
import TaskScheduler

/// A run of a task file on this machine, from the options to the report.
///
/// It takes over the process's signals and children, so a process has one run at a time.
package enum Run {
  /// Finds out where a run would take place and what its files would be called; changes nothing.
  ///
  /// - Parameter options: What the user wants.
  /// - Returns: its hosts and their slots, and the names of files.
  /// - Throws: `RunError` for what cannot be.
  package static func prepare(
    _ options: RunOptions
  ) throws(RunError) -> (plan: LaunchPlan, files: RunFiles) {
    guard FileSystem.hasWorkingDirectory else {
      throw RunError.usage(
        "the working directory, in which tasks run, has been removed; go to another folder"
      )
    }
    let plan = try LaunchPlan(
      options,
      environment: { EnvironmentVariable.value($0) },
      hostName: Host.name,
      usableCores: { UsableCores.count }
    )
    try options.checkResources(slots: plan.slots) { EnvironmentVariable.value($0) }
    var random = SystemRandomNumberGenerator()
    let files = try RunFiles(
      option: options.prefix,
      name: options.input.name,
      wallNanoseconds: Clock.wallNanoseconds,
      random: { Int.random(in: 0..<1000, using: &random) }
    )
    return (plan, files)
  }

  /// Makes sure of what every run needs of its host.
  ///
  /// - Throws: `RunError` that names what is missing.
  private static func checkHost() throws(RunError) {
    guard FileSystem.isDirectory("/proc/self") else {
      throw RunError(
        "/proc is not mounted, or is that of other processes; a run starts its engine from there, and "
          + "finds in it what is to be ended",
        exitCode: 1
      )
    }
    do throws(Errno) {
      _ = try FileDescriptor(opening: "/dev/null", for: .reading)
    } catch {
      throw RunError.host("cannot open /dev/null, which tasks read", error)
    }
  }

  /// Runs the tasks.
  ///
  /// - Parameters:
  ///   - options: What the user wants.
  ///   - observer: Hears about the run.
  /// - Returns: what came of it.
  /// - Throws: `RunError` when it cannot begin, or when the host breaks off.
  package static func perform(
    _ options: RunOptions,
    observer: (any RunObserver)? = nil
  ) throws(RunError) -> RunReport {
    FileDescriptor.ensureStandardDescriptors()
    FileDescriptor.closeOnExec(from: 3)
    // Before signals are collected: opening a named pipe may wait, and must be interruptible.
    let source = try TaskSource(options.input, checks: options.checks)
    let (plan, files) = try prepare(options)
    let tell: (String) -> Void = { observer?.observe(.noted($0)) }
    let claims = try claims(options, files, rehearsing: false, tell)
    let status = try makeStatusFile(claims, tell)
    let marks = try RunMarks.begin(files, after: claims.resume, tell)
    do {
      let signals = try SignalInbox(
        SignalSet.outside.union(.terminalStop).withoutIgnored.union(.child)
      )
      try ChildRoster.adoptOrphans()
      let openFiles = Host.raiseOpenFileLimit()
      let launcher = try LocalLauncher(
        executable: options.executable,
        openFiles: openFiles,
        runID: marks.own.id
      )
      let context = EngineContext(
        label: options.names.label,
        plan: plan,
        resources: options.resources,
        launcher: launcher
      )
      let setup = Driver.Setup(
        options: options,
        contexts: [context],
        files: files,
        marks: marks,
        status: status,
        log: claims.log ?? LogSink(path: files.driverLog),
        resume: claims.resume,
        kept: claims.kept,
        openFiles: openFiles
      )
      return try Driver(setup, source: source, signals: signals, observer: observer).run()
    } catch {
      throw RunError.host("the run cannot go on", error)
    }
  }

  /// What a run has claimed and opened before its status file.
  struct Claims {
    var status: StatusClaim
    var resume: ResumeFilter?
    /// The log that was asked for.
    var log: LogSink?
    /// The rows of tasks that are passed over.
    var draft: StatusDraft?
    var kept: KeptPlace
  }

  /// Claims and opens what a run writes but for its status file, or only looks whether it could be.
  ///
  /// - Parameters:
  ///   - options: What the user wants.
  ///   - files: The names of the run's files.
  ///   - rehearsing: Whether nothing may be changed.
  ///   - say: Takes what the user should know, in a line.
  /// - Returns: what is claimed; of a rehearsal, what it read.
  /// - Throws: `RunError` for what a run is refused.
  static func claims(
    _ options: RunOptions,
    _ files: RunFiles,
    rehearsing: Bool,
    _ say: (String) -> Void
  ) throws(RunError) -> Claims {
    try checkHost()
    try options.checkInputs(against: files, node: options.names.node)
    try files.checkLogs(options)
    let claim = try StatusClaim(files.status)
    let resume = try options.resumeFilter(owning: claim.oldStatus, say)
    let log = try options.openLog(rehearsing: rehearsing)
    let mayDraft = resume != nil && !rehearsing
    if rehearsing { try claim.checkRoom() }
    let draft = mayDraft ? try StatusDraft(of: claim, say) : nil
    if let resume { try options.carry(resume, into: draft) }
    let kept = try options.makeReadyToKeep(
      jobID: files.jobID,
      rehearsing: rehearsing,
      tell: say
    )
    return Claims(status: claim, resume: resume, log: log, draft: draft, kept: kept)
  }

  /// Makes the status file, when nothing can be refused any more.
  private static func makeStatusFile(
    _ claims: Claims,
    _ say: (String) -> Void
  ) throws(RunError) -> StatusFile {
    let own = claims.status.oldStatus
    let status = try StatusFile(claims.status, claims.draft)
    if let old = status.renamedOld {
      let isRead = claims.resume.map { $0.reads(own) } ?? true
      let hint = isRead ? "" : "; what it tells counts only with -r \(old)"
      say("the status file of an earlier run is now \(old)\(hint)")
    }
    return status
  }
}
