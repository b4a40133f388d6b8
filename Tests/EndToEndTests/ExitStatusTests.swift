import TestSupport
import Testing

/// What scripts learn from the exit status.
@Suite struct ExitStatusTests {
  /// A command line, the task file it is about, and the status it must end with.
  struct Example: CustomStringConvertible, Sendable {
    let arguments: [String]
    let tasks: String
    let status: Int32
    /// What standard error must say; nothing when nil.
    let message: String?

    init(_ line: String, _ tasks: String, _ status: Int32, says message: String? = nil) {
      arguments = line.split(separator: " ").map(String.init)
      self.tasks = tasks
      self.status = status
      self.message = message
    }

    var description: String { "\(arguments.joined(separator: " ")) of \(tasks.debugDescription)" }
  }

  static let runs = [
    Example("run Tasks", "true\n", 0),
    Example("Tasks", "true\n", 0),
    Example("run Tasks", "false\nexit 3\n", 0),
    Example("run -e Tasks", "true\n", 0),
    Example("run -e Tasks", "true\nfalse\n", 1),
    Example("run Tasks --exit-code", "exit 3\n", 1),
    Example("run -e Tasks", "#DISBATCH PERENGINE START false\ntrue\n", 1),
    Example("run -e Tasks", "#DISBATCH PERENGINE STOP false\ntrue\n", 1, says: "tasks failed"),
    Example("run Tasks", "#DISBATCH PERENGINE STOP false\ntrue\n", 0),
    Example("run --fail-fast Tasks", "true\n", 0),
    Example("run -f -j 1 Tasks", "false\necho x >> started\n", 1, says: "fail-fast"),
    Example("-fj1 Tasks", "false\necho x >> started\n", 1),
    Example("run Tasks", "true\n#DISBATCH BARRIER CHECK\ntrue\n", 0),
    Example("run Tasks", "false\n#DISBATCH BARRIER\n#DISBATCH BARRIER CHECK\ntrue\n", 0),
    Example("run Tasks", "false\n#DISBATCH BARRIER CHECK\necho x >> started\n", 1),
    Example("run Tasks", "", 0, says: "No tasks to run."),
    Example("run Tasks", "# nothing\n\n", 0, says: "No tasks to run."),
    Example("run Tasks", "#DISBATCH REPEAT 0 x\n", 0, says: "No tasks to run."),
    Example("run Tasks", "echo x >> started\n#DISBATCH PREFX x\n", 2, says: "DB101"),
    Example("run --no-check Tasks", "true\n#DISBATCH PREFX x\n", 0),
    Example("run Tasks", "#DISBATCH BARRIER barrier-key\ntrue\n", 0),
    Example("run Missing", "", 2, says: "Missing"),
    Example("run .", "", 2),
    Example("run --fail-fats Tasks", "echo x >> started\n", 2, says: "--fail-fast"),
    Example("--fail-fats Tasks", "echo x >> started\n", 2, says: "--fail-fast"),
    Example("run -s localhost:0 Tasks", "echo x >> started\n", 2),
    Example("run -j 0 Tasks", "echo x >> started\n", 2),
    Example("run -j many Tasks", "echo x >> started\n", 2),
    Example("run -S -s localhost:1 Tasks", "echo x >> started\n", 2),
    Example("run -S --retire-cmd true Tasks", "echo x >> started\n", 2),
    Example("run --mailFreq 2 Tasks", "echo x >> started\n", 2, says: "mailTo"),
    Example("run -p nowhere/at/all Tasks", "echo x >> started\n", 2, says: "does not exist"),
    Example("run Tasks Tasks", "echo x >> started\n", 2),
    Example("chekc Tasks", "true\n", 2, says: "'chekc'; did you mean 'disbatch check'?\n"),
    Example("run", "", 2),
    Example("", "", 2),
  ]

  @Test(arguments: runs)
  func `a run ends with the status that it is documented to end with`(example: Example) throws {
    try Self.check(example) { folder in
      #expect(!folder.contains("started"), "a task was started")
    }
  }

  static let others = [
    Example("check Tasks", "true\n", 0),
    Example("check Tasks", "", 0),
    Example("check Tasks", "#DISBATCH PREFX x\ntrue\n", 1),
    Example("check Tasks", "#disbatch PREFIX x\ntrue\n", 0),
    Example("check Missing", "", 2, says: "Missing"),
    Example("check .", "", 2),
    Example("check --no-such-option Tasks", "true\n", 2),
    Example("check --format fancy Tasks", "true\n", 2, says: "human"),
    Example("expand Tasks", "true\n", 0),
    Example("expand Tasks", "#DISBATCH PREFX x\ntrue\n", 1, says: "DB101"),
    Example("expand --no-check Tasks", "#DISBATCH PREFX x\ntrue\n", 0),
    Example("expand --format json --no-check Tasks", "x\n#DISBATCH PERENGINE STOP y\n", 0),
    Example("expand Missing", "", 2, says: "Missing"),
    Example("expand --format fancy Tasks", "true\n", 2, says: "json"),
    Example("--version", "", 0),
    Example("--help", "", 0),
    Example("help output", "", 0),
    Example("help outptu", "", 2, says: "status, output, explain"),
    Example("fmt Tasks", "#DISBATCH PREFX x\ntrue\n", 1, says: "; 'disbatch run --no-check' does"),
  ]

  @Test(arguments: others)
  func `check and expand end with the status that they are documented to end with`(
    example: Example
  ) throws {
    try Self.check(example) { _ in }
  }

  @Test func `the bare version is all that goes to standard output`() throws {
    let outcome = try Disbatch.run("--version")
    #expect(outcome.outputText.wholeMatch(of: /[0-9]+\.[0-9]+(\.[0-9]+)?[-+.a-z0-9]*\n/) != nil)
    #expect(outcome.error == [])
  }

  @Test(arguments: ["check Tasks", "expand Tasks", "run -p run Tasks"])
  func `nothing but results goes to standard output`(line: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("echo from the task\n#DISBATCH PREFX x\n", to: "Tasks")
    let words = line.split(separator: " ").map(String.init)
    let outcome = try Disbatch.program(words, in: folder).run()
    #expect(outcome.outputText == "" || words[0] == "check")
    #expect(!outcome.errorText.contains("\u{1B}"), "colour though this is no terminal")
    #expect(!outcome.outputText.contains("\u{1B}"), "colour though this is no terminal")
  }

  private static func check(_ example: Example, _ more: (TemporaryFolder) -> Void) throws {
    let folder = try TemporaryFolder()
    try folder.write(example.tasks, to: "Tasks")
    let outcome = try Disbatch.program(example.arguments, in: folder).run()
    #expect(outcome.ending == .exited(example.status), "\(outcome)")
    if let message = example.message {
      #expect(outcome.errorText.contains(message), "\(outcome)")
    }
    more(folder)
  }
}
