import TaskLang
import TaskScheduler

/// A run of a task file on this machine, from the options to the report.
///
/// It takes over the process's signals and children, so a process has one run at a time.
package enum Run {
  /// Finds out where a run would take place and what its files would be called; changes nothing.
  ///
  /// - Parameter options: What the user wants.
  /// - Returns: the slots, and the names of files.
  /// - Throws: `RunError` for what cannot be.
  package static func prepare(
    _ options: RunOptions
  ) throws(RunError) -> (place: Place, files: RunFiles) {
    guard FileSystem.hasWorkingDirectory else {
      throw RunError.usage(
        "the working directory, in which tasks run, has been removed; go to another folder"
      )
    }
    let place = try Place(
      options,
      environment: { EnvironmentVariable.value($0) },
      hostName: Host.name,
      usableCores: { UsableCores.count }
    )
    try options.checkResources(slots: place.slots) { EnvironmentVariable.value($0) }
    var random = SystemRandomNumberGenerator()
    let files = try RunFiles(
      option: options.prefix,
      name: options.input.name,
      wallNanoseconds: Clock.wallNanoseconds,
      random: { Int.random(in: 0..<1000, using: &random) }
    )
    return (place, files)
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
    let started = Clock.now
    // Before signals are collected: opening a named pipe may wait, and must be interruptible.
    let source = try TaskSource(options.input, checks: options.checks)
    let (place, files) = try prepare(options)
    let claims = try claims(options, files, rehearsing: false) { observer?.runNoted($0) }
    let setup = try makeSetup(options, place, files, claims) { observer?.runNoted($0) }
    do {
      let signals = try SignalInbox(
        SignalSet.outside.union(.terminalStop).withoutIgnored.union(.child)
      )
      try ChildRoster.adoptOrphans()
      let driver = try Driver(setup, source: source, signals: signals, observer: observer)
      let reason = try driver.run()
      try driver.finishOutput()
      var report = driver.report(reason, since: started)
      report.renamedStatus = setup.status.renamedOld
      if !driver.hasGivenUpRows { setup.marks.end() }
      driver.sendLastMail(report)
      return report
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
  private static func makeSetup(
    _ options: RunOptions,
    _ place: Place,
    _ files: RunFiles,
    _ claims: Claims,
    _ say: (String) -> Void
  ) throws(RunError) -> Driver.Setup {
    let own = claims.status.oldStatus
    let status = try StatusFile(claims.status, claims.draft)
    if let old = status.renamedOld {
      let isRead = claims.resume.map { $0.reads(own) } ?? true
      let hint = isRead ? "" : "; what it tells counts only with -r \(old)"
      say("the status file of an earlier run is now \(old)\(hint)")
    }
    return Driver.Setup(
      options: options,
      place: place,
      files: files,
      marks: try RunMarks.begin(files, after: claims.resume, say),
      status: status,
      log: claims.log ?? LogSink(path: files.driverLog),
      resume: claims.resume,
      kept: claims.kept
    )
  }
}

extension Driver {
  /// Whether the barrier to be met next is a CHECK; `nil` when the feed has not come to it.
  private var isCheckAhead: Bool? {
    guard case .barrier(let check)? = barriers.first?.step.kind else {
      return scheduler.tally.isFeedEnded ? false : nil
    }
    return check
  }

  /// Brings the files to their end and says what came of the run.
  func report(_ reason: ExitReason, since started: Instant) -> RunReport {
    log.write(.info, "the run ends: \(reason); \(scheduler.tally)")
    flush()
    if lastRow > .none {
      writer.submit(FileWriter.Job(file: statusFile, lines: [], row: lastRow, isDurable: true))
    }
    let unwritten = finishWriter()
    let statusPath = hasGivenUpRows ? files.status : statusPathAtEnd()
    finishLogs()
    return RunReport(
      reason: reason,
      tally: scheduler.tally,
      wallTime: Clock.now - started,
      busyTime: Interval(nanoseconds: busyNanoseconds),
      slots: place.slots,
      statusPath: statusPath,
      diagnostics: source.feed.diagnostics,
      unwrittenRows: unwritten,
      hasLostRows: statusFile.hasLostRows,
      stopSignal: stopSignal,
      feedError: feedError,
      isEmpty: stepCount == 0,
      tellsFailures: options.tellsFailures,
      remarks: remarks,
      // What is passed over was taken over before the run began.
      hasAllRows: !statusFile.hasLostRows,
      isStatusElsewhere: statusPath != files.status,
      openFailures: scheduler.openFailures,
      isCheckAhead: isCheckAhead,
      policy: options.policy,
      log: log
    )
  }
}
