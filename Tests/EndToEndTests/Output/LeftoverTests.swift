import TestSupport
import Testing

/// What tasks leave running when they end.
@Suite struct LeftoverTests {
  @Test func `tasks that left something running are named at the end, and it is ended`() throws {
    let folder = try TemporaryFolder()
    let tasks = """
      #DISBATCH PERENGINE START sleep 1000 &
      sleep 1001 & :
      :
      setsid sleep 1002 > /dev/null 2>&1 & sleep 1003 &

      """
    try folder.write(tasks, to: "Tasks")
    let mark = ProcessTable.Mark(folder)
    let outcome = try Disbatch.program(["run", "-j", "1", "-p", "run", "Tasks"], in: folder)
      .setting(mark.name, to: mark.value)
      .run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let lines = outcome.errorText.split(separator: "\n")
    let line = try #require(lines.first { $0.contains("left processes") }, "\(outcome)")
    #expect(line.hasPrefix("2 tasks left processes running in the background (task 0: "))
    // A process that is not yet what it will be shows the command that it came from.
    #expect(line.contains("sleep 1001"), "\(line)")
    #expect(line.contains("task 2: ") && line.contains("sleep 100"), "\(line)")
    #expect(line.hasSuffix("), ended at the end of the run"))
    #expect(ProcessTable.processes(with: mark).isEmpty)
  }

  @Test func `a run that leaves nothing behind says nothing about it`() throws {
    let folder = try TemporaryFolder()
    try folder.write("sleep 0.01 & wait\n#DISBATCH PERENGINE STOP :\n", to: "Tasks")
    let outcome = try Disbatch.run("run", "--no-check", "-p", "run", "Tasks", in: folder)
    #expect(!outcome.errorText.contains("background"), "\(outcome)")
  }
}
