import TaskLang
import TaskScheduler

/// Files that cannot be written now, and files that are no longer where they were.
extension Driver {
  /// How long rows may wait for their file before the user is told.
  private static let stallNotice = Interval.seconds(5)

  /// When the user is to be told that rows wait.
  var stallDeadline: Instant? { hasToldOfStall ? nil : stalledSince.map { $0 + Self.stallNotice } }

  /// Tells the user when the file system takes no rows, and when it takes them again.
  func lookAfterWriter() {
    guard submittedRowJobs > doneRowJobs, writerFailure == nil else {
      if hasToldOfStall, writerFailure == nil { say("\(files.status) is written again", .info) }
      hasToldOfStall = false
      stalledSince = nil
      return
    }
    let now = Clock.now
    stalledSince = stalledSince ?? now
    if let due = stallDeadline, due <= now { tellOfStall() }
  }

  private func tellOfStall() {
    hasToldOfStall = true
    say(
      "\(files.status) cannot be written now: its file system does not answer; "
        + "rows are kept until it does",
      .warning
    )
  }

  private func say(_ text: String, _ level: LogFile.Level) {
    log.write(level, text)
    observer?.runSaid(text)
  }

  /// Waits no longer for rows to be written: the user asked for the end for the third time.
  func giveUpRows() {
    guard submittedRowJobs > doneRowJobs, writerFailure == nil else { return }
    hasGivenUpRows = true
    writerFailure = .wouldBlock
    events.append(.writerFailed)
  }

  /// Has the writer end, and waits for that; a signal ends the wait.
  ///
  /// - Returns: How many rows are not written.
  func finishWriter() -> Int {
    writer.requestFinish()
    var notice: Instant? = Clock.now + Self.stallNotice
    var ready: ContiguousArray<Poller.Readiness> = []
    while !writer.hasFinished, !hasGivenUpRows {
      if let due = notice, due <= Clock.now {
        tellOfStall()
        notice = nil
      }
      guard (try? poller.wait(until: notice, at: Clock.now, into: &ready)) != nil else { break }
      if !takeLate(ready).isDisjoint(with: SignalSet.stopping) { hasGivenUpRows = true }
    }
    if writer.hasFinished { return writer.finish().count { $0 == UInt8(ascii: "\n") } }
    // The thread stays where it waits, and goes with the process.
    let written = max(writtenRow, writer.progress.writtenRow)
    return Int(lastRow.rawValue - written.rawValue)
  }

  /// Tells the user what somebody did to the status file.
  func sayIncidents() {
    for incident in statusFile.takeIncidents() {
      say(incident.text, incident == .cut ? .error : .warning)
    }
  }

  /// Where the status file is now that it is complete.
  func statusPathAtEnd() -> String {
    statusFile.conclude()
    sayIncidents()
    return statusFile.path ?? files.status
  }

  /// Brings the logs to their end; one that cannot be written is not waited for long.
  func finishLogs() {
    log.flush()
    contextLog.flush()
    logWriter.finish(within: .seconds(2))
    for log in [log, contextLog] {
      if let trouble = log.trouble ?? log.stall { observer?.runSaid(trouble) }
    }
  }
}
