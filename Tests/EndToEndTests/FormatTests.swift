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
}
