import Glibc
import TestSupport
import Testing

/// Mail about a run: `--mailTo`, `--mailFreq`, `MAILER`.
@Suite struct MailTests {
  /// A run in `folder` whose mail goes through a shell script.
  private func program(
    _ words: [String],
    mailer script: String,
    in folder: TemporaryFolder
  ) throws -> Program {
    // Read by bash, not executed: a child of another test may have it open for writing still.
    let path = try folder.write(script + "\n", to: "mailer")
    return Disbatch.program(["-p", "run", "--mailTo", "me@example.org"] + words, in: folder)
      .setting("MAILER", to: "/bin/bash \(path) with arguments")
  }

  private func headers(_ name: String, in folder: TemporaryFolder) throws -> [String] {
    try folder.text(of: name).split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { $0 != "" }.map(String.init)
  }

  @Test func `a message comes every N completions and at the end`() throws {
    let folder = try TemporaryFolder()
    let sent = try NamedPipe("sent", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write(
      "#DISBATCH PREFIX read -r line < go;\u{20}\ntrue\ntrue\nexit 3\ntrue\ntrue\n",
      to: "Tasks"
    )
    let script = "cat > mail.$$; echo $$ $* > sent"
    let run = try program(["-j", "1", "--mailFreq", "2", "Tasks"], mailer: script, in: folder)
      .start()
    var names: [String] = []
    for count in [2, 2, 1] {
      for _ in 0..<count { try go.release() }
      let line = try #require(sent.lines(1).first, "\(run.errorSoFar())")
      #expect(line.hasSuffix(" with arguments"))
      names.append("mail." + line.prefix { $0 != " " })
    }
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let subjects = try names.map { try headers($0, in: folder)[1] }
    #expect(
      subjects == [
        "Subject: run has completed 2 tasks", "Subject: run has completed 4 tasks (1 failed)",
        "Subject: run has ended with 5 tasks completed (1 failed)",
      ]
    )
    for name in names { #expect(try headers(name, in: folder)[0] == "To: me@example.org") }
    let second = try folder.text(of: names[1])
    #expect(second.contains("3 done, 1 failed, 0 skipped so far\n"))
    #expect(second.contains("\n  task 2 (line 4) exit 3: read -r line < go; exit 3\n"))
    let last = try folder.text(of: names[2])
    #expect(last.contains("4 done, 1 failed, 0 skipped"))
    #expect(!last.contains("failed since"), "told twice: \(last)")
    #expect(last.contains("\nstatus: ") && last.contains("/run_status.txt\n"))
    #expect(!outcome.errorText.contains("not sent"), "\(outcome)")
  }

  @Test func `messages follow each other, however fast tasks end`() throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH REPEAT 40 true\n", to: "Tasks")
    let script = """
      mkdir alone || { echo two at a time >> complaint; exit 0; }
      cat > mail.$$; cp mail.$$ last; rmdir alone
      """
    let outcome = try program(["-j", "4", "Tasks"], mailer: script, in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(!folder.contains("complaint"))
    #expect(
      try headers("last", in: folder)[1] == "Subject: run has ended with 40 tasks completed"
    )
  }

  @Test(arguments: [
    ("exec /nonexistent", "exited with 127"), ("echo no route >&2; exit 75", "with 75: no route"),
    ("kill -9 $$", "was killed by SIGKILL"), ("#", nil),
  ])
  func `what cannot be sent is said once and changes nothing`(
    script: String,
    reason: String?
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\nexit 3\ntrue\n", to: "Tasks")
    var program = try program(["-j", "1", "Tasks"], mailer: script, in: folder)
    if reason == nil { program = program.setting("MAILER", to: "/nonexistent/mailer -t") }
    let outcome = try program.run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let said = outcome.errorText.split(separator: "\n").filter { $0.contains("was not sent") }
    #expect(said.count == 1, "\(outcome)")
    let text = reason ?? "there is no program '/nonexistent/mailer'; MAILER names another"
    #expect(said.first?.contains("mail to me@example.org was not sent: ") == true)
    #expect(said.first?.contains(text) == true, "\(outcome)")
    #expect(try folder.text(of: "run_driver.log").contains("was not sent"))
    #expect(try StatusRow.rows(of: "run", in: folder).count == 3)
  }

