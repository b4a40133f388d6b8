import TestSupport
import Testing

/// Tasks that stand on the command line (`--task`).
@Suite struct TaskLineTests {
  @Test func `lines are run in their order, directives too`() throws {
    let folder = try TemporaryFolder()
    let lines = [
      "#DISBATCH PREFIX echo ", "a >> out", "", "# a comment", "#DISBATCH BARRIER CHECK",
      "#DISBATCH REPEAT 2 start 5 $DISBATCH_REPEAT_INDEX:$DISBATCH_STREAM_INDEX >> out",
    ]
    let words = ["-j1", "-p", "run"] + lines.map { "--task=\($0)" }
    let outcome = try Disbatch.program(words, in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try folder.text(of: "out") == "a\n5:6\n6:6\n")
    #expect(outcome.errorText.contains("3 done, 0 failed"), "\(outcome)")
  }

  @Test func `files are named by what they are for, and the plan is shown`() throws {
    let folder = try TemporaryFolder()
    let words = ["--task", "#DISBATCH REPEAT 100 echo $DISBATCH_NAMETASKS >> out"]
    let plan = try Disbatch.program(["-n", "-j4"] + words, in: folder).run()
    #expect(plan.outputText.contains("100 tasks, 4 at a time"), "\(plan)")
    #expect(plan.outputText.contains("/task_disBatch_"), "\(plan)")
    let outcome = try Disbatch.program(["run", "-j4"] + words, in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try folder.text(of: "out") == String(repeating: "task\n", count: 100))
    #expect(try folder.names().contains { $0.hasPrefix("task_disBatch_") })
  }

  @Test(arguments: [["-p", "run"], [], ["-r", "auto"]])
  func `the command given goes on with the same lines`(words: [String]) throws {
    let folder = try TemporaryFolder()
    let tasks = [
      "--task", "echo 'it''s' \"$HOME\" >> out", "--task=[ -e mended ]", "--task", "true",
    ]
    let first = try Disbatch.program(["run", "-j1"] + words + tasks, in: folder).run()
    let line = try #require(ResumeLine(in: first), "\(first)")
    try folder.write("", to: "mended")
    let second = try line.pasted(in: folder).run()
    #expect(second.errorText.contains("1 done, 0 failed, 2 skipped"), "\(line) \(second)")
  }

  @Test func `other lines than those of the earlier run are refused`() throws {
    let folder = try TemporaryFolder()
    _ = try Disbatch.run("--task", "true", in: folder)
    let outcome = try Disbatch.run("-r", "auto", "--task", "echo x > started", in: folder)
    #expect(outcome.ending == .exited(1), "\(outcome)")
    #expect(outcome.errorText.contains("\n  now,  line 1: echo x > started\n"), "\(outcome)")
    let text = try Disbatch.run(
      "-r",
      "auto",
      "--resume-by",
      "text",
      "--task",
      "echo new",
      "--task",
      "true",
      in: folder
    )
    #expect(text.errorText.contains("1 done, 0 failed, 1 skipped"), "\(text)")
  }

  @Test(arguments: [
    (
      ["--task", "true", "Tasks"],
      "--task LINE stands in place of a task file, but 'Tasks' is named"
    ),
    (["--task", "true", "-"], "but '-' is named too"),
    (["--task", "true\nfalse"], "--task takes one line of a task file; repeat it for several"),
    (["--task", "true\rfalse"], "--task takes one line of a task file"),
    (["--task"], "--task needs a value: LINE"),
    (["--task", "#DISBATCH PREFX x"], "DB101"),
    (["-j1"], "--task LINE needs none"),
  ])
  func `what cannot be meant is refused`(words: [String], text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("touch started\n", to: "Tasks")
    let outcome = try Disbatch.program(["run"] + words, in: folder).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains(text), "\(outcome)")
    #expect(try folder.names() == ["Tasks"])
  }

  @Test func `findings in the lines are named, with what shows them`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Disbatch.run("-p", "run", "--task", "cd x", "--task", "echo 'a", in: folder)
    let line = try #require(outcome.errorText.split(separator: "\n").first, "\(outcome)")
    #expect(line.contains("in --task; see: "), "\(outcome)")
    let command = String(line.split(separator: "; see: ").last ?? "")
    let check = try Program("/bin/bash", ["-c", command], in: folder).run()
    #expect(check.ending == .exited(1) && check.outputText.contains("DB3"), "\(check)")
  }
}
