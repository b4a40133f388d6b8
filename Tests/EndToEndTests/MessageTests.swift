import TestSupport
import Testing

/// What is said of names that hold anything, of words that were meant otherwise, and to whom.
@Suite struct MessageTests {
  /// A name that would colour a terminal and end a line.
  private static let odd = "odd\u{1B}[31m\nname"
  private static let drawn = #"odd\x1B[31m\nname"#

  @Test(arguments: [
    ["check"], ["check", "--fix"], ["fmt"], ["fmt", "--check"], ["expand"], ["run"], ["status"],
    ["output", "--list"],
  ])
  func `a name in a message cannot command a terminal`(command: [String]) throws {
    let folder = try TemporaryFolder()
    let missing = try Disbatch.program(command + [Self.odd], in: folder).run()
    #expect(missing.errorText.contains(Self.drawn), "\(missing)")
    #expect(!missing.errorText.contains("\u{1B}"), "\(missing)")
    try folder.write("#DISBATCH prefix a \nb\n#DISBATCH suffix\n", to: Self.odd)
    let broken = try Disbatch.program(command + [Self.odd], in: folder).run()
    #expect(!(broken.errorText + broken.outputText).contains("\u{1B}"), "\(broken)")
    let option = try Disbatch.program(command + ["--\(Self.odd)"], in: folder).run()
    #expect(option.errorText.contains("unknown option '--\(Self.drawn)'"), "\(option)")
  }

  @Test func `a name in a command of GitHub cannot command a terminal`() throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH suffix\n", to: Self.odd)
    let outcome = try Disbatch.run("check", "--no-config", "--format=github", Self.odd, in: folder)
    #expect(outcome.outputLines[0].hasPrefix(#"::error file=odd\x1B[31m%0Aname,line=1"#))
  }

  @Test(arguments: [odd, "two words", "\"quoted\" \\ back", "plain"])
  func `a patch names any file so that it can be applied`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH prefix a \nb\n", to: name)
    let diff = try Disbatch.run("fmt", "--diff", name, in: folder)
    try folder.write(diff.output, to: "the.patch")
    for tool in [["git", "apply", "the.patch"], ["patch", "-s", "-p1", "-i", "the.patch"]] {
      try folder.write("#DISBATCH prefix a \nb\n", to: name)
      let outcome = try Program("/usr/bin/env", tool, in: folder)
        .setting("GIT_CEILING_DIRECTORIES", to: "/").run()
      #expect(outcome.ending == .exited(0), "\(tool[0]) \(outcome) \(diff)")
      #expect(try folder.text(of: name) == "#DISBATCH PREFIX a \nb\n", "\(tool[0])")
    }
  }

  @Test(arguments: [
    "--help", "--version", "help", "help check", "check --help", "explain DB101", "explain --all",
  ])
  func `an answer that cannot be written is an error`(words: String) throws {
    for ending in ["> /dev/full", ">&-"] {
      let outcome = try Program("/bin/sh", ["-c", "'\(Disbatch.path)' \(words) \(ending)"]).run()
      #expect(outcome.ending == .exited(2), "\(outcome)")
      #expect(outcome.errorText.contains("cannot write 'standard output'"), "\(outcome)")
      #expect(!outcome.errorText.contains("--help'"), "\(outcome)")
    }
  }

  @Test(arguments: [
    (["chekc", "T"], "no command and no task file 'chekc'; did you mean 'disbatch check'?"),
    (["expnd"], "did you mean 'disbatch expand'?"),
    (["help", "chekc"], "output, explain, lsp, help; did you mean 'disbatch check'?"),
    (["expand", "-o", "", "T"], "--output needs a path, not an empty word"),
    (["check", "--deny", "", "T"], "--deny needs the code of a finding"),
    (["check", "--allow=", "T"], "--allow needs the code of a finding"),
    (["check", "--config", "/", "T"], "cannot read '/': it is a directory; name a file in it"),
  ])
  func `words that were meant otherwise are named`(words: [String], text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "T")
    let outcome = try Disbatch.program(words, in: folder).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains(text), "\(outcome)")
    #expect(try folder.names() == ["T"])
  }

  @Test func `a task file with nearly the name of a command is run`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "chekc")
    #expect(try Disbatch.run("chekc", in: folder).ending == .exited(0))
  }
}
