import TaskScheduler

/// Mail at the end of a run: the last message is sent, and waited for a while.
///
/// The exit status has been decided by then; nothing here changes it.
final class MailEnd {
  /// Which message is waited for.
  private enum Phase {
    /// One of the course of the run.
    case earlier
    case last
    case over
  }

  let desk: MailDesk
  private let announcer: Announcer
  private let patience: Driver.Patience
  private var phase = Phase.earlier
  /// How long each message may take.
  private var limit = Interval.zero
  private var noticeAt: Instant?
  private var giveUpAt: Instant?
  /// When what does not even end when it is killed is left to the system.
  private var leaveAt = Instant(nanoseconds: 0)

  init(_ desk: MailDesk, _ announcer: Announcer, patience: Driver.Patience) {
    self.desk = desk
    self.announcer = announcer
    self.patience = patience
  }

  /// Tells the user of the first message that cannot be sent, and the log of all of them.
  func tellOfTrouble() {
    for complaint in desk.takeComplaints()
    where !announcer.once(.unsentMail, .warning, complaint) {
      announcer.log(.warning, complaint)
    }
  }
}

extension MailEnd: EndStage {
  func beginEnd(at now: Instant, isHurried: Bool) {
    limit = isHurried ? patience.hurriedMail : patience.mail
    phase = desk.hasLastMessage ? .earlier : .over
    wait(from: now)
  }

  private func wait(from now: Instant) {
    noticeAt = now + .seconds(1)
    giveUpAt = now + limit
    leaveAt = now + limit + .seconds(1)
  }

  func lookAtEnd(at now: Instant) {
    defer { tellOfTrouble() }
    while !desk.isBusy, phase != .over {
      // When one was given up, so is the other.
      guard phase == .earlier, giveUpAt != nil else { return phase = .over }
      phase = .last
      desk.sendLast(at: now)
      wait(from: now)
    }
    guard phase != .over else { return }
    if let due = noticeAt, due <= now {
      announcer.publish(.noted("waiting for mail to be sent; a signal ends the wait"))
      noticeAt = nil
    }
    if let due = giveUpAt, due <= now { hurry(at: now) }
    if leaveAt <= now { phase = .over }
  }

  var endDeadline: Instant? { [noticeAt, giveUpAt, leaveAt].compactMap { $0 }.min() }

  var hasEnded: Bool { phase == .over }

  func hurry(at now: Instant) {
    desk.giveUp()
    giveUpAt = nil
  }
}
