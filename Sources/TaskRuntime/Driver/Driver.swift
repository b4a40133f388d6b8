import TaskLang
import TaskScheduler

/// The driver of a run: the loop that lets `Scheduler` decide and does what it asks for.
///
/// One thread, one loop; a writer thread has the files. What happens becomes an event, in the order
/// in which it happened; each event's actions are done before the next event is looked at.
final class Driver {
  /// Whose readiness it is.
  enum SourceKind: UInt16 {
    case signals, writer, tasks, engine, output
  }

  /// What a deadline is for.
  enum Deadline: Hashable, Sendable {
    case scheduler
  }

  /// What is found out before a run begins.
  struct Setup {
    var options: RunOptions
    var place: Place
    var files: RunFiles
    var marks: RunMarks
    var status: StatusFile
    /// What the driver's log is written into.
    var log: LogSink
    var resume: ResumeFilter?
    var kept: KeptPlace
  }

  let options: RunOptions
  let place: Place
  let files: RunFiles
  /// What tells this run's processes from all others.
  let runID: String
  let node: String
  let label: String
  let observer: (any RunObserver)?
  let launcher: LocalLauncher
  let roster = ChildRoster()

  var poller: Poller
  let signals: SignalInbox
  var timers = TimerQueue<Deadline>()
  let writer: FileWriter
  /// Writes the logs, so that rows never wait for one.
  let logWriter: FileWriter
  let statusFile: WrittenFile
  var log: LogFile
  var contextLog: LogFile

  var scheduler: Scheduler
  var events: ContiguousArray<Event> = []
  var actions: ContiguousArray<Action> = []
  var exit: ExitReason?

  // The feed.
  var source: TaskSource
  var store = TaskStore()
  /// Steps that the scheduler asked for and has not got.
  var credit = 0
  var pendingStep: Step?
  var perEngine: [Step] = []
  var isWindowClosed = false
  var isFeedDone = false
  var canReadOn = false
  var stepCount = 0
  /// Passes over what earlier runs have done.
  var resume: ResumeFilter?
  /// Whether it has a step of which not all parts are offered.
  var isPartingStep = false
  /// Barriers that were offered, with the time; the first is the next to be met.
  var barriers: ContiguousArray<(step: Step, offeredNanoseconds: Int64)> = []
  var feedError: RunError?

  /// How engines keep what tasks let out.
  let keeping: OutputKeeping
  /// Keeps what engines send of it; `nil` where they send nothing.
  let outputWriter: OutputWriter?
  var remarks = RunRemarks()
  var folderFinder = MissingFolderFinder()

  // Engines, by id.
  var seats: ContiguousArray<EngineSeat?> = []

  var heldReports = HeldReports()

  // Rows that are made and not handed to the writer.
  var rows: ContiguousArray<UInt8> = []
  var lastRow = RowNumber.none
  var rowsNeedSync = false
  /// How many jobs with rows the writer has got, and how many of them it has done.
  var submittedRowJobs = 0
  var doneRowJobs = 0
  var writerFailure: Errno?
  /// All rows up to this one are in the hands of the kernel.
  var writtenRow = RowNumber.none
  /// Since when rows have waited for their file.
  var stalledSince: Instant?
  /// Whether the user knows that.
  var hasToldOfStall = false
  /// Whether the user will not wait for rows that cannot be written now.
  var hasGivenUpRows = false

  /// How long attempts have run, added up.
  var busyNanoseconds: Int64 = 0

  /// Writes mail about the run, if that is wanted.
  let desk: MailDesk?
  /// Whether the user knows that mail cannot be sent.
  var hasToldOfMail = false

  /// Whether the user knows that the host has no room for more tasks.
  var hasToldOfShortage = false

  /// The first signal that told the run to stop.
  var stopSignal: Int32?
  /// How many signals did.
  var stopCount = 0
  /// Whether this process is to stop for a while, which its tasks do not notice (Ctrl-Z).
  var isSuspensionWanted = false
  var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
  /// The process whose children are ended or reaped.
  let ownProcess = Host.processID

