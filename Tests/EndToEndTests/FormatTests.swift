import TestSupport
import Testing

@Suite struct FormatTests {
  private static let rough = "#DISBATCH prefix  ./a \n#DISBATCH repeat   2  START 5   x\n-b  \n"
  private static let fine = "#DISBATCH PREFIX  ./a \n#DISBATCH REPEAT 2 start 5   x\n-b  \n"

  @Test func `fmt rewrites a file in place and leaves it alone the second time`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.rough, to: "Tasks")
    let before = try Disbatch.run("expand", "--format", "json", "Tasks", in: folder)
    #expect(try Disbatch.run("fmt", "--check", "Tasks", in: folder).ending == .exited(1))
    #expect(try folder.text(of: "Tasks") == Self.rough)
    #expect(try Disbatch.run("fmt", "Tasks", in: folder).ending == .exited(0))
    #expect(try folder.text(of: "Tasks") == Self.fine)
    #expect(try Disbatch.run("fmt", "--check", "Tasks", in: folder).ending == .exited(0))
    let after = try Disbatch.run("expand", "--format", "json", "Tasks", in: folder)
    #expect(after.output == before.output)
  }

  @Test func `fmt of standard input comes out on stdout`() throws {
    let outcome = try Disbatch.program(["fmt", "-"]).reading(Self.rough).run()
    #expect(outcome.outputText == Self.fine)
  }

  @Test func `a file with errors is left as it is`() throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH prefix x \n#DISBATCH PREFX y\nz\n", to: "Tasks")
    let outcome = try Disbatch.run("fmt", "Tasks", in: folder)
    #expect(outcome.ending == .exited(1))
    #expect(outcome.errorText.contains("DB101"))
    #expect(try folder.text(of: "Tasks").hasPrefix("#DISBATCH prefix"))
  }

  @Test(arguments: [["fmt"], ["check", "--no-config", "--fix"]])
  func `what is no regular file is refused in place, before it is read`(
    command: [String]
  ) throws {
    let folder = try TemporaryFolder()
    // Nobody writes into it: whoever opened it would wait.
    _ = try NamedPipe("pipe", .toTasks, in: folder)
    // As /dev/stdin is, but a test that fails must not put a file in its place.
    try folder.link("stdin", to: "/proc/self/fd/0")
    func piped(_ words: [String]) -> Program {
      let disbatch = "'\(Disbatch.path)' \(words.joined(separator: " ")) stdin"
      let text = "#DISBATCH prefix a \\nb\\n"
      return Program("/bin/sh", ["-c", "printf '\(text)' | \(disbatch)"], in: folder)
    }
    // Standard input is a file without a name, as here-documents are.
    let programs = [
      Disbatch.program(command + ["pipe"], in: folder), piped(command),
      Disbatch.program(command + ["stdin"], in: folder).reading(Self.rough),
      Disbatch.program(command + ["/dev/null"]),
    ]
    for program in programs {
      let outcome = try program.run()
      #expect(outcome.ending == .exited(2), "\(outcome)")
      #expect(outcome.output == [])
      #expect(outcome.errorText.contains("in place: it is no regular file"), "\(outcome)")
      #expect(outcome.errorText.contains("'-' reads standard input"), "\(outcome)")
    }
    let shown = try piped(["fmt", "--diff"]).run()
    #expect(shown.outputText.contains("+#DISBATCH PREFIX a \n"), "\(shown)")
  }
}
