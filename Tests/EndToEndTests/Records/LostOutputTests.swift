import TestSupport
import Testing

/// Kept output that somebody changes while its run goes on.
@Suite struct LostOutputTests {
  private func run(
    _ tasks: String,
    _ words: [String],
    in folder: TemporaryFolder
  ) throws
    -> ProgramOutcome
  {
    try folder.write(tasks, to: "Tasks")
    return try Disbatch.program(["-j", "1", "-p", "run"] + words + ["Tasks"], in: folder).run()
  }

  private func kept(_ id: Int, in folder: TemporaryFolder) throws -> String {
    try Disbatch.run("output", "kept", "\(id)", in: folder).outputText
  }

  @Test(arguments: [": > kept", "truncate -s 40 kept", "truncate -s 7 kept"])
  func `a file of output that is cut costs what it had, and the run says so`(
    command: String
  ) throws {
    let folder = try TemporaryFolder()
    let tasks = "echo zero\n#DISBATCH BARRIER\n\(command)\necho three\necho four\n"
    let run = try run(tasks, ["--output", "kept"], in: folder)
    #expect(run.ending == .exited(1), "\(run)")
    let told = run.errorText.split(separator: "\n").filter { $0.contains("tasks go on") }
    #expect(told.count == 1 && told[0].contains("kept was cut while"), "\(run)")
    #expect(run.errorText.contains("output that was kept is lost"), "\(run)")
    #expect(try kept(3, in: folder) == "three\n" && kept(4, in: folder) == "four\n")
  }

  @Test(arguments: ["rm kept", "rm kept kept.index"])
  func `a file of output that is removed is there again with all it had`(command: String) throws {
    let folder = try TemporaryFolder()
    let tasks = "echo zero\n#DISBATCH BARRIER\n\(command)\necho three\n"
    let run = try run(tasks, ["--output", "kept"], in: folder)
    #expect(run.ending == .exited(0), "\(run)")
    #expect(run.errorText.contains("kept\n") && run.errorText.contains("is written anew"), "\(run)")
    #expect(try kept(0, in: folder) == "zero\n" && kept(3, in: folder) == "three\n")
  }

  @Test func `a file of output that is removed at the end is there again`() throws {
    let folder = try TemporaryFolder()
    let run = try run("echo zero\n#DISBATCH BARRIER\nrm kept\n", ["--output", "kept"], in: folder)
    #expect(run.ending == .exited(0), "\(run)")
    #expect(try kept(0, in: folder) == "zero\n")
  }

  @Test(arguments: ["rm -r kept", "rm -r kept/00000"])
  func `a folder of results that is removed is made again, and missed`(command: String) throws {
    let folder = try TemporaryFolder()
    let tasks = "echo zero\n#DISBATCH BARRIER\n\(command)\necho three\n"
    let run = try run(tasks, ["--results", "kept"], in: folder)
    #expect(run.ending == .exited(1), "\(run)")
    let told = run.errorText.split(separator: "\n").filter { $0.contains("tasks go on") }
    #expect(told.count == 1 && told[0].contains("was removed while the run went on"), "\(run)")
    #expect(try kept(3, in: folder) == "three\n")
  }

  @Test func `a folder that is removed at the end is missed`() throws {
    let folder = try TemporaryFolder()
    let tasks = "echo zero\n#DISBATCH BARRIER\nmv kept gone\n"
    let run = try run(tasks, ["--results", "kept"], in: folder)
    #expect(run.ending == .exited(1), "\(run)")
    #expect(run.errorText.contains("kept was removed while the run went on"), "\(run)")
  }

  @Test func `a file of results that is removed while its task prints is missed`() throws {
    let folder = try TemporaryFolder()
    let file = "kept/00000/00000000.out"
    let task = "echo one; until test -e \(file); do :; done; rm \(file); echo two\n"
    let run = try run(task, ["--results", "kept"], in: folder)
    #expect(run.ending == .exited(1), "\(run)")
    #expect(run.errorText.contains("the output of 1 task was not kept whole"), "\(run)")
  }
}
