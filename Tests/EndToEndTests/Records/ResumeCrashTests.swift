import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// A run that goes on in its own status file may be killed at any moment, again and again.
@Suite struct ResumeCrashTests {
  private static let done = 5000
  private static let failing = 20
  private static let command = ["-j", "1", "-p", "q", "-R", "-r", "q_status.txt", "Tasks"]

  /// How often the run is killed; all of the issue's hundred when TASKTEST_CRASHES says so.
  private static let crashes =
    ProcessInfo.processInfo.environment["TASKTEST_CRASHES"].flatMap(Int.init)
    ?? (TestMode.isLong ? 100 : 5)

  private static func row(
    _ id: Int,
    _ line: Int,
    _ index: Int,
    _ code: Int,
    _ task: String
  )
    -> String
  {
    let flag = code == 0 ? " " : "R"
    return
      "\(flag)   \t\(id)\t\(line)\t\(index)\tn\t1\t\(code)\t1.000\t1.000\t2.000\t0\t''\t0\t''\t\(task)\n"
  }

  /// A folder with a long run behind it: many tasks that are done, and some that failed.
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let task = "echo $DISBATCH_TASKID >> ran"
    var tasks = "#DISBATCH REPEAT \(done) \(task)\n"
    var rows = (0..<done).map { row($0, 1, $0, 0, task) }.joined()
    for number in 0..<failing {
      tasks += "exit 1\n"
      rows += row(done + number, 2 + number, -1, 1, "exit 1")
    }
    try folder.write(tasks, to: "Tasks")
    try folder.write(rows, to: "q_status.txt")
    return folder
  }

  /// Ids of tasks that the status file says are done.
  private static func doneIDs(_ folder: TemporaryFolder) throws -> Set<Int> {
    let rows = try folder.text(of: "q_status.txt").split(separator: "\n")
      .compactMap { StatusRow(String($0)) }
    return Set(rows.filter { $0.returnCode == 0 && !$0.isLeftOut }.compactMap(\.id))
  }

  @Test func `no task that is done runs again, whenever its run is killed`() throws {
    let folder = try Self.folder()
    let began = ContinuousClock.now
    let first = try Disbatch.program(["run"] + Self.command, in: folder).run()
    try #require(first.ending == .exited(0), "\(first)")
    let (seconds, fraction) = (ContinuousClock.now - began).components
    let duration = UInt32(seconds * 1_000_000 + fraction / 1_000_000_000_000)
    var random = SplitMix(seed: UInt64(getpid()))
    for round in 0..<Self.crashes {
      let run = try Disbatch.program(["run"] + Self.command, in: folder).start()
      usleep(UInt32.random(in: 0..<duration, using: &random))
      run.send(SIGKILL)
      _ = run.wait()
      #expect(try Self.doneIDs(folder) == Set(0..<Self.done), "round \(round)")
    }
    let last = try Disbatch.program(["run"] + Self.command, in: folder).run()
    #expect(last.ending == .exited(0), "\(last)")
    #expect(!folder.contains("ran") && !folder.contains("q_status.txt.new"))
  }

  @Test func `the rows of done tasks stand in front, once, before anything starts`() throws {
    let folder = try Self.folder()
    try folder.write(
      try folder.text(of: "Tasks").replacing("exit 1", with: "cp q_status.txt seen; exit 1"),
      to: "Tasks"
    )
    let options = ["-j", "1", "-p", "q", "--status-header", "-R", "--force-resume"]
    let run = try Disbatch.program(options + ["-r", "q_status.txt", "Tasks"], in: folder).run()
    #expect(run.ending == .exited(0), "\(run)")
    let seen = try folder.text(of: "seen").split(separator: "\n").map(String.init)
    #expect(seen.first?.hasPrefix("ROE[ PSZ]\tTaskID") == true)
    let skipped = seen.dropFirst().prefix(Self.done).compactMap(StatusRow.init)
    #expect(skipped.map(\.id) == Array(0..<Self.done))
    #expect(skipped.allSatisfy { $0.flags == "   S" })
    let text = try folder.text(of: "q_status.txt")
    #expect(text.split(separator: "\n").count == 1 + Self.done + Self.failing)
  }

  @Test func `what a stream may pass over is carried too`() throws {
    let folder = try Self.folder()
    let line = "cat Tasks | disbatch -j 1 -p q -R -r q_status.txt -"
      .replacing("disbatch", with: "'\(Disbatch.path)'")
    let run = try Program("/bin/bash", ["-c", line], in: folder).run()
    #expect(run.ending == .exited(0), "\(run)")
    #expect(try Self.doneIDs(folder) == Set(0..<Self.done))
    #expect(!folder.contains("ran"))
    #expect(run.errorText.contains("\(Self.done) skipped"), "\(run)")
  }

  @Test func `a resume that is refused leaves all as it was`() throws {
    let folder = try Self.folder()
    try folder.write("echo other\n", to: "Others")
    let before = try folder.names()
    let bytes = try folder.bytes(of: "q_status.txt")
    let words = ["-p", "q", "-r", "q_status.txt"]
    for rest in [["Others"], ["--output", "none/out", "Tasks"], ["--logfile", "none/l", "Tasks"]] {
      let run = try Disbatch.program(words + rest, in: folder).run()
      #expect(run.ending != .exited(0), "\(run)")
    }
    #expect(try folder.names() == before)
    #expect(try folder.bytes(of: "q_status.txt") == bytes)
  }

  @Test func `what a killed run began is removed, and said`() throws {
    let folder = try Self.folder()
    try folder.write("half a ro", to: "q_status.txt.new")
    let run = try Disbatch.program(["run"] + Self.command, in: folder).run()
    #expect(run.ending == .exited(0), "\(run)")
    #expect(run.errorText.contains("q_status.txt.new is removed"), "\(run)")
    #expect(
      try folder.names().filter { $0.contains("_status") } == ["q_status.txt", "q_status.txt.1"]
    )
    #expect(try Self.doneIDs(folder) == Set(0..<Self.done))
  }

  @Test
  func `of a file under the prefix that is not gone on from it is said that it does not count`()
    throws
  {
    let folder = try Self.folder()
    try folder.write(try folder.bytes(of: "q_status.txt"), to: "earlier_status.txt")
    try folder.write("", to: "empty_status.txt")
    let words = [
      "-j", "1", "-p", "q", "-r", "earlier_status.txt", "-r", "empty_status.txt", "Tasks",
    ]
    let run = try Disbatch.program(words, in: folder).run()
    #expect(run.ending == .exited(0), "\(run)")
    #expect(run.errorText.contains("q_status.txt.1; what it tells counts only with -r"), "\(run)")
    #expect(!folder.contains("ran"))
  }
}
