import TestSupport
import Testing

/// `--output` and `disbatch output`.
@Suite struct OutputLogTests {
  private static func run(
    _ tasks: String,
    _ more: String...,
    in folder: TemporaryFolder
  ) throws -> ProgramOutcome {
    try folder.write(tasks, to: "Tasks")
    let arguments = ["run", "-p", "run", "--output", "log"] + more + ["Tasks"]
    return try Disbatch.program(arguments, in: folder).run()
  }

  /// What `disbatch output` makes of a command line.
  private static func output(
    _ words: String...,
    in folder: TemporaryFolder
  ) throws -> ProgramOutcome {
    try Disbatch.program(["output"] + words, in: folder).run()
  }

  private static let tasks = #"""
    echo out; echo err >&2
    :
    printf 'bytes \0\n\xff#DISBATCH OUTPUT 0 1 out 0 4\n'; exit 4
    #DISBATCH REPEAT 3 echo $DISBATCH_TASKID/$DISBATCH_ATTEMPT; exit $((DISBATCH_ATTEMPT < 2))

    """#

  /// How output is kept; reading it back is the same.
  enum Place: String, CaseIterable, Sendable {
    case output, results
  }

  @Test(arguments: Place.allCases)
  func `the output of a task comes back byte for byte, each stream where it went`(
    place: Place
  )
    throws
  {
    let folder = try TemporaryFolder()
    try folder.write(Self.tasks, to: "Tasks")
    let run = try Disbatch.run(
      "run",
      "-p",
      "run",
      "-j",
      "2",
      "--retries",
      "1",
      "--\(place)",
      "kept",
      "Tasks",
      in: folder
    )
    #expect(run.ending == .exited(0), "\(run)")
    var shown = try Self.output("kept", "0", in: folder)
    #expect(shown.ending == .exited(0), "\(shown)")
    #expect(shown.outputText == "out\n" && shown.errorText == "err\n", "\(shown)")
    shown = try Self.output("--stdout", "kept", "0", in: folder)
    #expect(shown.outputText == "out\n" && shown.errorText.isEmpty, "\(shown)")
    shown = try Self.output("kept", "--stderr", "0", in: folder)
    #expect(shown.outputText.isEmpty && shown.errorText == "err\n", "\(shown)")
    shown = try Self.output("kept", "2", in: folder)
    let bytes = Array("bytes \0\n".utf8) + [0xFF] + Array("#DISBATCH OUTPUT 0 1 out 0 4\n".utf8)
    #expect(shown.output == bytes, "\(shown)")
    shown = try Self.output("kept", "4", "3", in: folder)
    #expect(shown.outputText == "4/2\n3/2\n", "\(shown)")
    shown = try Self.output("kept", "4", "--attempt=1", in: folder)
    #expect(shown.outputText == "4/1\n", "\(shown)")
    shown = try Self.output("--list", "kept", in: folder)
    #expect(
      shown.outputText == """
        task\tattempt\tstdout\tstderr
        0\t1\t4\t4
        2\t1\t38\t0
        2\t2\t38\t0
        3\t1\t4\t0
        3\t2\t4\t0
        4\t1\t4\t0
        4\t2\t4\t0
        5\t1\t4\t0
        5\t2\t4\t0

