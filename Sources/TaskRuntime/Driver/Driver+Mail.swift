import TaskScheduler

/// Mail about the run: sent on the way, and at the end.
extension Driver {
  /// How long the end of a run waits for a message; less when a signal has ended it.
  private var mailPatience: Interval { .seconds(stopSignal == nil ? 30 : 5) }

  /// Sends what is due, and tells of what went wrong.
  func lookAfterMail() {
    guard let desk else { return }
    desk.look(at: scheduler.tally, at: Clock.now)
    tellOfMail()
  }

  /// The first message that cannot be sent is told to the user, all of them to the log.
  private func tellOfMail() {
    for complaint in desk?.takeComplaints() ?? [] {
      log.write(.warning, complaint)
      if !hasToldOfMail { observer?.runSaid(complaint) }
      hasToldOfMail = true
    }
  }

  /// Sends the last message and waits for it a while; a signal ends the wait.
  ///
  /// The exit status has been decided; nothing here changes it.
  func sendLastMail(_ report: RunReport) {
    guard let desk, !report.isEmpty else { return }
    if waitForMail(desk) {
      desk.sendLast(report, at: Clock.now)
      _ = waitForMail(desk)
    }
    tellOfMail()
  }

  /// Waits until no message is under way.
  ///
  /// - Returns: Whether another may be sent.
  private func waitForMail(_ desk: MailDesk) -> Bool {
    let start = Clock.now
    let end = start + mailPatience
    var notice: Instant? = start + .seconds(1)
    var mayGoOn = true
    var ready: ContiguousArray<Poller.Readiness> = []
    while desk.isBusy {
      let now = Clock.now
      if let due = notice, due <= now {
        observer?.runNoted("waiting for mail to be sent; a signal ends the wait")
        notice = nil
      }
      if now >= end, mayGoOn {
        desk.giveUp()
        mayGoOn = false
      }
      // What does not even end when it is killed is left to the system.
      let last = end + .seconds(1)
      if now >= last { return false }
      do {
        try poller.wait(until: min(notice ?? last, mayGoOn ? end : last), at: now, into: &ready)
      } catch {
        return false
      }
      if !takeLate(ready).isDisjoint(with: SignalSet.stopping) {
        desk.giveUp()
        mayGoOn = false
      }
      for ending in reapChildren() where ending.child?.owner == .mail { desk.conclude(ending) }
    }
    return mayGoOn
  }
}
