import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Runs that are cut off so hard that their processes live on, and the run that follows.
@Suite struct CutOffRunTests {
  /// A run of a task that sleeps, every process of it that could end the others killed.
  private struct CutOff {
    let folder: TemporaryFolder
    let mark: ProcessTable.Mark
    let alive: NamedPipe

    /// Runs a first task, which says `up` in the pipe `$UP` when it stands, and cuts the run off.
    ///
    /// The second task runs beside it and has its row by then, since the first waits for that.
    init(_ task: String, _ arguments: [String] = ["-p", "run"]) throws {
      folder = try TemporaryFolder()
      mark = ProcessTable.Mark(folder)
      alive = try NamedPipe("alive", .fromTasks, in: folder)
      let second = "until grep -qs . ./*_status.txt; do sleep 0.02; done"
      try folder.write("[ -e again ] || { \(second); \(task); }\ntrue\n", to: "Tasks")
      let run = try Disbatch.program(["run", "-j", "2"] + arguments + ["Tasks"], in: folder)
        .setting(mark.name, to: mark.value).setting("UP", to: alive.path).start()
      try #require(alive.lines(1) == ["up"], "\(run.errorSoFar())")
      // Stopped first, so that none of them sees the others die.
      let machinery = ProcessTable.machinery(of: run.processID)
      for processID in machinery { kill(processID, SIGSTOP) }
      for processID in machinery.reversed() { kill(processID, SIGKILL) }
      #expect(run.wait(seconds: 60).ending == .signalled(SIGKILL))
      try folder.write("", to: "again")
    }

    /// What lives of it.
    var left: [pid_t: String] { ProcessTable.processes(with: mark) }

    /// The run that goes on, which has not the mark.
    func resume(_ arguments: String...) throws -> ProgramOutcome {
      try Disbatch.program(["run", "-j", "2"] + arguments + ["Tasks"], in: folder).run(seconds: 60)
    }
  }

  static let shapes = [
    "exec 9> \"$UP\"; echo up >&9; exec sleep 1000",
    "exec 9> \"$UP\"; trap '' TERM; (setsid sleep 1000 &); echo up >&9; while :; do sleep 100; done",
    "exec 9> \"$UP\"; ( ( setsid env -u UP sleep 1000 ) & ); echo up >&9; sleep 1000",
    "exec 9> \"$UP\"; big=$(printf '%0100000d' 0); export big; echo up >&9; sleep 1000",
    "exec 9> \"$UP\"; sleep 1000 & echo up >&9; kill -STOP $!; kill -STOP $$; sleep 1",
  ]

