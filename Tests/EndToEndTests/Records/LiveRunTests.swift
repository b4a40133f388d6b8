import TestSupport
import Testing

/// What a run that is going on keeps for itself.
@Suite struct LiveRunTests {
  /// A run that waits in its only task, and the words that were tried beside it.
  private struct Bench {
    let folder: TemporaryFolder
    let go: NamedPipe
    let run: RunningProgram

    init(_ words: String...) throws {
      folder = try TemporaryFolder()
      let up = try NamedPipe("up", .fromTasks, in: folder)
      go = try NamedPipe("go", .toTasks, in: folder)
      try folder.write("echo ran >> ran; echo up > up; read -r line < go\n", to: "Tasks")
      run = try Disbatch.program(["-j", "1", "-p", "run"] + words + ["Tasks"], in: folder).start()
      try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    }

    func end() throws {
      try go.release()
      let outcome = run.wait(seconds: 60)
      #expect(outcome.ending == .exited(0), "\(outcome)")
      #expect(try StatusRow.rows(of: "run", in: folder).map(\.returnCode) == [0])
    }
  }

  @Test(arguments: [
    ["-p", "other", "-r", "run_status.txt"],
    ["-p", "other", "-r", "run_status.txt", "-R", "--force-resume"],
    ["-p", "other", "-r", "run_status.txt", "--resume-by", "text"],
    ["-p", "other", "-r", "linked"],
    ["-p", "run", "-r", "auto"],
    ["-p", "run", "-r", "run_status.txt"],
    ["-p", "run", "-r", "copy_status.txt"],
  ])
  func `what a living run writes cannot be gone on from`(words: [String]) throws {
    let bench = try Bench()
    let folder = bench.folder
    try folder.link("linked", to: "run_status.txt")
    try folder.write("", to: "copy_status.txt")
    // Logs come a little later than tasks.
    func names() throws -> [String] { try folder.names().filter { !$0.hasSuffix(".log") } }
    let before = try names()
    let second = try Disbatch.program(words + ["Tasks"], in: folder).run()
    #expect(second.ending == .exited(2), "\(second)")
    let name = words.last == "linked" ? "linked" : "run_status.txt"
    #expect(second.errorText.contains(name), "\(second)")
    #expect(second.errorText.contains("going on (process \(bench.run.processID))"), "\(second)")
    #expect(try names() == before)
    try bench.end()
    #expect(try folder.text(of: "ran") == "ran\n")
  }

  @Test func `among earlier runs in a folder the living one is named`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write("echo up > up; read -r line < go\n", to: "Tasks")
    let run = try Disbatch.program(["-j", "1", "Tasks"], in: folder).start()
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    let status = try #require(folder.names().first { $0.hasSuffix("_status.txt") })
    let second = try Disbatch.run("-r", "auto", "Tasks", in: folder)
    #expect(second.ending == .exited(2), "\(second)")
    #expect(second.errorText.contains(status), "\(second)")
    try go.release()
    #expect(run.wait(seconds: 60).ending == .exited(0))
    let third = try Disbatch.run("-r", "auto", "Tasks", in: folder)
    #expect(third.ending == .exited(0), "\(third)")
    #expect(third.errorText.contains("1 skipped"), "\(third)")
  }

  @Test func `a living run can be looked at`() throws {
    let bench = try Bench()
    for _ in 0..<5 {
      let status = try Disbatch.run("status", "run_status.txt", in: bench.folder)
      #expect(status.ending == .exited(0), "\(status)")
    }
    try bench.end()
  }

  @Test(arguments: [["--results", "kept"], ["--output", "kept"]])
  func `what a living run keeps output in is its own`(words: [String]) throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write("echo up > up; read -r line < go; echo one\n", to: "Tasks")
    try folder.write("touch started\n", to: "Others")
    try folder.write("echo again\n", to: "Again")
    let first = ["-j", "1", "-p", "first"] + words + ["Tasks"]
    let run = try Disbatch.program(first, in: folder).start()
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    let second = try Disbatch.program(["-p", "second"] + words + ["Others"], in: folder).run()
    #expect(second.ending == .exited(2), "\(second)")
    #expect(second.errorText.contains("kept belongs to a run"), "\(second)")
    #expect(second.errorText.contains("(process \(run.processID))"), "\(second)")
    #expect(!folder.contains("started") && !folder.contains("second_status.txt"))
    try go.release()
    #expect(run.wait(seconds: 60).ending == .exited(0))
    let third = try Disbatch.program(["-p", "third"] + words + ["Again"], in: folder).run()
    #expect(third.ending == .exited(0), "\(third)")
    let kept = try Disbatch.run("output", "kept", "0", in: folder)
    #expect(kept.outputText == "again\n", "\(kept)")
  }
}