  /// Makes the driver of a run whose files are claimed and whose input is open.
  ///
  /// - Parameters:
  ///   - setup: What was found out beforehand.
  ///   - source: The task file.
  ///   - signals: Where signals come in; made before any thread.
  ///   - observer: Whoever wants to hear.
  /// - Throws: when the process may have no more descriptors or threads.
  init(
    _ setup: Setup,
    source: consuming TaskSource,
    signals: consuming SignalInbox,
    observer: (any RunObserver)?
  ) throws(Errno) {
    options = setup.options
    place = setup.place
    files = setup.files
    runID = setup.marks.own.id
    statusFile = setup.status.file
    let names = setup.options.names
    (node, label) = (names.node, names.label)
    self.observer = observer
    let openFiles = Host.raiseOpenFileLimit()
    launcher = try LocalLauncher(
      executable: setup.options.executable,
      openFiles: openFiles,
      runID: setup.marks.own.id
    )
    roster.enterStrangers()
    desk = setup.options.mail.map { [roster] in
      MailDesk($0, setup.files, openFiles: openFiles, roster: roster)
    }
    scheduler = Scheduler(policy: setup.options.policy)
    writer = try FileWriter()
    logWriter = try FileWriter()
    log = LogFile(
      setup.log,
      speaker: "DisBatch",
      leastLevel: setup.options.logLevel,
      writer: logWriter
    )
    contextLog = LogFile(
      LogSink(path: setup.files.contextLog(label)),
      speaker: "DisBatch Context",
      leastLevel: setup.options.logLevel,
      writer: logWriter
    )
    poller = try Poller()
    self.source = source
    resume = setup.resume
    keeping = setup.kept.keeping
    outputWriter = try setup.kept.log.map { (log) throws(Errno) in try OutputWriter(log) }
    self.signals = signals
    try watchOwnDescriptors()
  }

  private func watchOwnDescriptors() throws(Errno) {
    _ = try poller.add(
      signals.descriptor.rawValue,
      for: .reading,
      as: Poller.Source(kind: SourceKind.signals.rawValue)
    )
    _ = try poller.add(
      writer.answer.descriptor.rawValue,
      for: .reading,
      as: Poller.Source(kind: SourceKind.writer.rawValue)
    )
    guard let outputWriter else { return }
    _ = try poller.add(
      outputWriter.answer.descriptor.rawValue,
      for: .reading,
      as: Poller.Source(kind: SourceKind.output.rawValue)
    )
  }

  /// Runs until the scheduler closes the run and every engine is gone.
  func run() throws(Errno) -> ExitReason {
    begin()
    var ready: ContiguousArray<Poller.Readiness> = []
    while true {
      if exit == nil { readTasks() }
      handleEvents(at: Clock.now)
      flush()
      suspendIfWanted()
      if let exit {
        try waitForEngines()
        return exit
      }
      let now = Clock.now
      try poller.wait(until: deadline(at: now), at: now, into: &ready)
      collect(ready)
    }
  }

  /// Until when the loop may wait for something to happen.
  private func deadline(at now: Instant) -> Instant? {
    if canReadOn { return now }
    let refresh = (observer?.refreshInterval).map { now + $0 }
    return [timers.nextDeadline, refresh, desk?.deadline, stallDeadline].compactMap { $0 }.min()
  }

  private func begin() {
    log.write(.info, "driver (\(ownProcess)) on \(Host.name) in \(FileSystem.workingDirectory)")
    log.write(.info, "arguments: \(options.arguments.map(ShellWord.shown).joined(separator: " "))")
    for note in options.names.remarks + place.notes {
      log.write(.warning, note)
      observer?.runNoted(note)
    }
    contextLog.write(
      .info,
      "context \(label) on \(node): \(place.slots) slots, \(place.coresPerTask) cores for each task"
    )
    if options.hasStatusHeader, statusFile.isEmpty {
      rows.append(contentsOf: StatusColumn.header.utf8)
      rows.append(UInt8(ascii: "\n"))
    }
    observer?.runBegan(RunFacts(name: options.input.name, prefix: files.prefix, slots: place.slots))
  }

  /// Hands on what this turn brought: orders to engines, rows and log lines to the writer.
  func flush() {
    while writeRowsHere() { handleEvents(at: Clock.now) }
    for seat in seats { seat?.link.flush(in: &poller) }
    if !rows.isEmpty {
      writer.submit(
        FileWriter.Job(file: statusFile, lines: rows, row: lastRow, isDurable: rowsNeedSync)
      )
      submittedRowJobs += 1
      rows = []
      rowsNeedSync = false
    }
    log.flush()
    contextLog.flush()
    lookAfterWriter()
    sayIncidents()
    lookAfterMail()
    observer?.runAdvanced(scheduler.tally)
  }

