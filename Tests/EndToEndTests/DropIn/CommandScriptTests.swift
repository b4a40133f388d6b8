import FoundationEssentials
import TestSupport
import Testing

/// The scripts on the PATH through which users call the executable: they change nothing on the way.
@Suite struct CommandScriptTests {
  /// Prefixes with which the first line names the executable, and with which it cannot.
  static let prefixes = [
    "", "a prefix", "it's", "tab\tand\nline", String(repeating: "long/", count: 40) + "end",
  ]

  /// What a shell cannot name, or reads on its own account.
  private static let odd = #"""
    'BASH_FUNC_module%%=() {  eval `/usr/bin/modulecmd bash $*`
    }' 'BASH_FUNC_broken%%=() { nonsense' 'a.b=1' 'X-Y=two words' $'BYTES=\xff\xe9' '1st=x' 'ENV=/x'
    """#.split(separator: "\n").joined(separator: "\n")

  private func run(
    _ line: String,
    _ commands: InstalledCommands,
    in folder: TemporaryFolder
  ) throws -> ProgramOutcome {
    try commands.shell(line, in: folder).run(seconds: 60)
  }

  @Test(arguments: prefixes)
  func `what the caller exports reaches the tasks, whatever its name`(prefix: String) throws {
    let commands = try InstalledCommands(under: prefix)
    let folder = try TemporaryFolder()
    // The parent of a task is its engine, which has what the command was given.
    try folder.write("hello 1 > out; tr '\\0' '\\n' < /proc/$PPID/environ > seen\n", to: "T")
    let given = "exec env \(Self.odd)"
    let line = """
      hello() { echo "hi $1"; }; export -f hello
      (\(given) cat /proc/self/environ) | tr '\\0' '\\n' > given
      (\(given) disbatch -j1 -p r T)
      """
    let outcome = try run(line, commands, in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try folder.text(of: "out") == "hi 1\n")
    func lines(_ name: String) throws -> [Substring] {
      let bytes = try Data(contentsOf: URL(filePath: folder.file(name)))
      return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }
    let before = try lines("given")
    // The one thing that a run gives its engine.
    let after = try lines("seen").filter { !$0.hasPrefix("DISBATCH_RUN_ID=") }
    #expect(before.contains("a.b=1") && before.contains("X-Y=two words"), "\(before)")
    if prefix.isEmpty || prefix == "it's" {
      #expect(after == before)
    } else {
      // A shell is on the way; it may number itself and name what it called.
      let lost = Set(before).subtracting(after)
      #expect(lost.allSatisfy { $0.hasPrefix("SHLVL=") || $0.hasPrefix("_=") }, "\(lost)")
    }
  }

  @Test(arguments: prefixes)
  func `no shell on the way runs BASH_ENV or makes the tasks' shells privileged`(
    prefix: String
  ) throws {
    let commands = try InstalledCommands(under: prefix)
    let folder = try TemporaryFolder()
    try folder.write("echo ran >> '\(folder.file("ran"))'\n", to: "env.sh")
    try folder.write("echo $- > flags\n", to: "T")
    let line = "exec env BASH_ENV='\(folder.file("env.sh"))' SHELLOPTS=braceexpand disBatch T"
    let outcome = try run(line, commands, in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try folder.text(of: "ran") == "ran\n", "the task's own shell, and no other")
    #expect(try !folder.text(of: "flags").contains("p"))
  }

  @Test(arguments: [
    "disBatch -j1 T", "cp \"$(command -v disBatch)\" slurm_script; ./slurm_script -j1 T",
    "ln -s \"$(command -v disBatch)\" link; ./link -j1 T", "bash \"$(command -v disBatch)\" -j1 T",
    "sh \"$(command -v disBatch)\" -j1 T", "env -i \"$(command -v disBatch)\" -j1 T",
    "bash < \"$(command -v disBatch)\" -s -- -j1 T", "exec -a other disBatch -j1 T",
  ])
  func `however the script is read, it is the same command`(line: String) throws {
    for prefix in ["", "a prefix"] {
      let commands = try InstalledCommands(under: prefix)
      let folder = try TemporaryFolder()
      try folder.write("touch \"a file\"\n", to: "T")
      let outcome = try run(line, commands, in: folder)
      #expect(outcome.ending == .exited(0), "\(prefix) \(outcome)")
      #expect(folder.contains("a file"), "\(prefix) \(outcome)")
      try folder.write("touch second\n", to: "check")
      let wrong = line.replacing("-j1 T", with: "--no-such check")
      let refused = try run(wrong, commands, in: try TemporaryFolder())
      #expect(refused.errorText.hasPrefix("disBatch: unknown option"), "\(prefix) \(refused)")
    }
  }

  @Test func `a task file can name a command in its own first line`() throws {
    let commands = try InstalledCommands()
    let folder = try TemporaryFolder()
    try folder.writeProgram("#!\(commands.binaries)/disBatch -j1\ntouch done\n", to: "Tasks")
    let outcome = try run("./Tasks", commands, in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(folder.contains("done"))
  }

  @Test func `a copy in a folder whose name is not UTF-8 runs`() throws {
    let commands = try InstalledCommands()
    let folder = try TemporaryFolder()
    try folder.write("touch done\n", to: "T")
    let line = #"d=$'d\xe9'; mkdir "$d"; cp "$(command -v disbatch)" "$d/job"; "$d/job" T"#
    let outcome = try run(line, commands, in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(folder.contains("done"))
  }

  @Test(arguments: [(127, true), (128, false)])
  func `the first line is no longer than any kernel reads`(length: Int, isDirect: Bool) throws {
    let rest = "#!/ --invoked-as=disBatch,script".utf8.count
    let path = "/" + String(repeating: "x", count: length - rest)
    let script = try Disbatch.run("--command-script=disBatch", path).outputText
    let lines = script.split(separator: "\n")
    let direct = "#!\(path) --invoked-as=disBatch,script"
    #expect(direct.utf8.count == length)
    #expect(lines.first.map(String.init) == (isDirect ? direct : "#!/bin/bash -p"))
    #expect(lines.last == "exec '\(path)' --invoked-as=disBatch \"$@\"")
  }

  @Test(arguments: [["--command-script=sh", "/x"], ["--command-script=disbatch", "x"]])
  func `a script is made of the names and paths there can be`(words: [String]) throws {
    let outcome = try Disbatch.program(words).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains("an absolute path"), "\(outcome)")
  }
}
