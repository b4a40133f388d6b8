import TaskRuntime
import TaskScheduler
import Testing

@Suite struct MailScheduleTests {
  @Test func `a message is due after so many completions, once`() {
    var schedule = MailSchedule(every: 3)
    let now = Instant(nanoseconds: 0)
    let due = (0...11).flatMap { [$0, $0] }.filter { schedule.takeDue(ended: $0, at: now) }
    #expect(due == [3, 6, 9])
  }

  @Test func `what falls due together is one message`() {
    var schedule = MailSchedule(every: 3)
    let now = Instant(nanoseconds: 0)
    let due = [100, 101, 102].filter { schedule.takeDue(ended: $0, at: now) }
    #expect(due == [100, 102])
  }

  @Test func `a flood is one message a minute`() {
    var schedule = MailSchedule(every: 1)
    // A task each millisecond for ten minutes.
    let sent: [Int64] = (1...600_000).filter {
      schedule.takeDue(ended: $0, at: Instant(nanoseconds: 0) + .milliseconds($0))
    }
    #expect(sent.prefix(Int(MailSchedule.burst)) == Array(1...MailSchedule.burst)[...])
    #expect(sent.count == Int(MailSchedule.burst) + 9)
    let late = sent.suffix(9)
    #expect(zip(late, late.dropFirst()).allSatisfy { $1 - $0 == 60_000 })
  }
}

@Suite struct MailMessageTests {
  private func text(
    subject: String = "s",
    lines: [String] = [],
    _ commands: [String] = []
  ) -> [String] {
    var failures = MailMessage.Failures()
    for (id, command) in commands.enumerated() {
      failures.take(
        TaskFailure(
          id: Int64(id),
          line: Int64(id + 1),
          returnCode: 3,
          command: ContiguousArray(command.utf8)
        )
      )
    }
    let message = MailMessage(
      to: "me@example.org",
      subject: subject,
      lines: lines,
      failures: failures,
      closing: ["end"]
    )
    return String(decoding: message.bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test(arguments: ["a\nBcc: x", "a\r\nBcc: x", "a\r\n\r\nbody", "ä", "\u{0}"])
  func `nothing in a subject makes another header`(subject: String) {
    let lines = text(subject: subject)
    let headers = lines.prefix { $0 != "" }
    #expect(headers.count == 6)
    #expect(headers.allSatisfy { $0.utf8.allSatisfy { 0x20..<0x7F ~= $0 } })
    #expect(lines.suffix(3) == ["", "end", ""])
  }

  @Test func `text stays in its line`() {
    #expect(text(lines: ["a\nb", "ü"]).contains("a?b"))
    #expect(
      text(["echo \u{1B}[1m\n.\n"]).contains(#"  task 0 (line 1) exit 3: echo \x1b[1m\n.\n"#)
    )
  }

  @Test func `why something failed stands with it, in lines of its own`() {
    var failures = MailMessage.Failures()
    for (pid, error) in [(17, "on the way\nlost \u{1B}[1m\n"), (-1, "cannot start /bin/bash: why")]
    {
      var report = TaskReport()
      report.pid = Int32(pid)
      report.error = ContiguousArray(error.utf8)
      report.errorByteCount = Int64(error.utf8.count)
      failures.take(
        TaskFailure(id: 4, line: 5, returnCode: 7, command: [0x61], report: report)
      )
    }
    let message = MailMessage(to: "a", subject: "s", lines: [], failures: failures, closing: [])
    let text = String(decoding: message.bytes, as: UTF8.self)
    #expect(
      text.contains(
        #"""

          task 4 (line 5) exit 7: a
            lost \x1b[1m
          task 4 (line 5) cannot start /bin/bash: why: a


        """#
      ),
      "\(text)"
    )
  }

  @Test func `failures are listed up to a number, long commands cut`() {
    let lines = text((0..<25).map { _ in String(repeating: "x", count: 5000) })
    #expect(lines.count { $0.contains(" exit 3: ") } == MailMessage.failureLimit)
    #expect(lines.contains("  and 5 more, see the status file"))
    #expect(lines.allSatisfy { $0.utf8.count < 998 })
  }

  @Test(arguments: [
    (nil, ["sendmail", "-i", "-t"]), ("", ["sendmail", "-i", "-t"]),
    ("  msmtp  -t ", ["msmtp", "-t"]), ("/a/b", ["/a/b"]),
  ])
  func `MAILER names a program and its arguments`(mailer: String?, command: [String]) {
    #expect(MailSettings(address: "a", frequency: 1, mailer: mailer).command == command)
  }
}