  /// Writes rows from this thread where that waits for nobody, which saves two changes of threads
  /// between a task's end and its slot's next task.
  ///
  /// The writer has what may take long: files of a server, and making rows durable. As long as it has
  /// rows, those behind them go to it too; so does what could not be written here.
  ///
  /// - Returns: whether rows were written, and slots thereby freed.
  private func writeRowsHere() -> Bool {
    guard statusFile.isLocal, !rows.isEmpty, !rowsNeedSync, writerFailure == nil,
      submittedRowJobs == doneRowJobs, (try? statusFile.write(&rows)) != nil
    else { return false }
    if lastRow > .none { events.append(.rowsWritten(upTo: lastRow)) }
    writtenRow = lastRow
    return true
  }

  /// Turns readiness into events.
  private func collect(_ ready: ContiguousArray<Poller.Readiness>) {
    for readiness in ready where poller.isCurrent(readiness.registration) {
      switch SourceKind(rawValue: readiness.source.kind) {
      case .signals: break
      case .writer: takeWriterProgress()
      case .tasks:
        source.noteReadable(in: &poller)
        canReadOn = true
      case .engine: takeMessages(from: Int(readiness.source.index))
      case .output: takeOutputProgress()
      case nil: preconditionFailure("readiness of no known kind")
      }
    }
    // Looked for in any case: of a signal to everything, the news of a task that it ended may be here
    // before the signal is seen to be, and are judged by it.
    let arrived = signals.take()
    if !arrived.isEmpty {
      let news = events
      events.removeAll(keepingCapacity: true)
      takeOrders(arrived)
      events.append(contentsOf: news)
      // An engine's last words come before its death.
      if arrived.contains(.child) { reap() }
    }
    let now = Clock.now
    while let deadline = timers.takeDue(at: now) {
      switch deadline {
      case .scheduler: events.append(.time)
      }
    }
  }

  /// Takes the signals that stop the run or let it come to its end.
  private func takeOrders(_ arrived: SignalSet) {
    if arrived.contains(.terminalStop) { isSuspensionWanted = true }
    for (signal, number) in SignalSet.ending where arrived.contains(signal) {
      stop(by: number)
    }
    // The kernel sends it again for each second beyond the limit.
    if arrived.contains(.cpuTime), stopCount == 0 { stop(by: SignalSet.cpuTimeNumber) }
    if arrived.contains(.user2) {
      let text = "SIGUSR2 changes nothing; SIGUSR1 lets running tasks end, SIGTERM ends them"
      log.write(.warning, text)
      observer?.runNoted(text)
    }
    if arrived.contains(.user1) {
      stopSignal = stopSignal ?? SignalSet.user1Number
      log.write(.warning, "told to drain: running tasks end, no others start")
      observer?.runNoted("no more tasks are started; waiting for those that run")
      events.append(.stop(.drain))
    }
  }

  private func stop(by number: Int32) {
    let isFirst = stopSignal == nil || stopSignal == SignalSet.user1Number
    if isFirst { stopSignal = number }
    stopCount += 1
    log.write(.warning, "signal \(number): the run is stopped")
    observer?.runNoted(
      isFirst
        ? "stopping: running tasks are ended; once more to kill them at once"
        : "killing all tasks"
    )
    events.append(.stop(isFirst ? .interrupt : .killNow))
    if stopCount > 2 { giveUpRows() }
  }

  private func takeWriterProgress() {
    writer.answer.answer()
    let progress = writer.progress
    if progress.doneRowJobs > doneRowJobs { stalledSince = nil }
    doneRowJobs = progress.doneRowJobs
    writtenRow = max(writtenRow, progress.writtenRow)
    if progress.writtenRow > .none { events.append(.rowsWritten(upTo: progress.writtenRow)) }
    guard let reason = progress.failure, writerFailure == nil else { return }
    writerFailure = reason
    let text = "cannot write \(files.status): \(reason.advice); no more tasks are started"
    log.write(.error, text)
    observer?.runSaid(text)
    events.append(.writerFailed)
  }
}
