import TestSupport
import Testing

/// What tasks leave running when they end.
@Suite struct LeftoverTests {
  @Test func `tasks that left something running are named at the end, and it is ended`() throws {
    let folder = try TemporaryFolder()
    let tasks = """
      #DISBATCH PERENGINE START sleep 1000 &
      sleep 1001 > /dev/null 2>&1 & :
      :
      setsid sleep 1002 > /dev/null 2>&1 & sleep 1003 > /dev/null 2>&1 &

      """
    try folder.write(tasks, to: "Tasks")
    let mark = ProcessTable.Mark(folder)
    let arguments = ["run", "-j", "3", "--grace", "1", "-p", "run", "Tasks"]
    let outcome = try Disbatch.program(arguments, in: folder)
      .setting(mark.name, to: mark.value)
      .run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let lines = outcome.errorText.split(separator: "\n")
    #expect(lines.contains { $0.contains("waiting up to 1 s for what 2 tasks left") }, "\(outcome)")
    let line = try #require(lines.first { $0.contains("left processes") }, "\(outcome)")
    #expect(line.hasPrefix("2 tasks left processes running in the background (task "))
    // A process that is not yet what it will be shows the command that it came from.
    #expect(line.contains("task 0: ") && line.contains("sleep 1001"), "\(line)")
    #expect(line.contains("task 2: ") && line.contains("sleep 100"), "\(line)")
    #expect(line.hasSuffix("), ended at the end of the run"))
    #expect(ProcessTable.processes(with: mark).isEmpty)
  }

  @Test func `what a task left in the background may end before the run does`() throws {
    let folder = try TemporaryFolder()
    try folder.write("( sleep 0.5; touch ended ) > /dev/null 2>&1 &\n", to: "Tasks")
    let outcome = try Disbatch.run("run", "-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(folder.contains("ended"))
    #expect(!outcome.errorText.contains("ended at the end of the run"), "\(outcome)")
  }

  @Test func `a task waits for the end of its output, and a barrier with it`() throws {
    let folder = try TemporaryFolder()
    let tasks = """
      seq 100000 > >(sleep 0.3; gzip > numbers.gz)
      echo hi > >(sleep 0.3; cat)
      (sleep 0.3; echo late) &
      #DISBATCH BARRIER
      gzip -t numbers.gz && gzip -dc numbers.gz | wc -l > count
      """
    try folder.write(tasks, to: "Tasks")
    let arguments = ["run", "--no-check", "-j", "3", "-p", "run", "Tasks"]
    let outcome = try Disbatch.program(arguments, in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try folder.text(of: "count") == "100000\n")
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.first { $0.id == 1 }?.line.hasPrefix(" O  \t1\t") == true, "\(rows.map(\.line))")
    #expect(rows.first { $0.id == 2 }?.line.contains("\t5\t'late\\n'") == true)
  }

  @Test func `a run that leaves nothing behind says nothing about it`() throws {
    let folder = try TemporaryFolder()
    try folder.write("sleep 0.01 & wait\n#DISBATCH PERENGINE STOP :\n", to: "Tasks")
    let outcome = try Disbatch.run("run", "--no-check", "-p", "run", "Tasks", in: folder)
    #expect(!outcome.errorText.contains("background"), "\(outcome)")
  }
}
