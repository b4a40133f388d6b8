import TestSupport
import Testing

/// The progress line is painted for who types to the run, and for nobody else.
@Suite struct ProgressTests {
  /// What erases the rest of a line behind what was painted.
  private static let mark = "\u{1B}[K"
  private static let task = "[ -e mended ] || { echo up > up; read -r x < go; exit 3; }\n"

  @Test func `in the foreground the line is painted and taken away`() throws {
    let folder = try TemporaryFolder()
    let (up, go) = try (
      NamedPipe("up", .fromTasks, in: folder), NamedPipe("go", .toTasks, in: folder)
    )
    try folder.write(Self.task, to: "T")
    let terminal = try PseudoTerminal()
    let run = try terminal.shell("'\(Disbatch.path)' -j 1 -p r T", in: folder).start()
    #expect(up.lines(1) == ["up"])
    #expect(terminal.shows("1 running"))
    try go.release()
    #expect(terminal.shows("to run what failed again: "))
    #expect(run.wait(seconds: 60).ending == .exited(0))
    terminal.readOn()
    let resume = try #require(ResumeLine(inText: terminal.screen), "\(terminal.screen)")
    #expect(resume.purpose == "to run what failed again")
    try folder.write("", to: "mended")
    let again = try resume.pasted(in: folder).run()
    #expect(again.errorText.contains("1 done, 0 failed, 0 skipped"), "\(resume) \(again)")
    #expect(terminal.screen.contains("\r\(Self.mark)task 0 (line 1) exit 3"), "\(terminal.screen)")
  }

  @Test(arguments: ["", "stty tostop; "])
  func `in the background only messages are written, and nothing stops`(setting: String) throws {
    let folder = try TemporaryFolder()
    let (up, go) = try (
      NamedPipe("up", .fromTasks, in: folder), NamedPipe("go", .toTasks, in: folder)
    )
    try folder.write(Self.task + "true\n", to: "T")
    let terminal = try PseudoTerminal()
    let line = "\(setting)'\(Disbatch.path)' -j 1 -p r T & wait $!"
    let run = try terminal.shell(line, in: folder).start()
    #expect(up.lines(1) == ["up"])
    try go.release()
    #expect(terminal.shows("1 done, 1 failed"))
    #expect(run.wait(seconds: 60).ending == .exited(0))
    #expect(!terminal.screen.contains(Self.mark), "\(terminal.screen)")
    #expect(terminal.screen.contains("task 0 (line 1) exit 3"), "\(terminal.screen)")
  }

  @Test func `what is fetched into the foreground is painted from then on`() throws {
    let folder = try TemporaryFolder()
    let (up, go) = try (
      NamedPipe("up", .fromTasks, in: folder), NamedPipe("go", .toTasks, in: folder)
    )
    try folder.write(Self.task, to: "T")
    let terminal = try PseudoTerminal()
    let line = "'\(Disbatch.path)' -j 1 -p r T & read -r x; echo was $x; fg"
    let run = try terminal.shell(line, in: folder).start()
    #expect(up.lines(1) == ["up"])
    try terminal.type("typed\n")
    #expect(terminal.shows("was typed"))
    #expect(terminal.shows(Self.mark))
    try go.release()
    #expect(run.wait(seconds: 60).ending == .exited(0))
    let screen = terminal.screen
    let painted = try #require(screen.firstRange(of: Self.mark)).lowerBound
    #expect(screen[..<painted].contains("was typed"), "\(screen)")
  }
}
