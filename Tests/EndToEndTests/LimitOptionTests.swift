import TestSupport
import Testing

/// Numbers and times of nothing: what is refused, and what they mean where they are taken.
@Suite struct LimitOptionTests {
  @Test(arguments: [
    ("--timeout 0", "--timeout takes a time above 0, not '0'"),
    ("--timeout=0s", "--timeout takes a time above 0, not '0s'"),
    ("--timeout 0.0h", "--timeout takes a time above 0, not '0.0h'"),
    // Less than a nanosecond.
    ("--timeout 0.0000001ms", "--timeout takes a time above 0, not '0.0000001ms'"),
    ("--timeout -1", "--timeout takes a time, as 90"),
    ("--timeout=", "--timeout takes a time, as 90"),
    ("--grace -1", "--grace takes a time, as 90"),
    ("--halt now,fail=0", "--halt takes at least one failure, or 1%, not 'now,fail=0'"),
    ("--halt soon,fail=0%", "--halt takes at least one failure, or 1%, not 'soon,fail=0%'"),
    ("--halt soon,fail=101%", "--halt takes now or soon"),
    ("-j 0", "--jobs takes a whole number from 1"),
    ("-j -1", "--jobs takes a whole number from 1"),
    ("-t 0", "--tasksPerNode takes a whole number from 1"),
    ("-c 0", "--cpusPerTask takes a number above 0"),
    ("-c 0.0", "--cpusPerTask takes a number above 0"),
    ("-c -1", "--cpusPerTask takes a number above 0"),
    ("-c nan", "--cpusPerTask takes a number above 0"),
    ("-C -1", "--context-task-limit takes a whole number from 0"),
    ("-s localhost:0", "'localhost:0' in the list of hosts has no cores"),
    ("-s localhost:2,localhost:0", "'localhost:0' in the list of hosts has no cores"),
    ("--mailTo me --mailFreq 0", "--mailFreq takes a whole number from 1"),
    ("--results kept --output-limit 0", "--output-limit takes a number of bytes above 0"),
    ("--output kept --output-limit 0k", "--output-limit takes a number of bytes above 0"),
    ("--output kept --output-limit 9999999999G", "--output-limit takes a number of bytes above 0"),
    ("--output kept --output-limit 1.5k", "--output-limit takes a number of bytes above 0"),
    ("--output-limit 1k", "--output-limit needs --results DIR or --output FILE"),
    ("--retries -1", "--retries takes a whole number from 0"),
    ("--nice -1", "--nice takes a whole number from 0"),
  ])
  func `a limit that nothing could keep to is refused`(words: String, text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("touch started\n", to: "Tasks")
    let words = words.split(separator: " ").map(String.init)
    let outcome = try Disbatch.program(["run", "-p", "run"] + words + ["Tasks"], in: folder).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains(text), "\(outcome)")
    #expect(try folder.names() == ["Tasks"])
  }

  @Test(arguments: [
    // No limit, no wait, no further try, no change.
    "-C 0", "--grace 0", "--retries 0", "--retries 1 --retry-delay 0", "--nice 0",
    "--timeout 60000ms",
  ])
  func `nothing is taken where it has a meaning`(words: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("touch started\n", to: "Tasks")
    let words = words.split(separator: " ").map(String.init)
    let outcome = try Disbatch.program(["run", "-p", "run"] + words + ["Tasks"], in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(folder.contains("started"))
  }

  @Test(arguments: [
    (["-C", "2"], "-C (--context-task-limit): 2 tasks were started, and no more are\n"),
    (
      ["--halt", "soon,fail=50%"],
      ": 3 of 3 tasks failed, and the limit is 50%, which counts from 3 failures on\n"
    ),
    (["--halt", "soon,fail=2"], "Quitting early: the limit of failures is reached\n"),
  ])
  func `a limit that ends a run is named`(words: [String], text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "false\n", count: 5), to: "Tasks")
    let words = ["run", "-j1", "-p", "run"] + words + ["Tasks"]
    let outcome = try Disbatch.program(words, in: folder).run()
    #expect(outcome.ending == .exited(1), "\(outcome)")
    #expect(outcome.errorText.contains(text), "\(outcome)")
  }
}
