import FoundationEssentials
import TestSupport
import Testing

@Suite struct CheckSettingsTests {
  /// A folder with a task file two folders down that has one warning (DB203).
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.file("a/b"),
      withIntermediateDirectories: true
    )
    try folder.write("#DISBATCH REPEAT 0 x\nx\n", to: "a/b/Tasks")
    return folder
  }

  private func check(_ words: [String], in folder: TemporaryFolder) throws -> ProgramOutcome {
    try Disbatch.program(["check", "--format=gcc", "--allow=DB4"] + words, in: folder)
      .setting("HOME", to: folder.file("home"))
      .setting("XDG_CONFIG_HOME", to: "").run()
  }

  @Test func `the nearest settings file counts, from the folder of the task file upwards`() throws {
    let folder = try folder()
    #expect(try check(["a/b/Tasks"], in: folder).ending == .exited(0))
    try folder.write("deny=DB203\n", to: ".disbatchrc")
    #expect(try check(["a/b/Tasks"], in: folder).ending == .exited(1))
    try folder.write("allow=repeat-zero\n", to: "a/.disbatchrc")
    #expect(try check(["a/b/Tasks"], in: folder).output == [])
    #expect(try check(["--deny=DB203", "a/b/Tasks"], in: folder).ending == .exited(1))
    #expect(try check(["--no-config", "a/b/Tasks"], in: folder).outputText.contains("warning"))
    let named = try check(["--config", ".disbatchrc", "a/b/Tasks"], in: folder)
    #expect(named.ending == .exited(1))
  }

  @Test func `the user's settings come last`() throws {
    let folder = try folder()
    try FileManager.default.createDirectory(
      atPath: folder.file("home/.config/disbatch"),
      withIntermediateDirectories: true
    )
    try folder.write("deny=DB2\n", to: "home/.config/disbatch/config")
    #expect(try check(["a/b/Tasks"], in: folder).ending == .exited(1))
    try folder.write("", to: "a/.disbatchrc")
    #expect(try check(["a/b/Tasks"], in: folder).ending == .exited(0))
  }

  @Test func `a mistake in settings is a finding that fails, told once`() throws {
    let folder = try folder()
    try folder.write("deny=DB999\n", to: ".disbatchrc")
    let outcome = try check(["a/b/Tasks", "a/b/Tasks"], in: folder)
    #expect(outcome.ending == .exited(1))
    let text = outcome.outputText
    #expect(
      text.ranges(of: ".disbatchrc:1:6: error: there is no finding `DB999` [DB904]").count == 1
    )
  }

  @Test func `settings that cannot be had are a usage error`() throws {
    let folder = try folder()
    let missing = try check(["--config=none", "a/b/Tasks"], in: folder)
    #expect(missing.ending == .exited(2))
    #expect(missing.errorText.contains("cannot read 'none'"))
    let both = try check(["--config=x", "--no-config", "a/b/Tasks"], in: folder)
    #expect(both.ending == .exited(2))
    #expect(both.errorText.contains("--config and --no-config exclude each other"))
  }

  @Test func `suppressed errors do not fail a check, and still refuse the file`() throws {
    let folder = try folder()
    try folder.write("# disbatch: ignore[DB108]\n#DISBATCH barrier\nx\n", to: "T")
    #expect(try check(["T"], in: folder).ending == .exited(0))
    let expand = try Disbatch.run("expand", "T", in: folder)
    #expect(expand.ending == .exited(1))
    #expect(expand.errorText.contains("disBatch 3.0 would have dropped the line"))
  }

  @Test func `an unused suppression is mended without a change of lines`() throws {
    let folder = try folder()
    try folder.write("# disbatch: ignore[DB108, DB203] why\n#DISBATCH REPEAT 0 x\nx\n", to: "T")
    #expect(try check(["--fix", "T"], in: folder).ending == .exited(0))
    #expect(try folder.text(of: "T") == "# disbatch: ignore[DB203] why\n#DISBATCH REPEAT 0 x\nx\n")
  }

  /// Whether DB507, which asks for folders, is told; and whether it fails.
  static let wishes: [(words: [String], isTold: Bool, status: Int32)] = [
    ([], false, 0), (["--deny=all"], false, 0), (["--deny=warnings"], false, 0),
    (["--check-paths"], true, 0), (["--warn=DB507"], true, 0), (["--warn=DB5"], true, 0),
    (["--deny=log-directory-missing"], true, 1), (["--check-paths", "--deny=warnings"], true, 0),
    (["--check-paths", "--deny=DB507"], true, 1), (["--check-paths", "--allow=DB507"], false, 0),
  ]

  @Test(arguments: wishes)
  func `what is opt-in shows when it is asked for by name`(
    words: [String],
    isTold: Bool,
    status: Int32
  ) throws {
    let folder = try folder()
    try folder.write("x > a/y\nx > none/y\n", to: "T")
    let outcome = try check(words + ["T"], in: folder)
    #expect(outcome.outputText.contains("T:2:5: ") == isTold)
    #expect(outcome.outputText.contains("there is no folder `none` [DB507]") == isTold)
    #expect(!outcome.outputText.contains("T:1:"))
    #expect(outcome.ending == .exited(status))
  }
}
