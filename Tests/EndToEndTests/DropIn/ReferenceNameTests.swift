import TestSupport
import Testing

/// Under the reference's name there is one command, which runs, and everything speaks of that.
@Suite struct ReferenceNameTests {
  private func outcome(of line: String) throws -> ProgramOutcome {
    let folder = try TemporaryFolder()
    let commands = try InstalledCommands()
    return try commands.shell(line, in: folder).run(seconds: 60)
  }

  @Test(arguments: ["disBatch --help", "disBatch -h", "disBatch -e --help Tasks"])
  func `help is about running a file`(line: String) throws {
    let outcome = try outcome(of: line)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let text = outcome.outputText
    #expect(text.hasPrefix("usage: disBatch [OPTION]... TASKFILE|-\n\nRuns "), "\(outcome)")
    #expect(text.contains("  disBatch -s localhost:5 Tasks "), "\(outcome)")
    #expect(!text.contains(/disbatch (Tasks|-|\[|run)/), "\(outcome)")
  }

  @Test(arguments: [
    ("disBatch", "no task file named"), ("disBatch --fail-fats Tasks", "--fail-fast"),
    ("disBatch check Tasks", "'check'"),
  ])
  func `what is wrong with a command line is said under that name`(
    line: String,
    message: String
  ) throws {
    let outcome = try outcome(of: line)
    #expect(outcome.ending == .exited(2), "\(outcome)")
    let lines = outcome.errorText.split(separator: "\n")
    #expect(lines.count == 2, "\(outcome)")
    #expect(lines.first?.hasPrefix("disBatch: ") == true, "\(outcome)")
    #expect(lines.first?.contains(message) == true, "\(outcome)")
    #expect(lines.last == "disBatch: try 'disBatch --help'", "\(outcome)")
  }

  @Test(arguments: ["check", "engine", "help"])
  func `a task file may have any name`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("touch done\n", to: name)
    let commands = try InstalledCommands()
    let run = try commands.shell("disBatch \(name)", in: folder).run(seconds: 60)
    #expect(run.ending == .exited(0), "\(run)")
    #expect(folder.contains("done"), "\(run)")
  }
}
