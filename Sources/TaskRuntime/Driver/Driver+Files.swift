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

  /// Where the status file is now that it is complete.
  ///
  /// One that was removed while the run went on is written anew, so that its rows are not lost.
  func statusPathAtEnd() -> String {
    switch statusFile.whereabouts(expected: files.status) {
    case .there: return files.status
    case .moved(let path):
      observer?.runSaid("the status file was moved while the run went on")
      return path
    case .removed:
      let name = files.status.split(separator: "/").last.map(String.init) ?? "status.txt"
      let folders = [FileSystem.workingDirectory, EnvironmentVariable.value("TMPDIR") ?? "/tmp"]
      for path in [files.status] + folders.map({ "\($0)/\(name)" }) {
        guard let copy = try? FileDescriptor(opening: path, for: .creating),
          (try? statusFile.copy(to: copy)) != nil
        else { continue }
        observer?.runSaid("the status file was removed while the run went on; it is written anew")
        return path
      }
      observer?.runSaid("the status file was removed while the run went on, and its rows are lost")
      return files.status
    }
  }
}
