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
}
