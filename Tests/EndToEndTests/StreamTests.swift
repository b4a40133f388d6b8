import TestSupport
import Testing

/// Tasks that come down a pipe while the run goes on.
@Suite struct StreamTests {
  @Test func `a task starts when its line is complete`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    var program = Disbatch.program(["run", "-j", "1", "-p", "run", "-"], in: folder)
    program.input = .pipe
    let run = try program.start()
    for word in ["one", "two", "three"] {
      try run.write("echo \(word) ")
      try run.write("> up\n")
      try #require(up.lines(1) == [word], "\(run.errorSoFar())")
    }
    run.closeInput()
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).count == 3)
  }

  @Test func `a malformed directive ends the feed and running tasks end normally`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    var program = Disbatch.program(["run", "-j", "2", "-p", "run", "-"], in: folder)
    program.input = .pipe
    let run = try program.start()
    try run.write("echo up > up; read -r line < go; echo done > first\n")
    try #require(up.lines(1) == ["up"], "\(run.errorSoFar())")
    try run.write("#DISBATCH PREFX x\ntouch second\n")
    run.closeInput()
    try go.release()
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains("DB101"), "\(outcome)")
    #expect(try folder.text(of: "first") == "done\n")
    #expect(!folder.contains("second"))
  }

  @Test(arguments: ["", "--no-check"])
  func `a task file that is a named pipe is opened once`(option: String) throws {
    let folder = try TemporaryFolder()
    let script = """
      mkfifo tasks; { echo 'echo one'; echo 'exit 3'; } > tasks &
      '\(Disbatch.path)' run -j 1 -p run \(option) tasks; echo $? > code
      wait $!; echo $? >> code
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run(seconds: 60)
    #expect(try folder.text(of: "code") == "0\n0\n", "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.map(\.command) == ["echo one", "exit 3"], "\(outcome)")
    // What it said must be said again.
    let line = try #require(ResumeLine(in: outcome), "\(outcome)")
    #expect(line.purpose == "to run what failed again, with the same tasks in tasks again")
  }

  @Test func `expand hands on each line as it comes`() throws {
    let folder = try TemporaryFolder()
    let out = try NamedPipe("out", .fromTasks, in: folder)
    let script = "exec '\(Disbatch.path)' expand - > out"
    var program = Program("/bin/sh", ["-c", script], in: folder)
    program.input = .pipe
    let run = try program.start()
    for line in ["echo one", "echo two"] {
      try run.write(line + "\n")
      try #require(out.lines(1) == [line], "\(run.errorSoFar())")
    }
    run.closeInput()
    #expect(run.wait(seconds: 60).ending == .exited(0))
  }

  @Test func `a closed pipe ends expand without a word`() throws {
    let script = """
      '\(Disbatch.path)' expand - <<< '#DISBATCH REPEAT 1000000000000 x' | head -n 2
      echo ${PIPESTATUS[0]}
      """
    let outcome = try Program("/bin/bash", ["-c", script]).run()
    #expect(outcome.error == [])
    #expect(outcome.outputLines.count == 3)
    #expect(["0", "141"].contains(outcome.outputLines.last), "\(outcome)")
  }
}
