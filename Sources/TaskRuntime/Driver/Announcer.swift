import TaskScheduler

/// Tells of a run: in its logs, and to those who watch it.
final class Announcer {
  /// What the user is told once, however often it happens.
  enum Notice: Hashable {
    /// Rows wait for a file system that does not answer.
    case stalledRows
    /// A message could not be sent.
    case unsentMail
    /// A host has no room for as many tasks as it has slots.
    case wantOfRoom(node: String)
    /// What becomes of the tasks of an engine that has died.
    case suspects(EngineID)
  }

  /// What the user is told at the end of the run.
  var remarks = RunRemarks()
  /// The driver's log, for what is to be written behind everything else.
  private(set) var driverLog: LogFile
  private var contextLogs: ContiguousArray<LogFile>
  /// Writes the logs, so that rows never wait for one.
  private let writer: FileWriter
  private var observers: ContiguousArray<any RunObserver> = []
  private var given: Set<Notice> = []

  private let loop: Loop
  private let patience: Interval
  private var giveUpAt: Instant?
  private(set) var hasEnded = false

  /// Makes an announcer to whom nobody listens yet.
  ///
  /// - Parameters:
  ///   - log: What the driver's log is written into.
  ///   - contextLogs: What those of contexts are, by their ids.
  ///   - leastLevel: Lines below it are not written.
  ///   - patience: How long the end waits for the logs.
  ///   - loop: Watches their writer at the end.
  /// - Throws: when the process may have no more threads.
  init(
    _ log: LogSink,
    contextLogs: [LogSink],
    leastLevel: LogFile.Level,
    patience: Interval,
    in loop: Loop
  ) throws(Errno) {
    self.loop = loop
    self.patience = patience
    let writer = try FileWriter()
    self.writer = writer
    driverLog = LogFile(log, speaker: "DisBatch", leastLevel: leastLevel, writer: writer)
    self.contextLogs = ContiguousArray(
      contextLogs.map {
        LogFile($0, speaker: "DisBatch Context", leastLevel: leastLevel, writer: writer)
      }
    )
  }

  /// Lets somebody hear of all that is published from now on.
  func add(_ observer: any RunObserver) { observers.append(observer) }

  /// How often somebody wants to hear how the run stands although nothing happens; `nil` for never.
  var refreshInterval: Interval? { observers.compactMap(\.refreshInterval).min() }

  /// Tells those who watch.
  func publish(_ event: RunEvent) {
    for observer in observers { observer.observe(event) }
  }

  // MARK: Logs

  /// Adds a line to the driver's log; the text is only made when it is wanted.
  func log(_ level: LogFile.Level, _ text: @autoclosure () -> String) {
    driverLog.write(level, text())
  }

  /// Adds a line to the log of a context.
  func log(_ level: LogFile.Level, _ text: @autoclosure () -> String, of context: ContextID) {
    contextLogs[context.index].write(level, text())
  }

  /// Hands the lines so far to the logs' writer.
  func flush() {
    driverLog.flush()
    for index in contextLogs.indices { contextLogs[index].flush() }
  }

  // MARK: The user

  /// Tells the user something, and the log.
  func say(_ level: LogFile.Level, _ text: String, details: [String] = []) {
    for line in [text] + details { log(level, line) }
    publish(.said(text, details: details))
  }

  /// Tells the user something, and the log, unless that was done before.
  ///
  /// - Returns: whether it was said now.
  @discardableResult
  func once(_ notice: Notice, _ level: LogFile.Level, _ text: @autoclosure () -> String) -> Bool {
    guard given.insert(notice).inserted else { return false }
    say(level, text())
    return true
  }

  /// Whether something was said that is said once.
  func hasGiven(_ notice: Notice) -> Bool { given.contains(notice) }

  /// Lets something be said once more, since it is over.
  ///
  /// - Returns: whether it had been said.
  @discardableResult
  func takeBack(_ notice: Notice) -> Bool { given.remove(notice) != nil }

  /// Takes note of output that is not kept, and says so the first time.
  func note(_ loss: OutputLoss) {
    guard !loss.isEmpty, remarks.note(loss) else { return }
    say(.error, "\(loss.reason); tasks go on, but not all of their output is kept")
  }
}

// MARK: The end

extension Announcer: LoopClient {
  /// The writer has gone on; nobody wants to know before the end.
  func ready(_ readiness: Poller.Readiness, in turn: inout Turn) { writer.answer.answer() }
}

/// A log that cannot be written is not waited for long.
extension Announcer: EndStage {
  func beginEnd(at now: Instant, isHurried: Bool) {
    flush()
    // Without the descriptor the end comes when patience does.
    try? loop.attach(self, reading: writer.answer.descriptor.rawValue)
    writer.requestFinish()
    giveUpAt = now + patience
  }

  func lookAtEnd(at now: Instant) {
    guard writer.hasFinished || giveUpAt.map({ $0 <= now }) ?? false, !hasEnded else { return }
    if writer.hasFinished { _ = writer.finish() }
    hasEnded = true
    for log in [driverLog] + contextLogs {
      if let trouble = log.trouble ?? log.stall { publish(.said(trouble)) }
    }
  }

  var endDeadline: Instant? { giveUpAt }

  func hurry(at now: Instant) {}
}
