import TaskScheduler

/// Writes to the user about a run, and never holds it up.
///
/// One message is under way at a time; what falls due meanwhile is told in the next.
final class MailDesk: RunObserver {
  private let settings: MailSettings
  private let run: String
  private let closing: [String]
  private let program: MailProgram
  private var schedule: MailSchedule
  private var isDue = false
  private var failures = MailMessage.Failures()
  private var complaints: [String] = []
  private var lastReport: RunReport?

  /// Makes a desk.
  ///
  /// - Parameters:
  ///   - settings: Whom it writes to, how often, and through what.
  ///   - files: The run's files.
  ///   - openFiles: The mail program's soft limit of open files.
  ///   - roster: Where its processes are entered.
  init(_ settings: MailSettings, _ files: RunFiles, openFiles: UInt64?, roster: ChildRoster) {
    self.settings = settings
    run = files.jobID
    closing = ["host: \(Host.name)", "status: \(files.status)"]
    program = MailProgram(
      settings.command,
      run: files.prefix,
      openFiles: openFiles,
      roster: roster
    )
    schedule = MailSchedule(every: settings.frequency)
    if !program.isThere {
      complain("there is no program '\(program.name)'; MAILER names another")
    }
  }

  /// Whether a message is under way.
  var isBusy: Bool { program.isBusy }

  /// When the mail program is to be looked at again.
  var deadline: Instant? { program.deadline }

  var refreshInterval: Interval? { nil }

  func observe(_ event: RunEvent) {
    switch event {
    case .taskFailed(let failure): failures.take(failure)
    case .advanced(let tally, let now): sendDue(tally, at: now)
    case .ended(let report): lastReport = report.isEmpty ? nil : report
    case .began, .said, .noted, .pauses: break
    }
  }

  /// Sends what is due, if nothing is under way.
  private func sendDue(_ tally: Tally, at now: Instant) {
    program.lookAtDeadline(at: now)
    // The last message is about to say it all.
    if tally.isFeedEnded, tally.remaining == 0 { return }
    if schedule.takeDue(ended: tally.ended, at: now) { isDue = true }
    guard isDue, !program.isBusy, program.isThere else { return }
    isDue = false
    let lines = [
      "\(tally.done) done, \(tally.failed) failed, \(tally.skipped) skipped so far",
      "\(tally.running) running",
    ]
    send(MailMessage.subject(of: run, tally), lines, closing, at: now)
  }

  /// Whether a message is to tell how the run ended.
  var hasLastMessage: Bool { lastReport != nil }

  /// Sends the message that tells how the run ended; nothing may be under way.
  func sendLast(at now: Instant) {
    guard let report = lastReport, program.isThere else { return }
    let lines = (report.explanation.map { [$0] } ?? []) + report.summary
    send(MailMessage.lastSubject(of: run, report.tally), lines, [closing[0]], at: now)
  }

  private func send(_ subject: String, _ lines: [String], _ closing: [String], at now: Instant) {
    let message = MailMessage(
      to: settings.address,
      subject: subject,
      lines: lines,
      failures: failures,
      closing: closing
    )
    failures = MailMessage.Failures()
    do throws(Errno) {
      try program.send(message, at: now)
    } catch {
      complain("cannot start \(program.name): \(error.text)")
    }
  }

  /// Takes the end of one of the mail program's processes.
  func conclude(_ ending: ChildRoster.Ending) {
    if let complaint = program.conclude(ending) { complain(complaint) }
  }

  /// Ends what is under way.
  func giveUp() { program.giveUp() }

  private func complain(_ reason: String) {
    complaints.append("mail to \(settings.address) was not sent: \(reason)")
  }

  /// What went wrong since the last call.
  func takeComplaints() -> [String] {
    defer { complaints = [] }
    return complaints
  }
}
