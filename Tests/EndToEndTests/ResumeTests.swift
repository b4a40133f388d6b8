import Glibc
import TestSupport
import Testing

/// A run can be broken off at any moment and gone on with, by us and by the reference.
@Suite struct ResumeTests {
  /// How many rows of a status file that is being written are whole.
  private func wholeRows(of name: String, in folder: TemporaryFolder) -> Int {
    ((try? folder.bytes(of: name)) ?? []).count { $0 == 0x0A }
  }

  /// Rows that count, by id; a row whose line is not whole can only be the last.
  private func counting(_ name: String, in folder: TemporaryFolder) throws -> [Int: Int] {
    let text = try folder.text(of: name)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.removeLast()
    var rows: [Int: Int] = [:]
    for line in lines {
      let row = try #require(StatusRow(line), "a torn row in the middle: \(line)")
      guard !row.isLeftOut, !row.isBarrier, !row.flags.contains("P") else { continue }
      rows[try #require(row.id), default: 0] += 1
    }
    return rows
  }

  @Test func `a driver that is killed again and again loses nothing and leaves nothing`() throws {
    let folder = try TemporaryFolder()
    let mark = ProcessTable.Mark(folder)
    defer { ProcessTable.end(mark) }
    let count = TestMode.isLong ? 2000 : 200
    let kills = TestMode.isLong ? 100 : 6
    let lines = (0..<count).map { $0 % 50 == 49 ? "#DISBATCH BARRIER" : "echo \($0) >> done" }
    try folder.write(lines.joined(separator: "\n") + "\n", to: "Tasks")
    let tasks = lines.count { !$0.hasPrefix("#") }
    var random = SplitMix(seed: UInt64(getpid()))

    for _ in 0..<kills {
      let run = try Disbatch.program(["-j", "2", "-p", "run", "-r", "auto", "Tasks"], in: folder)
        .setting(mark.name, to: mark.value).start()
      // Rows of tasks that are passed over come at once, so a kill hits every stage of a run.
      let target = Int.random(in: 0...count, using: &random)
      while wholeRows(of: "run_status.txt", in: folder) < target, run.isAlive { usleep(500) }
      run.send(SIGKILL)
      _ = run.wait(seconds: 60)
      #expect(ProcessTable.leftovers(of: mark).isEmpty)
    }
    let last = try Disbatch.run("-j", "2", "-p", "run", "-r", "auto", "Tasks", in: folder)
    #expect(last.ending == .exited(0), "\(last)")

    for name in try folder.names() where name.contains("_status.txt") {
      #expect(try counting(name, in: folder).values.allSatisfy { $0 == 1 }, "\(name)")
    }
    #expect(try counting("run_status.txt", in: folder).count == tasks)
    let done = Set(try folder.text(of: "done").split(separator: "\n"))
    #expect(done.count == tasks)
  }

  /// Commands of all kinds: good, failing, quoted, killed, not UTF-8, of a REPEAT.
  private static let mixed =
    Array(
      """
      echo good
      exit 3
      echo "it's" 'a "quoted" one'
      kill -9 $$
      #DISBATCH REPEAT 3 start 5 step 2 test $DISBATCH_REPEAT_INDEX != 7
      printf 'tab\there\\n'
      """.utf8
    ) + Array("\necho ".utf8) + [0xFF, 0xE9, 0x0A]

  @Test(.enabled(if: Reference.isHere, "disbatch 3.0 is not installed"))
  func `the reference goes on from our status file`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.mixed, to: "Tasks")
    let ours = try Disbatch.run("-j", "2", "-p", "ours", "Tasks", in: folder)
    #expect(ours.ending == .exited(0), "\(ours)")
    try runReference(["-p", "theirs", "-r", "ours_status.txt", "-R"], folder)
    // What succeeded is passed over, what failed ran again: exit 3, the kill, index 7.
    let rows = try StatusRow.rows(of: "theirs", in: folder)
    #expect(Set(rows.filter { $0.flags.contains("S") }.compactMap(\.id)) == [0, 2, 4, 6, 7, 8])
    #expect(Set(rows.filter { !$0.flags.contains("S") }.compactMap(\.id)) == [1, 3, 5])
  }

  @Test(.enabled(if: Reference.isHere, "disbatch 3.0 is not installed"))
  func `we go on from the reference's status file`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.mixed, to: "Tasks")
    try runReference(["-p", "theirs"], folder)
    let ours = try Disbatch.run(
      "-j",
      "2",
      "-p",
      "ours",
      "-r",
      "theirs_status.txt",
      "-R",
      "Tasks",
      in: folder
    )
    #expect(ours.ending == .exited(0), "\(ours)")
    let rows = try StatusRow.rows(of: "ours", in: folder)
    #expect(Set(rows.filter { $0.flags.contains("S") }.compactMap(\.id)) == [0, 2, 4, 6, 7, 8])
    #expect(Set(rows.filter { !$0.flags.contains("S") }.compactMap(\.id)) == [1, 3, 5])
  }

  @Test(.enabled(if: Reference.isHere, "disbatch 3.0 is not installed"))
  func `attempts that were tried again and tasks that were skipped are no hindrance either way`()
    throws
  {
    let folder = try TemporaryFolder()
    try folder.write(Self.mixed, to: "Tasks")
    let first = ["-j", "2", "-p", "first", "--retries", "1", "Tasks"]
    #expect(try Disbatch.program(first, in: folder).run().ending == .exited(0))
    #expect(try StatusRow.rows(of: "first", in: folder).count { $0.isLeftOut } == 3)
    let second = ["-j", "2", "-p", "second", "-r", "first_status.txt", "Tasks"]
    #expect(try Disbatch.program(second, in: folder).run().ending == .exited(0))
    #expect(
      try StatusRow.rows(of: "second", in: folder).allSatisfy { $0.flags.contains("S") }
    )
    // The reference passes over rows of skipped tasks, so it is given both files.
    try runReference(
      ["-p", "theirs", "-r", "first_status.txt", "-r", "second_status.txt", "-R"],
      folder
    )
    let theirs = try StatusRow.rows(of: "theirs", in: folder)
    #expect(Set(theirs.filter { !$0.flags.contains("S") }.compactMap(\.id)) == [1, 3, 5])
    let last = ["-j", "2", "-p", "last", "-r", "theirs_status.txt", "-R", "Tasks"]
    #expect(try Disbatch.program(last, in: folder).run().ending == .exited(0))
    let ours = try StatusRow.rows(of: "last", in: folder)
    #expect(Set(ours.filter { !$0.flags.contains("S") }.compactMap(\.id)) == [1, 3, 5])
  }

  @Test func `a status file that comes through a pipe counts as one that lies there`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.mixed, to: "Tasks")
    #expect(try Disbatch.run("-j", "2", "-p", "run", "Tasks", in: folder).ending == .exited(0))
    let script = """
      disbatch() { '\(Disbatch.path)' "$@" || echo $? >&2; }
      disbatch run -q -j 2 -p again -R -r <(cat run_status.txt) Tasks 2> told
      mkfifo named; cat run_status.txt > named &
      disbatch run -q -p third --resume-by text -r named Tasks 2> told
      for options in '' --failed '--format tsv'; do
        cat run_status.txt | disbatch status $options /dev/stdin > piped
        disbatch status $options run_status.txt | diff - piped
      done
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run()
    #expect(outcome.ending == .exited(0) && outcome.outputText.isEmpty, "\(outcome)")
    #expect(outcome.errorText.isEmpty, "\(outcome)")
    let again = try StatusRow.rows(of: "again", in: folder)
    #expect(again.count { $0.flags.contains("S") } == 6)
    #expect(try StatusRow.rows(of: "third", in: folder).allSatisfy { $0.flags.contains("S") })
  }

  private func runReference(_ options: [String], _ folder: TemporaryFolder) throws {
    let python = try #require(Reference.python)
    let arguments = ["-m", "disbatch", "--use-address=localhost:0", "-s", "localhost:2"]
    let outcome = try Program(python, arguments + options + ["Tasks"], in: folder).run(seconds: 120)
    #expect(outcome.ending == .exited(0), "\(outcome)")
  }
}
