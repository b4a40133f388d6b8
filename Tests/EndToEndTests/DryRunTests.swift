import Glibc
import TestSupport
import Testing

/// `--dry-run` says what the run would do, and is refused what the run would be refused.
@Suite struct DryRunTests {
  private static let failing =
    "true\nfalse\ntrue\n#DISBATCH BARRIER\n#DISBATCH REPEAT 4 exit $DISBATCH_REPEAT_INDEX\n"

  /// What a run says at its end, and what the plan has said before.
  @Test(arguments: [
    ([], "7 tasks, 2 at a time", "3 done, 4 failed, 0 skipped"),
    (
      ["-r", "old_status.txt"], "0 tasks, 2 at a time",
      "0 done, 0 failed, 7 skipped (4 of them had failed)"
    ),
    (["-R", "-r", "old_status.txt"], "4 tasks, 2 at a time", "0 done, 4 failed, 3 skipped"),
    (["-R", "-r", "auto", "-p", "old"], "4 tasks, 2 at a time", "0 done, 4 failed, 3 skipped"),
    (
      ["-r", "part.txt"], "6 tasks, 2 at a time",
      "3 done, 3 failed, 1 skipped (1 of them had failed)"
    ),
    (["-R", "-r", "part.txt"], "7 tasks, 2 at a time", "3 done, 4 failed, 0 skipped"),
  ])
  func `the counts are those of the run`(words: [String], plan: String, end: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.failing, to: "T")
    let first = try Disbatch.run("-j2", "-p", "old", "T", in: folder)
    try #require(first.ending == .exited(0), "\(first)")
    let rows = try folder.text(of: "old_status.txt").split(separator: "\n")
    let failed = try #require(rows.first { $0.hasSuffix("\tfalse") })
    try folder.write(failed + "\n", to: "part.txt")
    let names = try folder.names()
    let words = ["run", "-j2", "-p", "new"] + words + ["T"]
    let dry = try Disbatch.program(words + ["-n"], in: folder).run()
    #expect(dry.ending == .exited(0) && dry.outputText.hasPrefix(plan), "\(dry)")
    #expect(try folder.names() == names)
    let run = try Disbatch.program(words, in: folder).run()
    #expect(run.errorText.contains(end), "\(run)")
    let skipped = end.split(separator: ", ")[2].split(separator: " ")[0]
    if skipped != "0" { #expect(dry.outputText.contains("\n\(skipped) task"), "\(dry)") }
    if words.contains("-R") {
      #expect(dry.outputText.contains("that had failed run again"), "\(dry)")
    }
  }

