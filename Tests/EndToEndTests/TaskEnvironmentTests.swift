import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// What a task finds around it.
@Suite struct TaskEnvironmentTests {
  /// Runs one line of shell as the only task of a run and gives what it wrote into `out`.
  private func output(
    of line: String,
    with arguments: [String] = ["-j", "1"]
  ) throws -> [String] {
    let folder = try TemporaryFolder()
    try folder.write(line + "\n", to: "Tasks")
    let outcome = try Disbatch.program(["run", "-p", "run"] + arguments + ["Tasks"], in: folder)
      .run()
    try #require(outcome.ending == .exited(0), "\(outcome)")
    return try folder.text(of: "out").split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map(String.init)
  }

  @Test func `a task knows its numbers`() throws {
    let folder = try TemporaryFolder()
    let tasks = """
      #DISBATCH PREFIX env | grep '^DISBATCH_' | grep -v -e RANK -e RUN_ID | sort >>\u{20}
      # a comment counts as a line
      plain
      #DISBATCH BARRIER
      #DISBATCH REPEAT 1 start 41 repeated
      """
    try folder.write(tasks, to: "Tasks")
    let outcome = try Disbatch.run("run", "-j", "2", "-p", "name", "Tasks", in: folder)
    try #require(outcome.ending == .exited(0), "\(outcome)")
    let shared = ["ATTEMPT=1", "CORES_PER_TASK=1", "JOBID=name", "NAMETASKS=Tasks"]
    let plain = [
      "REPEAT_INDEX=-1", "REPEAT_INDEX_ZP=-00001", "STREAM_INDEX=3", "STREAM_INDEX_ZP=000003",
      "TASKID=0", "TASKID_ZP=000000",
    ]
    let repeated = [
      "REPEAT_INDEX=41", "REPEAT_INDEX_ZP=000041", "STREAM_INDEX=5", "STREAM_INDEX_ZP=000005",
      "TASKID=2", "TASKID_ZP=000002",
    ]
    for (name, own) in [("plain", plain), ("repeated", repeated)] {
      let lines = try folder.text(of: name).split(separator: "\n").map(String.init)
      #expect(lines == (shared + own).map { "DISBATCH_" + $0 }, "\(name)")
    }
  }

  @Test func `ranks are within the engines and slots there are`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "#DISBATCH REPEAT 20 echo $DISBATCH_ENGINE_RANK $DISBATCH_CYLINDER_RANK >> ranks\n",
      to: "Tasks"
    )
    #expect(try Disbatch.run("run", "-j", "2", "Tasks", in: folder).ending == .exited(0))
    let ranks = try folder.text(of: "ranks").split(separator: "\n").map(String.init)
    #expect(ranks.count == 20)
    #expect(Set(ranks).isSubset(of: ["0 0", "0 1"]), "\(ranks)")
  }

  @Test func `per-engine commands have counters of their own`() throws {
    let folder = try TemporaryFolder()
    let show = "echo $DISBATCH_TASKID $DISBATCH_REPEAT_INDEX $DISBATCH_CYLINDER_RANK >>"
    let tasks = """
      #DISBATCH PERENGINE START \(show) start
      #DISBATCH PERENGINE STOP \(show) stop
      #DISBATCH PERENGINE START test -s start && \(show) start
      test ! -e stop && test $(wc -l < start) = 2 && \(show) task
      """
    try folder.write(tasks, to: "Tasks")
    #expect(try Disbatch.run("run", "-e", "-j", "1", "Tasks", in: folder).ending == .exited(0))
    #expect(try folder.text(of: "start") == "0 -1 -1\n1 -1 -1\n")
    #expect(try folder.text(of: "task") == "0 -1 0\n")
    #expect(try folder.text(of: "stop") == "0 -1 -1\n")
  }

  @Test func `the caller's environment and folder are the task's`() throws {
    let folder = try TemporaryFolder()
    try folder.write("pwd -P > out; printenv CALLER >> out\n", to: "Tasks")
    let outcome = try Disbatch.program(["Tasks"], in: folder).setting("CALLER", to: "a b\tc").run()
    #expect(outcome.ending == .exited(0))
    let real = URL(filePath: folder.path).resolvingSymlinksInPath().path
    #expect(try folder.text(of: "out") == "\(real)\na b\tc\n")
  }

  @Test(arguments: [
    ("readlink /proc/self/fd/0", "/dev/null"),
    // Only the standard three, and the folder that ls itself is reading.
    ("ls /proc/self/fd | wc -l", "4"),
    // The task's bash leads a session of its own.
    ("cut -d' ' -f6 /proc/$$/stat | grep -qx $$ && echo leads", "leads"),
    ("readlink /proc/$$/exe | xargs basename", "bash"),
    ("echo $-", "hBc"),
    ("echo $#", "0"),
  ])
  func `a task's process is a plain one`(line: String, answer: String) throws {
    let found = try output(of: "{ \(line); } > out")
    #expect(found == [answer])
  }

  @Test(arguments: ["-n", "-c", "-u"])
  func `limits are the caller's`(limit: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("ulimit -S \(limit) > task; ulimit -H \(limit) >> task\n", to: "Tasks")
    let script = """
      ulimit -S -n 200; ulimit -S -c 0
      { ulimit -S \(limit); ulimit -H \(limit); } > caller
      exec '\(Disbatch.path)' Tasks
      """
    #expect(try Program("/bin/bash", ["-c", script], in: folder).run().ending == .exited(0))
    #expect(try folder.text(of: "task") == folder.text(of: "caller"))
  }

  @Test func `signals are blocked and ignored as the caller has them`() throws {
    let folder = try TemporaryFolder()
    // Signals 1 to 28; the C library does as it likes with two of its own, 32 and 33.
    let show = #"sed -n 's/^\(Sig[BI]..\):.*\(.......\)$/\1 \2/p' /proc/self/status"#
    try folder.write("\(show) > task\n", to: "Tasks")
    let script = "trap '' USR2; \(show) > caller; exec '\(Disbatch.path)' Tasks"
    #expect(try Program("/bin/bash", ["-c", script], in: folder).run().ending == .exited(0))
    let text = try folder.text(of: "task")
    #expect(text == "SigBlk 0000000\nSigIgn 0000800\n")
    #expect(try folder.text(of: "caller") == text)
  }

  @Test(arguments: ["-x; echo reached > out", "+e; echo reached > out"])
  func `a command that begins like an option is still a command`(line: String) throws {
    #expect(try output(of: line) == ["reached"])
  }

  @Test func `a background child does not hold up its slot`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    try folder.write(
      "{ exec 9> up; echo up >&9; sleep 1000; } & :\necho second > second\n",
      to: "Tasks"
    )
    let run = try Disbatch.program(["run", "-j", "1", "Tasks"], in: folder).start()
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(folder.contains("second"))
    #expect(up.ends(), "the child outlived the run")
  }
}
