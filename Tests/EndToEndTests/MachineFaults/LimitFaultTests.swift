import TestSupport
import Testing

/// Machines that have no room for another process or descriptor, or for a command.
@Suite struct LimitFaultTests {
  /// All tasks are done, each with one row that counts, and there was not one refusal for each.
  private func checkAllDone(
    _ outcome: ProgramOutcome,
    _ count: Int,
    _ reason: String,
    in folder: TemporaryFolder
  ) throws {
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains("\(count) done, 0 failed"), "\(outcome)")
    let told = outcome.errorText.split(separator: "\n").filter { $0.contains("has no room") }
    #expect(told.count == 1, "\(outcome)")
    #expect(told.first?.contains(reason) == true, "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder)
    let counting = rows.filter { !$0.isLeftOut }
    #expect(Set(counting.compactMap(\.id)) == Set(0..<count) && counting.count == count)
    #expect(rows.filter(\.isLeftOut).count < count, "\(rows.map(\.line))")
  }

  /// What the tests were started with, and leave open, must not count.
  private static let closeAll = "for n in {3..254}; do eval \"exec $n>&-\"; done"

  @Test func `without descriptors fewer tasks run at a time, and none fails`() throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH REPEAT 60 sleep 0.01\n", to: "Tasks")
    let line = "\(Self.closeAll); ulimit -n 20; exec '\(Disbatch.path)' -e -j 12 -p run Tasks"
    let outcome = try Program("/bin/bash", ["-c", line], in: folder).run()
    try checkAllDone(
      outcome,
      60,
      "Too many open files (the limit is that of ulimit -n)",
      in: folder
    )
  }

  @Test(arguments: [3, 6, 9, 12, 15])
  func `with hardly any descriptors it says so, and nothing is left running`(limit: Int) throws {
    let folder = try TemporaryFolder()
    let mark = ProcessTable.Mark(folder)
    defer { ProcessTable.end(mark) }
    try folder.write("#DISBATCH REPEAT 4 true\n", to: "Tasks")
    let line = "\(Self.closeAll); ulimit -n \(limit); exec '\(Disbatch.path)' -j 1 -p run Tasks"
    let outcome = try Program("/bin/bash", ["-c", line], in: folder)
      .setting(mark.name, to: mark.value).run(seconds: 60)
    if outcome.ending != .exited(0) {
      #expect([.exited(1), .exited(2), .exited(127)].contains(outcome.ending), "\(outcome)")
      // The loader of libraries may be the first to find none.
      let reasons = ["Too many open files", "cannot open shared object file: Error 24"]
      #expect(reasons.contains { outcome.errorText.contains($0) }, "\(outcome)")
    }
    #expect(ProcessTable.leftovers(of: mark).isEmpty)
  }

  @Test(
    .enabled(
      if: Machine.isRoot && Machine.has("/usr/bin/setpriv"),
      "needs root, to become a user whom a limit of processes holds"
    )
  )
  func `without processes fewer tasks run at a time, and none fails`() throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH REPEAT 60 sleep 0.01\n", to: "Tasks")
    let script = """
      chmod 0777 . && cp '\(Disbatch.path)' executable
      exec setpriv --reuid 65534 --regid 65534 --clear-groups \
      /bin/bash -c 'ulimit -u 8; exec ./executable -e -j 12 -p run Tasks'
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run()
    let reason = "Resource temporarily unavailable (the limit may be that of ulimit -u)"
    try checkAllDone(outcome, 60, reason, in: folder)
  }

  @Test func `a command that is too long for the system fails alone`() throws {
    let folder = try TemporaryFolder()
    let long = ": " + String(repeating: "x", count: 200_000)
    try folder.write("\(long)\ntouch started\n", to: "Tasks")
    let outcome = try Disbatch.run("-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.map(\.returnCode) == [7, 0])
    #expect(rows[0].fields[13] == "'cannot start /bin/bash: Argument list too long'")
    #expect(folder.contains("started"))
  }

  @Test func `a status file at the limit of file sizes is as on a full disk`() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "x", count: 40)
    try folder.write((0..<60).map { "echo \($0) >> ran; : \(long)\n" }.joined(), to: "Tasks")
    let script = """
      (ulimit -f 2; exec '\(Disbatch.path)' run -j 2 -p first Tasks); echo $? > code
      '\(Disbatch.path)' run -q -j 2 -p second -r first_status.txt Tasks; echo $? >> code
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run()
    #expect(try folder.text(of: "code") == "1\n0\n", "\(outcome)")
    let reason = "first_status.txt: File too large (the limit may be that of ulimit -f)"
    #expect(outcome.errorText.contains(reason), "\(outcome)")
    #expect(try folder.bytes(of: "first_status.txt").last == 0x0A)
    let first = try StatusRow.rows(of: "first", in: folder)
    #expect(first.count > 5 && first.count < 60)
    #expect(Set(try StatusRow.rows(of: "second", in: folder).compactMap(\.id)) == Set(0..<60))
    let ran = try folder.text(of: "ran").split(separator: "\n")
    #expect(Set(ran).count == 60 && ran.count <= 62, "\(ran.count)")
  }

  @Test(arguments: [("", -25), ("trap '' XFSZ;", 1)])
  func `tasks meet the limit of file sizes as the caller of the run would`(
    trap: String,
    returnCode: Int
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("exec head -c 9000 /dev/zero > large 2> /dev/null\n", to: "Tasks")
    let line = "\(trap) ulimit -f 8; exec '\(Disbatch.path)' run -j 1 -p run Tasks"
    let outcome = try Program("/bin/bash", ["-c", line], in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).map(\.returnCode) == [returnCode])
    #expect(try folder.size(of: "large") == 8192)
  }

  @Test(.enabled(if: PrivateMounts.arePossible, "\(PrivateMounts.need)"))
  func `a run whose /proc is another pid namespace's ends, and takes nobody's number for its own`()
    throws
  {
    let folder = try TemporaryFolder()
    try folder.write("true\nsleep 1000 & :\ntrue\n", to: "Tasks")
    let script = "unshare -pf '\(Disbatch.path)' -q -j 2 -p run Tasks"
    let outcome = try PrivateMounts.shell(script, in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).count == 3)
  }

  @Test(.enabled(if: PrivateMounts.arePossible, "\(PrivateMounts.need)"))
  func `a machine without bash is named, and no task fails for it`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\ntrue\n", to: "Tasks")
    let script = """
      mkdir all some && mount --bind /usr/bin all && mount -t tmpfs tmpfs some
      for program in all/*; do ln -s "$PWD/$program" "some/${program##*/}"; done
      rm some/bash && mount --bind some /usr/bin
      disbatch -j 1 -p run Tasks
      """
    let outcome = try PrivateMounts.shell(script, in: folder).run()
    #expect(outcome.ending == .exited(1), "\(outcome)")
    #expect(outcome.errorText.contains("/bin/bash is not there, or cannot be run"), "\(outcome)")
    #expect(
      outcome.errorText.contains(
        "\ndisbatch: Some engine processes failed -- please check the logs\n"
      )
    )
    #expect(try StatusRow.rows(of: "run", in: folder).isEmpty)
  }
}