  @Test func `a CHECK that failures of then would trip is named`() throws {
    let folder = try TemporaryFolder()
    let tasks = "true\n[ -e mended ]\ntrue 2\n#DISBATCH BARRIER CHECK\ntrue 3\n"
    try folder.write(tasks, to: "T")
    _ = try Disbatch.run("run", "-f", "-j1", "-p", "old", "T", in: folder)
    let words = ["run", "-j1", "-p", "new", "-r", "old_status.txt", "T"]
    let dry = try Disbatch.program(words + ["-n"], in: folder).run()
    #expect(
      dry.outputText.contains(
        "up to the BARRIER CHECK in line 4, where the run ends: 1 skipped task had failed; -R"
      ),
      "\(dry)"
    )
    #expect(try Disbatch.program(words, in: folder).run().ending == .exited(1))
    let retried = try Disbatch.program(words + ["-n", "-R"], in: folder).run()
    #expect(!retried.outputText.contains("where the run ends"), "\(retried)")
  }

  /// What stands in the way: the line of shell that puts it there, the words, and the exit status.
  static let refusals: [(setup: String, words: String, status: Int32)] = [
    ("sed s/true/other/ old_status.txt > other.txt", "-p new -r other.txt T", 1),
    ("sed s/true/other/ old_status.txt > other.txt", "-p new -r other.txt - < T", 1),
    ("", "-p new -r missing.txt T", 2),
    ("", "-p missing/new T", 2),
    ("", "-p new T2", 2),
    ("", "-p new -E NOTHING T", 2),
    ("", "-p new -s otherhost:2 T", 2),
    ("", "-p new -c 9 -s localhost:2 T", 2),
    ("", "-p new --logfile missing/log T", 2),
    ("", "-p new --logfile . T", 2),
    ("", "-p new --results T T", 2),
    ("", "-p new --results missing/kept T", 2),
    ("", "-p new --output . T", 2),
    ("", "-p new --output T T", 2),
    ("", "-p new --output missing/kept T", 2),
    ("", "-p \"$(printf %0300d 1)\" T", 2),
    ("printf '#DISBATCH PREFX\\n' > bad", "-p new bad", 2),
    ("printf 'true\\n#DISBATCH PREFX\\n' > bad", "-p new - < bad", 2),
    ("printf '#DISBATCH REPEAT 99999999999999999999 x\\n' > bad", "-p new --no-check bad", 2),
  ]

  @Test(arguments: refusals.indices)
  func `what a run is refused the plan is refused, in the same words`(index: Int) throws {
    let (setup, words, status) = Self.refusals[index]
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "T")
    _ = try Disbatch.run("-j1", "-p", "old", "T", in: folder)
    let script = "\(setup.isEmpty ? ":" : setup); ls -A > names; '\(Disbatch.path)' run \(words)"
    let dry = try Program("/bin/bash", ["-c", "\(script) -n"], in: folder).run()
    #expect(dry.ending == .exited(status), "\(dry)")
    let names = try folder.text(of: "names").split(separator: "\n").map(String.init).sorted()
    #expect(try folder.names() == names)
    let run = try Program("/bin/bash", ["-c", script], in: folder).run()
    #expect(run.ending == .exited(status), "\(run)")
    // The first line says what is wrong; what breaks a run off has the command's name in front.
    func wrong(_ outcome: ProgramOutcome) -> String? {
      let line = outcome.errorText.split(separator: "\n").first?.split(separator: ", so")[0]
      return line.map { String($0).replacing("disbatch run: ", with: "") }
    }
    #expect(wrong(dry) == wrong(run))
  }

  @Test func `a prefix in use is refused, as it is to a run`() throws {
    let folder = try TemporaryFolder()
    try folder.write("touch begun; while [ ! -e go ]; do sleep 0.02; done\n", to: "T")
    let live = try Disbatch.program(["-j1", "-p", "live", "--output", "kept", "T"], in: folder)
      .start()
    while !folder.contains("begun"), live.isAlive { usleep(5000) }
    for words in [
      ["-p", "live"], ["-p", "new", "-r", "live_status.txt"], ["-p", "new", "--output", "kept"],
    ] {
      for more in [[], ["-n"]] {
        let outcome = try Disbatch.program(["-j1", "T"] + words + more, in: folder).run()
        #expect(outcome.ending == .exited(2), "\(words) \(more) \(outcome)")
        #expect(outcome.errorText.contains("going on"), "\(outcome)")
      }
    }
    let status = try Disbatch.run("status", "live_status.txt", in: folder)
    #expect(status.outputText.hasPrefix("still running: 0 done"), "\(status)")
    try folder.write("", to: "go")
    #expect(live.wait().ending == .exited(0))
    let ended = try Disbatch.run("status", "live_status.txt", in: folder)
    #expect(ended.outputText.hasPrefix("1 done"), "\(ended)")
    let json = try Disbatch.run("status", "--format", "json", "live_status.txt", in: folder)
    #expect(json.outputText.contains("\"running\":false"), "\(json)")
  }

  @Test func `nothing is made, locked or renamed`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "T")
    _ = try Disbatch.run("-j1", "-p", "old", "T", in: folder)
    let names = try folder.names()
    let log = "--logfile=log"
    for words in [
      ["-p", "old"], ["-p", "old", "-r", "auto"], ["--results", "kept"], ["--output", "kept"],
    ] {
      let dry = try Disbatch.program(["-n", log, "T"] + words, in: folder).run()
      #expect(dry.ending == .exited(0), "\(dry)")
      #expect(try folder.names() == names, "\(words)")
    }
  }

  @Test func `what comes through a pipe is counted too`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\nfalse\ntrue\n", to: "T")
    _ = try Disbatch.run("-j1", "-p", "old", "T", in: folder)
    let script = "cat T | '\(Disbatch.path)' run -n -j1 -r old_status.txt -p new -"
    let dry = try Program("/bin/bash", ["-c", script], in: folder).run()
    #expect(dry.outputText.hasPrefix("0 tasks, 1 at a time"), "\(dry)")
    #expect(dry.outputText.contains("\n3 tasks of earlier runs skipped (1 of them had failed)\n"))
  }
}