  @Test(arguments: shapes)
  func `a run that goes on ends what the one before it left`(shape: String) throws {
    let run = try CutOff(shape)
    defer { ProcessTable.end(run.mark) }
    try #require(!run.left.isEmpty, "or nothing is shown")
    let outcome = try run.resume("-p", "run", "-r", "run_status.txt")
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains("of an earlier run that was cut off still run here"))
    #expect(run.left.isEmpty, "\(run.left)")
    #expect(run.alive.ends(seconds: 30))
    #expect(!run.folder.contains("run_run.txt"), "nothing is left to be looked for")
    #expect(
      try run.resume("-p", "run", "-r", "run_status.txt").errorText.contains("cut off") == false
    )
  }

  static let ways: [[String]] = [
    ["-p", "run"],
    ["-p", "other", "-r", "run_status.txt"],
    ["-p", "other", "--force-resume", "-r", "./run_status.txt"],
    ["-p", "other", "--resume-by", "text", "-r", "run_status.txt"],
  ]

  @Test(arguments: ways)
  func `whichever way the earlier run is named, its processes are found`(way: [String]) throws {
    let run = try CutOff(Self.shapes[0])
    defer { ProcessTable.end(run.mark) }
    let outcome = try Disbatch.program(["run", "-j", "2"] + way + ["Tasks"], in: run.folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(run.left.isEmpty, "\(outcome)")
  }

  @Test func `a run of automatic names is found by -r auto`() throws {
    let run = try CutOff(Self.shapes[0], [])
    defer { ProcessTable.end(run.mark) }
    let outcome = try run.resume("-r", "auto")
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(run.left.isEmpty, "\(outcome)")
  }

  @Test func `a run between the two that was cut off as well hides nothing`() throws {
    let run = try CutOff(Self.shapes[0])
    defer { ProcessTable.end(run.mark) }
    let marks = try run.folder.text(of: "run_run.txt")
    // As a run writes it that is cut off before it has ended anything.
    try run.folder.write(marks, to: "second_run.txt")
    try run.folder.write("", to: "second_status.txt")
    try FileManager.default.removeItem(atPath: run.folder.file("run_run.txt"))
    let outcome = try run.resume("-p", "third", "-r", "run_status.txt", "-r", "second_status.txt")
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(run.left.isEmpty, "\(outcome)")
  }

  @Test func `a run that is started by a task of the earlier one spares that task`() throws {
    let resume =
      "'\(Disbatch.path)' run -j 2 -p other -r run_status.txt Tasks 2>&1 | cat > told; echo $? > code"
    let task = """
      (setsid sleep 1000 &); exec 9> "$UP"; echo up >&9; \
      until [ -e go ]; do sleep 0.05; done; \(resume); echo down >&9
      """
    let run = try CutOff(task.replacing("\n", with: " "))
    defer { ProcessTable.end(run.mark) }
    try run.folder.write("", to: "go")
    #expect(run.alive.lines(1) == ["down"], "the task goes on to its end")
    let told = try run.folder.text(of: "told")
    #expect(told.contains("1 process of an earlier run"), "\(told)")
    #expect(told.contains("1 done, 0 failed, 1 skipped"), "\(told)")
    #expect(ProcessTable.leftovers(of: run.mark).isEmpty)
  }

  @Test func `other hosts of a run that was cut off are named, once`() throws {
    let run = try CutOff(Self.shapes[0])
    defer { ProcessTable.end(run.mark) }
    // The second task's row, as if it had been elsewhere.
    let row = try #require(try StatusRow.rows(of: "run", in: run.folder).first)
    var fields = row.line.split(separator: "\t", omittingEmptySubsequences: false)
    fields[4] = "elsewhere"
    try run.folder.write(fields.joined(separator: "\t") + "\n", to: "run_status.txt")
    let marks = try run.folder.text(of: "run_run.txt")
    let line = try #require(marks.split(separator: "\n").last { !$0.hasPrefix("#") })
    let far = line.split(separator: " ").dropLast().joined(separator: " ") + " far.example.org"
    try run.folder.write(
      marks + far.replacing(line.prefix(4), with: "0123") + "\n",
      to: "run_run.txt"
    )
    let outcome = try run.resume("-p", "run", "-r", "run_status.txt")
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let told = outcome.errorText.split(separator: "\n").filter { $0.contains("cannot be seen") }
    #expect(told.count == 1 && told[0].contains("ran on elsewhere, far too"), "\(outcome)")
    // Whoever goes on there is to find them.
    let kept = try run.folder.text(of: "run_run.txt").split(separator: "\n").dropFirst()
    #expect(kept.count == 1 && kept.first?.hasSuffix("far.example.org") == true, "\(kept)")
  }

  @Test func `a run that is going on is let alone`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write("[ -e again ] || { echo up > up; read -r line < go; }\n", to: "Tasks")
    let run = try Disbatch.program(["run", "-j", "1", "-p", "run", "Tasks"], in: folder).start()
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    try folder.write("", to: "again")
    let other = try Disbatch.run("run", "-p", "x", "-r", "run_status.txt", "Tasks", in: folder)
    #expect(!other.errorText.contains("cut off"), "\(other)")
    // Without its status file nothing but the mark tells that it lives.
    try FileManager.default.moveItem(
      atPath: folder.file("run_status.txt"),
      toPath: folder.file("away")
    )
    let same = try Disbatch.run("run", "-p", "run", "Tasks", in: folder)
    #expect(same.ending == .exited(2), "\(same)")
    #expect(same.errorText.contains("belongs to a run that is going on"), "\(same)")
    try go.release()
    #expect(run.wait(seconds: 60).ending == .exited(0))
  }

  @Test func `tasks know their run, and no two runs are the same`() throws {
    let folder = try TemporaryFolder()
    let task =
      "#DISBATCH REPEAT 2 echo $DISBATCH_RUN_ID >> ids; grep -c $DISBATCH_RUN_ID run_run.txt >> n\n"
    try folder.write("#DISBATCH PERENGINE START echo $DISBATCH_RUN_ID >> ids\n" + task, to: "Tasks")
    for _ in 0..<2 {
      #expect(try Disbatch.run("-q", "-p", "run", "Tasks", in: folder).ending == .exited(0))
    }
    let ids = try folder.text(of: "ids").split(separator: "\n")
    #expect(ids.count == 6 && Set(ids).count == 2 && Set(ids[..<3]).count == 1, "\(ids)")
    #expect(ids.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) }, "\(ids)")
    #expect(try folder.text(of: "n") == "1\n1\n1\n1\n")
  }
}
