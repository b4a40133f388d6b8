import FoundationEssentials
import TestSupport
import Testing

/// `--results`: what tasks let out, in files of their own.
@Suite struct ResultsTests {
  private static func run(
    _ tasks: String,
    _ more: String...,
    in folder: TemporaryFolder
  ) throws -> ProgramOutcome {
    try folder.write(tasks, to: "Tasks")
    let arguments = ["run", "-p", "run", "--results", "kept"] + more + ["Tasks"]
    return try Disbatch.program(arguments, in: folder).run()
  }

  /// The files below the folder of results, with what is in them.
  private static func kept(in folder: TemporaryFolder) throws -> [String: String] {
    let root = folder.file("kept")
    var kept: [String: String] = [:]
    for subfolder in try FileManager.default.contentsOfDirectory(atPath: root) {
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(subfolder)") {
        kept["\(subfolder)/\(name)"] = try folder.text(of: "kept/\(subfolder)/\(name)")
      }
    }
    return kept
  }

  @Test func `each task has its streams, attempts apart, an empty stream no file`() throws {
    let folder = try TemporaryFolder()
    let tasks = """
      #DISBATCH PERENGINE START echo staged
      echo out; echo err >&2
      :
      echo $DISBATCH_ATTEMPT; exit 3
      #DISBATCH BARRIER
      #DISBATCH REPEAT 2 start 5 echo $DISBATCH_REPEAT_INDEX > /dev/stderr
      kill -9 $$

      """
    let outcome = try Self.run(tasks, "-j", "2", "--retries", "1", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(
      try Self.kept(in: folder) == [
        "00000/00000000.out": "out\n", "00000/00000000.err": "err\n",
        "00000/00000002.out": "1\n", "00000/00000002.2.out": "2\n",
        "00000/00000004.err": "5\n", "00000/00000005.err": "6\n",
      ]
    )
    // The status file says what it says without the option.
    let rows = try StatusRow.rows(of: "run", in: folder)
    let row = try #require(rows.first { $0.id == 0 && !$0.flags.contains("P") })
    #expect(row.flags == " OE ")
    #expect(row.fields[10...13].map { $0 } == ["4", "'out\\n'", "4", "'err\\n'"])
    #expect(rows.first { $0.flags.contains("P") }?.fields[11] == "'staged\\n'")
  }

  @Test func `tasks beyond 1,000 have the next subfolder`() throws {
    let folder = try TemporaryFolder()
    let tasks = "#DISBATCH REPEAT 999 :\necho 999\necho 1000\n#DISBATCH REPEAT 999 :\necho 2000\n"
    let outcome = try Self.run(tasks, "-j", "2", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(
      try Self.kept(in: folder) == [
        "00000/00000999.out": "999\n", "00001/00001000.out": "1000\n",
        "00002/00002000.out": "2000\n",
      ]
    )
  }

  @Test func `a resumed run keeps what was there and takes the next numbers`() throws {
    let folder = try TemporaryFolder()
    let tasks = "echo a\nread -r n < n; echo b $n; exit $((n == 1))\n"
    try folder.write("1\n", to: "n")
    var outcome = try Self.run(tasks, "-j", "1", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    try folder.write("2\n", to: "n")
    outcome = try Disbatch.run(
      "run",
      "-j",
      "1",
      "-p",
      "run",
      "--results",
      "kept",
      "-r",
      "run_status.txt",
      "-R",
      "Tasks",
      in: folder
    )
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains("kept has results of an earlier run"), "\(outcome)")
    #expect(
      try Self.kept(in: folder) == [
        "00000/00000000.out": "a\n", "00000/00000001.out": "b 1\n",
        "00000/00000001.2.out": "b 2\n",
      ]
    )
  }

  @Test func `a hundred megabytes of one task come out whole in little memory`() throws {
    let folder = try TemporaryFolder()
    let tasks = "head -c 100000000 /dev/zero\n#DISBATCH BARRIER\n\(MemoryTests.probe)\n"
    let outcome = try Self.run(tasks, "-j", "1", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try folder.size(of: "kept/00000/00000000.out") == 100_000_000)
    guard !TestMode.isSanitized else { return }
    for name in ["engine", "driver"] {
      #expect(try MemoryTests.peak(name, in: folder) < 60_000, "\(name)")
    }
  }

  @Test(
    .enabled(if: Machine.canMount, "needs root that may mount a small file system")
  )
  func `a full disk costs output and nothing else, and is told once`() throws {
    let folder = try TemporaryFolder()
    let tasks = """
      echo first
      head -c 1000000 /dev/zero
      head -c 1000000 /dev/zero
      sh -c 'exit 7'

      """
    try folder.write(tasks, to: "Tasks")
    // A mount of its own, which goes with the last process that sees it.
    let script = """
      mkdir kept && mount -t tmpfs -o size=100k tmpfs kept &&
      '\(Disbatch.path)' run -j 1 -p run --results kept Tasks; echo $? > code
      cp kept/00000/00000000.out first
      """
    let outcome = try Program("/usr/bin/unshare", ["-m", "/bin/sh", "-c", script], in: folder).run()
    #expect(try folder.text(of: "code") == "1\n", "\(outcome)")
    #expect(try folder.text(of: "first") == "first\n")
    let reason = "cannot write \(folder.path)/kept/00000/00000001.out: No space left on device"
    #expect(outcome.errorText.contains("disbatch run: \(reason); tasks go on"), "\(outcome)")
    #expect(
      outcome.errorText.contains("the output of 2 tasks was not kept whole: \(reason)\n"),
      "\(outcome)"
    )
    #expect(outcome.errorText.split(separator: "; tasks go on").count == 2, "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.map { $0.fields[10] } == ["6", "1000000", "1000000", "0"])
    #expect(rows.map(\.returnCode) == [0, 0, 0, 7])
  }

  @Test(arguments: [
    ("Tasks", "is there and is no folder"), ("none/kept", "No such file or directory"),
  ])
  func `a folder that cannot be is refused before anything starts`(
    path: String,
    reason: String
  )
    throws
  {
    let folder = try TemporaryFolder()
    try folder.write("touch ran\n", to: "Tasks")
    let outcome = try Disbatch.run("run", "-p", "run", "--results", path, "Tasks", in: folder)
    #expect(outcome.ending == .exited(2) && outcome.errorText.contains(reason), "\(outcome)")
    #expect(try folder.names() == ["Tasks"])
  }

  @Test func `a dry run names the first file that would be written`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Self.run(":\n", "--dry-run", in: folder)
    #expect(outcome.outputText.contains("/kept/00000/00000000.out and so on"), "\(outcome)")
    #expect(try folder.names() == ["Tasks"])
  }
}