        """,
      "\(shown)"
    )
  }

  @Test(arguments: Place.allCases)
  func `what is not there is said with what is`(place: Place) throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH REPEAT 5 :\necho 5\n:\necho 7\n", to: "Tasks")
    let run = try Disbatch.run("run", "-p", "run", "--\(place)", "kept", "Tasks", in: folder)
    #expect(run.ending == .exited(0), "\(run)")
    var shown = try Self.output("kept", "99", "5", in: folder)
    #expect(shown.ending == .exited(1) && shown.outputText == "5\n", "\(shown)")
    #expect(
      shown.errorText
        == "disbatch output: 'kept' has no output of task 99; there is output of tasks from 5 to 7\n"
    )
    shown = try Self.output("kept", "5", "--attempt", "3", in: folder)
    #expect(shown.ending == .exited(1), "\(shown)")
    #expect(shown.errorText == "disbatch output: 'kept' has no attempt 3 of task 5, but 1\n")
    for (words, reason) in [
      (["Tasks", "5"], "'Tasks' is no output file of disbatch and no folder of results"),
      (["none", "5"], "'none' cannot be read: No such file or directory"),
      (["kept", "five"], "'five' is no task's id"), (["kept"], "no task named"),
      ([], "no file or folder of kept output named"),
    ] {
      let refused = try Disbatch.program(["output"] + words, in: folder).run()
      #expect(refused.ending == .exited(2), "\(refused)")
      #expect(refused.errorText.hasPrefix("disbatch output: \(reason)"), "\(refused)")
    }
  }

  @Test func `a resumed run appends, and a torn end is taken out first`() throws {
    let folder = try TemporaryFolder()
    let tasks = "echo a\nread -r n < n; echo b $n; exit $((n == 1))\n"
    try folder.write("1\n", to: "n")
    #expect(try Self.run(tasks, "-j", "1", in: folder).ending == .exited(0))
    let whole = try folder.bytes(of: "log")
    try folder.write(whole + Array("#DISBATCH OUTPUT 1 1 out 0 400\ntorn".utf8), to: "log")
    try folder.write("2\n", to: "n")
    let outcome = try Self.run(tasks, "-j", "1", "-r", "run_status.txt", "-R", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains("log has output of an earlier run"), "\(outcome)")
    #expect(outcome.errorText.contains("not written to its end"), "\(outcome)")
    #expect(try Array(folder.bytes(of: "log").prefix(whole.count)) == whole)
    #expect(try Self.output("log", "0", in: folder).outputText == "a\n")
    #expect(try Self.output("log", "1", in: folder).outputText == "b 2\n")
    #expect(try Self.output("log", "1", "--attempt", "1", in: folder).outputText == "b 1\n")
  }

  @Test func `a hundred megabytes of one task pass through little memory`() throws {
    let folder = try TemporaryFolder()
    let tasks = "head -c 100000000 /dev/zero; echo end\n#DISBATCH BARRIER\n\(MemoryTests.probe)\n"
    let outcome = try Self.run(tasks, "-j", "1", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let shown = try Program(
      "/bin/bash",
      ["-c", "'\(Disbatch.path)' output log 0 | tail -c 5; echo ${PIPESTATUS[0]}"],
      in: folder
    ).run()
    #expect(shown.output == [0] + Array("end\n0\n".utf8), "\(shown)")
    let list = try Self.output("--list", "log", in: folder)
    #expect(list.outputLines.last == "0\t1\t100000004\t0", "\(list)")
    guard !TestMode.isSanitized else { return }
    for name in ["engine", "driver"] {
      #expect(try MemoryTests.peak(name, in: folder) < 80_000, "\(name)")
    }
  }

  @Test(.enabled(if: Machine.canMount, "needs root that may mount a small file system"))
  func `a full disk costs output and nothing else, and the log stays readable`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "echo first\nhead -c 1000000 /dev/zero\n#DISBATCH BARRIER\nrm full/ballast; echo last\n",
      to: "Tasks"
    )
    // A mount of its own, which goes with the last process that sees it.
    let script = """
      mkdir full && mount -t tmpfs -o size=200k tmpfs full && head -c 60000 /dev/zero > full/ballast
      '\(Disbatch.path)' run -j 1 -p run --output full/log Tasks; echo $? > code
      '\(Disbatch.path)' output full/log 0 > first
      '\(Disbatch.path)' output full/log 3 > last
      '\(Disbatch.path)' output --list full/log > list
      """
    let outcome = try Program("/usr/bin/unshare", ["-m", "/bin/sh", "-c", script], in: folder).run()
    #expect(try folder.text(of: "code") == "1\n", "\(outcome)")
    #expect(try folder.text(of: "first") == "first\n")
    #expect(try folder.text(of: "last") == "last\n", "\(outcome)")
    let reason = "cannot write \(folder.path)/full/log: No space left on device"
    #expect(outcome.errorText.contains("\(reason); tasks go on"), "\(outcome)")
    #expect(outcome.errorText.contains("output of 1 task was not kept whole: \(reason)\n"))
    let rows = try StatusRow.rows(of: "run", in: folder).filter { !$0.isBarrier }
    #expect(rows.map { $0.fields[10] } == ["6", "1000000", "5"])
    let lines = try folder.text(of: "list").split(separator: "\n")
    #expect(lines.first { $0.hasPrefix("1\t") } != "1\t1\t1000000\t0", "\(lines)")
  }

  @Test func `what can be no such file is refused before anything starts`() throws {
    let folder = try TemporaryFolder()
    for name in ["Tasks", "Others"] { try folder.write("touch ran\n", to: name) }
    _ = try NamedPipe("pipe", .fromTasks, in: folder)
    for (words, reason) in [
      (["--output", "pipe"], "is no regular file"),
      (["--output", "."], "is a folder; --results keeps output in files of one"),
      (["--output", "Tasks"], "it is the task file, which would be written into"),
      (["--output", "Others"], "is no output file of disbatch, and is left as it is"),
      (["--output", "none/log"], "No such file or directory"),
      (["--output", "log", "--results", "kept"], "--results and --output exclude each other"),
    ] {
      let outcome = try Disbatch.program(["run", "-p", "run"] + words + ["Tasks"], in: folder).run()
      #expect(outcome.ending == .exited(2) && outcome.errorText.contains(reason), "\(outcome)")
    }
    #expect(try folder.names() == ["Others", "Tasks", "pipe"])
    for name in ["Tasks", "Others"] { #expect(try folder.text(of: name) == "touch ran\n") }
  }

  @Test func `a run has its log for itself`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write("echo up > up; read -r line < go; echo done\n", to: "Tasks")
    let first = try Disbatch.program(
      ["run", "-p", "first", "--output", "log", "Tasks"],
      in: folder
    ).start()
    try #require(up.lines(1) == ["up"], "\(first.errorSoFar())")
    let second = try Disbatch.run("run", "-p", "second", "--output", "log", "Tasks", in: folder)
    #expect(second.ending == .exited(2), "\(second)")
    #expect(second.errorText.contains("log belongs to a run that is going on"), "\(second)")
    try go.release()
    #expect(first.wait().ending == .exited(0))
    #expect(try Self.output("log", "0", in: folder).outputText == "done\n")
  }

  @Test func `a dry run names the file and makes none`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Self.run(":\n", "--dry-run", in: folder)
    #expect(outcome.outputText.contains("  \(folder.path)/log\n"), "\(outcome)")
    #expect(try folder.names() == ["Tasks"])
  }
}