  @Test func `a mail program that hangs holds nothing up, and a signal ends the wait`() throws {
    let folder = try TemporaryFolder()
    let mark = ProcessTable.Mark(folder)
    defer { ProcessTable.end(mark) }
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let done = try NamedPipe("done", .fromTasks, in: folder)
    try folder.write("true\n#DISBATCH REPEAT 20 true\necho done > done\n", to: "Tasks")
    let script = "echo up > up; sleep 1000"
    let run = try program(["-j", "1", "Tasks"], mailer: script, in: folder)
      .setting(mark.name, to: mark.value).start()
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    try #require(done.lines(1) == ["done"], "\(run.errorSoFar())")
    // It waits for the message now, or is about to.
    while !run.errorSoFar().contains("a signal ends the wait"), run.isAlive { usleep(1000) }
    run.send(SIGINT)
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains("took too long and was ended"), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).count == 22)
    #expect(ProcessTable.leftovers(of: mark).isEmpty)
  }

  @Test func `what a mail program delivers in the background is not ended with the tasks`() throws {
    let folder = try TemporaryFolder()
    let sent = try NamedPipe("sent", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    let deliver = try NamedPipe("deliver", .toTasks, in: folder)
    try folder.write("true\nread -r line < go\n", to: "Tasks")
    let script = """
      cat > mail.$$; ( exec > /dev/null 2>&1; read -r line < deliver; echo sent > sent ) &
      """
    let run = try program(["-j", "1", "Tasks"], mailer: script, in: folder).start()
    while try folder.names().allSatisfy({ !$0.hasPrefix("mail.") }), run.isAlive { usleep(1000) }
    try go.release()
    #expect(run.wait(seconds: 60).ending == .exited(0))
    for _ in 0..<2 { try deliver.release() }
    #expect(sent.lines(2) == ["sent", "sent"])
  }

  @Test(arguments: ["a\nBcc: b", "a\rb", "", " ", "-oQ/tmp", "a\u{0}b", "ä@example.org"])
  func `an address that could do harm is refused`(address: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("touch started\n", to: "Tasks")
    // A word of a command line ends at a zero byte.
    guard !address.contains("\u{0}") else { return }
    let outcome = try Disbatch.run("--mailTo=\(address)", "Tasks", in: folder)
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains("--mailTo takes an address"))
    #expect(try folder.names() == ["Tasks"])
  }

  /// Whether mail can be delivered on this machine without changing anything outside a test.
  private static let hasLocalDelivery =
    Machine.isRoot && Machine.has("/usr/sbin/dma", "/usr/bin/unshare")

  @Test(
    .enabled(
      if: hasLocalDelivery,
      "needs root, unshare and dma as sendmail (scripts/test installs it)"
    )
  )
  func `a real sendmail delivers into a mailbox`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\nexit 3\ntrue\n", to: "Tasks")
    // Mailbox and spool are the test's own, in a name space of its own.
    let script = """
      set -e
      mkdir mail spool && chown root:mail mail spool && chmod 2775 mail && chmod 2770 spool
      mount --make-rprivate / && mount --bind mail /var/mail && mount --bind spool /var/spool/dma
      '\(Disbatch.path)' -j 1 -p run --mailTo nobody --mailFreq 3 Tasks
      until [ -z "$(ls spool)" ]; do sleep 0.1; done
      cp mail/nobody received
      """
    let outcome = try Program("/usr/bin/unshare", ["-m", "/bin/bash", "-c", script], in: folder)
      .run(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let mailbox = try folder.text(of: "received")
    #expect(mailbox.hasPrefix("From "), "\(mailbox)")
    #expect(mailbox.contains("\nSubject: run has ended with 3 tasks completed (1 failed)\n"))
    #expect(mailbox.contains("\n  task 1 (line 2) exit 3: exit 3\n"), "\(mailbox)")
    #expect(!outcome.errorText.contains("was not sent"), "\(outcome)")
  }
}
