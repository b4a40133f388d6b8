import TestSupport
import Testing

/// The reference's own test of runs without a scheduler, on our commands.
@Suite struct ReferenceScriptTests {
  @Test(
    .enabled(
      if: Reference.source != nil,
      "needs the reference's source package (scripts/test fetches it)"
    )
  )
  func `the reference's ssh test passes with our commands on the PATH`() throws {
    let folder = try TemporaryFolder()
    let source = try #require(Reference.source)
    let commands = try InstalledCommands()
    // The script works beside its task files.
    let line =
      #"cp -r "$1/tests/test_ssh/." . && [ "$(command -v disBatch)" = "$2/disBatch" ] && ./run.sh"#
    var program = commands.shell(line, in: folder)
    program.arguments += ["bash", source, commands.binaries]
    let outcome = try program.run(seconds: 120)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.outputText.contains("SSH test passed."), "\(outcome)")
    // A test that failed leaves its folder behind.
    #expect(try folder.names().allSatisfy { !$0.hasPrefix("disbatch-test.") })
  }
}
