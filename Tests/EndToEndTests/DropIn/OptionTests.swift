import TestSupport
import Testing

/// Every option of the reference, in every form in which a script may have it.
@Suite struct OptionTests {
  @Test(arguments: OptionSample.all)
  func `an option is understood in every form, before and behind the file`(
    sample: OptionSample
  ) throws {
    for form in sample.forms {
      try Self.check(sample, form + sample.others + ["Tasks"], hasEffect: true)
      try Self.check(sample, ["Tasks"] + sample.others + form, hasEffect: true)
    }
    // Without the option it is otherwise, or what was seen above says nothing.
    try Self.check(sample, sample.others + ["Tasks"], hasEffect: false)
  }

  private static func check(
    _ sample: OptionSample,
    _ words: [String],
    hasEffect: Bool
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(sample.tasks, to: "Tasks")
    try folder.write(OptionSample.failedRow, to: "failed.txt")
    try folder.write(OptionSample.otherRow, to: "other.txt")
    try folder.makeFolder("sub")
    var words = words
    if case .plan = sample.effect { words.append("--dry-run") }
    if sample.name != "prefix" { words += ["-p", "run"] }
    let outcome = try Disbatch.program(words, in: folder).setting("DEVICES", to: "a,b")
      .setting("MAILER", to: "/nonexistent").run()
    let shown = "\(words.joined(separator: " ")): \(outcome)"
    switch sample.effect {
    case .plan(let text): #expect(outcome.outputText.contains(text) == hasEffect, "\(shown)")
    case .status(let code): #expect((outcome.ending == .exited(code)) == hasEffect, "\(shown)")
    case .says(let text):
      #expect(("\n" + outcome.errorText).contains(text) == hasEffect, "\(shown)")
    case .answers(let text): #expect(outcome.outputText.contains(text) == hasEffect, "\(shown)")
    case .writes(let text, let name):
      let written = folder.contains(name) ? try folder.text(of: name) : ""
      #expect(written.contains(text) == hasEffect, "\(shown)")
    case .none: #expect(outcome.ending == .exited(0), "\(shown)")
    case .refusal(let text):
      #expect(outcome.errorText.contains(text) == hasEffect, "\(shown)")
      #expect((outcome.ending == .exited(2)) == hasEffect, "\(shown)")
      #expect(folder.contains("run_status.txt") != hasEffect, "\(shown)")
    }
  }

  @Test(
    .enabled(
      if: Reference.isHere,
      "needs the reference (scripts/test installs it and names it in TASKTEST_REFERENCE)"
    )
  )
  func `beginnings of names mean one option, or several, as in the reference`() throws {
    let reference = try Reference.run(script: "reference_abbreviations.py", "-")
    try #require(reference.ending == .exited(0), "\(reference)")
    #expect(reference.outputLines.count > 200)
    for line in reference.outputLines {
      let fields = line.split(separator: "\t").map(String.init)
      // An option of ours, which is written in full.
      if fields[0] == "task" { continue }
      let outcome = try Disbatch.run("--\(fields[0])=1", "./missing")
      let isAmbiguous = outcome.errorText.contains("'--\(fields[0])' could be any of --")
      #expect(isAmbiguous == (fields[1] == "several"), "\(fields): \(outcome)")
      #expect(!outcome.errorText.contains("unknown option"), "\(outcome)")
    }
  }

  @Test(arguments: [
    (["-c", "0.5", "-s", "localhost:4"], 8, 0), (["-c2.5", "-s", "localhost:8"], 3, 2),
    (["-c", "1e0", "-s", "localhost:2,localhost:3"], 5, 1),
    (["-t", "2", "-s", "localhost:8"], 2, 4),
    (["-t", "9", "-s", "localhost:4"], 4, 1), (["-t9", "-c", ".5", "-s", "localhost:4"], 8, 0),
    (["-t", "1", "-c", "8", "-s", "localhost:4"], 1, 4), (["--fill", "-s", "localhost:4"], 4, 1),
    (["-c", "3", "--fill", "-s", "localhost:7"], 2, 3),
  ])
  func `cores and limits make slots`(words: [String], slots: Int, cores: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let outcome = try Disbatch.program(words + ["-n", "Tasks"], in: folder).run()
    let share = [0: "less than a core", 1: "1 core"][cores] ?? "\(cores) cores"
    #expect(
      outcome.outputLines.first == "1 task, \(slots) at a time, \(share) for each",
      "\(outcome)"
    )
  }

  @Test func `a limit above what the cores allow is said`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let outcome = try Disbatch.run("-s", "localhost:2", "-t", "9", "-p", "run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0))
    #expect(outcome.errorText.contains("-t 9: 2 cores, 1.0 for each task, so 2 run at a time"))
    #expect(try folder.text(of: "run_driver.log").contains(" WARNING  DisBatch       : -t 9"))
  }

  @Test(arguments: [
    ("CRITICAL", ["CRITICAL"]), ("ERROR", ["CRITICAL", "ERROR"]),
    ("WARNING", ["CRITICAL", "ERROR", "WARNING"]),
    ("INFO", ["CRITICAL", "ERROR", "WARNING", "INFO"]),
    ("DEBUG", ["CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG"]),
  ])
  func `the log has what its level lets in`(level: String, levels: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let words = ["-s", "localhost:1,localhost:1", "-p", "run", "--loglevel", level, "Tasks"]
    #expect(try Disbatch.program(words, in: folder).run().ending == .exited(0))
    // A log to which nothing is written is not made.
    let log = folder.contains("run_driver.log") ? try folder.text(of: "run_driver.log") : ""
    let lines = log.split(separator: "\n")
    let found = Set(
      lines.compactMap { $0.split(separator: " ").dropFirst(2).first.map(String.init) }
    )
    // Nothing of these runs is worse than a warning.
    #expect(found == Set(levels).intersection(["WARNING", "INFO", "DEBUG"]), "\(lines)")
  }

  @Test(arguments: [
    (["--loglevel", "info", "Tasks"], "--loglevel takes one of CRITICAL, ERROR"),
    (["--logfile", "no/such/folder/log", "Tasks"], "cannot write the log no/such/folder/log"),
    (["-c", "0", "Tasks"], "--cpusPerTask takes a number above 0"),
    (["-t", "x", "Tasks"], "--tasksPerNode takes a whole number"),
    (["-C", "-1", "Tasks"], "--context-task-limit takes a whole number"),
    (
      ["--kvsserver=a:1", "--taskserver=b:2"], "Cannot use different --kvsserver and --taskservers."
    ),
    (["--exit-code=1", "Tasks"], "--exit-code takes no value"),
    (["Tasks", "-p"], "-p (--prefix) needs a value: PATH"),
  ])
  func `a value that cannot be is refused before anything starts`(
    words: [String],
    text: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("touch started\n", to: "Tasks")
    let outcome = try Disbatch.program(words, in: folder).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains(text), "\(outcome)")
    #expect(try folder.names() == ["Tasks"])
  }

  @Test(arguments: [
    [], ["run"], ["check"], ["expand"], ["fmt"], ["status"], ["output"], ["explain"], ["lsp"],
  ])
  func `help fits into 80 columns`(command: [String]) throws {
    let outcome = try Disbatch.program(command + ["--help"]).run()
    #expect(outcome.ending == .exited(0))
    for line in outcome.outputLines { #expect(line.count <= 80, "\(line)") }
  }
}
