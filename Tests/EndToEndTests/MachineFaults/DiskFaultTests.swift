import TestSupport
import Testing

/// Disks that are full or not to be written, and folders that go away.
@Suite struct DiskFaultTests {
  @Test(.enabled(if: PrivateMounts.arePossible, "\(PrivateMounts.need)"))
  func `on a full disk no row is torn, and a resumed run does just the rest`() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "x", count: 150)
    let tasks = (0..<500).map { "echo \($0) >> ran; : \(long)\n" }.joined()
    try folder.write(tasks, to: "Tasks")
    let script = """
      mkdir small && mount -t tmpfs -o size=64k tmpfs small
      disbatch -j 2 -p small/run Tasks 2> >(tee told >&2); echo $? > code
      cp small/run_status.txt full_status.txt
      mount -o remount,size=16m small
      bash -c "$(sed -n 's/^to go on: //p' told)"; echo $? >> code
      cp small/run_status.txt more_status.txt
      """
    let outcome = try PrivateMounts.shell(script, in: folder).run()
    #expect(try folder.text(of: "code") == "1\n0\n", "\(outcome)")
    #expect(outcome.errorText.contains("run_status.txt: No space left on device"), "\(outcome)")
    #expect(outcome.errorText.contains("rows could not be written; those tasks count as not run"))
    let first = try StatusRow.rows(of: "full", in: folder)
    #expect(try folder.bytes(of: "full_status.txt").last == 0x0A)
    #expect(first.count > 50 && first.count < 500)
    let second = try StatusRow.rows(of: "more", in: folder)
    #expect(Set(second.compactMap(\.id)) == Set(0..<500) && second.count == 500)
    // What was recorded ran once; what ended without a row, at most a slot's worth, ran again.
    let ran = try folder.text(of: "ran").split(separator: "\n")
    #expect(Set(ran).count == 500 && ran.count <= 502, "\(ran.count)")
  }

  @Test(.enabled(if: PrivateMounts.arePossible, "\(PrivateMounts.need)"))
  func `logs that find no room cost nothing but themselves`() throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH REPEAT 50 true\n", to: "Tasks")
    let script = """
      mkdir small && mount -t tmpfs -o size=16k tmpfs small
      head -c 1m /dev/zero > small/full 2> /dev/null
      disbatch -j 2 -p run --loglevel DEBUG --logfile small/log Tasks
      """
    let outcome = try PrivateMounts.shell(script, in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).count == 50)
  }

  @Test(.enabled(if: PrivateMounts.arePossible, "\(PrivateMounts.need)"))
  func `a folder that cannot be written is named before anything starts`() throws {
    let folder = try TemporaryFolder()
    try folder.write("touch started\n", to: "Tasks")
    let script = """
      mkdir fixed && mount -t tmpfs -o ro tmpfs fixed
      disbatch -p fixed/run Tasks
      """
    let outcome = try PrivateMounts.shell(script, in: folder).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains("/fixed/run_status.txt: Read-only file system; -p PATH"))
    #expect(!folder.contains("started"))
  }

  @Test(arguments: [
    ("rm -r results", "run_status.txt", "was removed while the run went on; it is written anew"),
    ("mv results kept", "kept/run_status.txt", "was moved while the run went on"),
    ("rm results/run_status.txt", "results/run_status.txt", "was removed while the run went on"),
  ])
  func `a status file whose folder goes away is kept and named`(
    line: String,
    place: String,
    message: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("results")
    try folder.write("true\n\(line)\nexit 3\n", to: "Tasks")
    let outcome = try Disbatch.run("-j", "1", "-p", "results/run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains(message), "\(outcome)")
    #expect(outcome.errorText.contains("/\(place)\n"), "\(outcome)")
    let rows = try folder.text(of: place).split(separator: "\n").map { StatusRow(String($0)) }
    #expect(rows.map { $0?.returnCode } == [0, 0, 3])
  }

  @Test func `tasks run on when their folder is removed, and all are recorded`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("work")
    try folder.write("rm -r '\(folder.path)/work'\ntrue\nexit 3\n", to: "Tasks")
    let line = "cd work && exec '\(Disbatch.path)' -j 1 -p ../run ../Tasks"
    let outcome = try Program("/bin/bash", ["-c", line], in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).map(\.returnCode) == [0, 0, 3])
  }
}
