import TaskLang
import Testing

@Suite struct DiagnosticReportTests {
  private let source = Sketch("é #DISBATCH BARRIER", "x")

  private func finding(_ code: DiagnosticCode = .displacedMarker) -> Diagnostic {
    Diagnostic(
      code,
      "`#DISBATCH` is not in column 1",
      at: source.label(1, "#DISBATCH", "a comment"),
      labels: [source.label(2, "x", "starts\tat once"), source.label(2, "x")],
      notes: ["the line is a comment"],
      help: ["move it"],
      fixes: [
        FixIt(
          message: "move it",
          applicability: .unsafe,
          edits: [source.edit(1, 0..<3, "\"\\\u{1}")]
        )
      ]
    )
  }

  private func rendered(_ format: DiagnosticFormat, file: String = "Tasks") -> String {
    String(
      decoding: DiagnosticReport.rendered([finding()], of: file, as: format),
      as: UTF8.self
    )
  }

  @Test func `gcc writes one line for the finding and one for each label that says something`() {
    #expect(
      rendered(.gcc, file: "a\nb") == """
        a\\nb:1:3: warning: `#DISBATCH` is not in column 1 [DB103]
        a\\nb:2:1: note: starts\\tat once

        """
    )
  }

  @Test(
    arguments: [
      (DiagnosticCode.nulByte, "error"), (.loneCr, "warning"), (.invalidUtf8, "note"),
      (.shebang, "note"),
    ]
  )
  func `gcc knows three severities`(code: DiagnosticCode, word: String) {
    let out = DiagnosticReport.rendered([finding(code)], of: "t", as: .gcc)
    #expect(String(decoding: out, as: UTF8.self).hasPrefix("t:1:3: \(word): "))
  }

  @Test func `json has every key, in order, with columns in code points and offsets in bytes`() {
    #expect(
      rendered(.json) == #"""
        {"code":"DB103","severity":"warning","message":"`#DISBATCH` is not in column 1","file":"Tasks",\#
        "start":{"line":1,"column":3,"offset":3},"end":{"line":1,"column":12,"offset":12},"labels":[\#
        {"message":"starts\tat once","start":{"line":2,"column":1,"offset":21},\#
        "end":{"line":2,"column":2,"offset":22}},\#
        {"message":"","start":{"line":2,"column":1,"offset":21},"end":{"line":2,"column":2,"offset":22}}],\#
        "notes":["the line is a comment","move it"],"fixes":[{"message":"move it",\#
        "applicability":"unsafe","edits":[{"start":{"line":1,"column":1,"offset":0},\#
        "end":{"line":1,"column":3,"offset":3},"text":"\"\\\u0001"}]}]}

        """#
    )
  }

  @Test func `repeats of a code are counted instead of drawn, for people only`() {
    var out: [UInt8] = []
    var report = DiagnosticReport(format: .human, options: RenderOptions(repeatLimit: 2))
    report.append((0..<5).map { _ in finding() }, of: "Tasks", to: &out)
    report.append([finding(.loneCr)], of: "Tasks", to: &out)
    report.endFile("Tasks", to: &out)
    let text = String(decoding: out, as: UTF8.self)
    #expect(text.ranges(of: "warning[DB103]").count == 2)
    #expect(text.ranges(of: "warning[DB802]").count == 1)
    #expect(text.hasSuffix("\nand 3 more DB103 findings in Tasks\n\n"))
    #expect(report.tally.summary == "6 warnings in 1 file")

    let lines = DiagnosticReport.rendered(
      (0..<15).map { _ in finding() },
      of: "Tasks",
      as: .json
    )
    #expect(lines.count { $0 == UInt8(ascii: "\n") } == 15)
  }

  @Test func `what the checks left out is counted with what the report left out`() {
    var out: [UInt8] = []
    var report = DiagnosticReport(format: .human, options: RenderOptions(repeatLimit: 1))
    report.append([finding(), finding()], of: "Tasks", to: &out)
    report.endFile("Tasks", omitted: [.displacedMarker: 40, .nulByte: 1], to: &out)
    let text = String(decoding: out, as: UTF8.self)
    #expect(
      text.hasSuffix("and 41 more DB103 findings in Tasks\nand 1 more DB702 finding in Tasks\n\n")
    )
    #expect(report.tally.summary == "1 error, 42 warnings in 1 file")
  }

  @Test func `what is left out is counted by the severity that was asked for`() {
    var out: [UInt8] = []
    var report = DiagnosticReport(format: .human)
    report.append([finding()], of: "Tasks", to: &out)
    report.leaveOut([finding(), finding(.nulByte)])
    report.endFile(
      "Tasks",
      omitted: [.displacedMarker: 2],
      severities: [.displacedMarker: .info],
      to: &out
    )
    #expect(
      String(decoding: out, as: UTF8.self).hasSuffix(
        "and 3 more DB103 findings in Tasks\nand 1 more DB702 finding in Tasks\n\n"
      )
    )
    #expect(report.tally.summary == "1 error, 2 warnings, 2 infos in 1 file")
    report.endFile("other", to: &out)
    #expect(report.tally.files == 2 && report.tally.filesWithFindings == 1)
  }

  @Test func `a limit counts anew in each file`() {
    var out: [UInt8] = []
    var report = DiagnosticReport(format: .human, options: RenderOptions(repeatLimit: 1))
    for file in ["a", "b"] {
      report.append([finding()], of: file, to: &out)
      report.endFile(file, to: &out)
    }
    #expect(String(decoding: out, as: UTF8.self).ranges(of: "warning[DB103]").count == 2)
  }

  @Test func `the summary names what there is, worst first`() {
    var tally = FindingTally()
    for severity in [Severity.info, .error, .warning, .error, .error] { tally.count(severity) }
    tally.endFile()
    tally.count(.hint)
    tally.endFile()
    tally.endFile()
    #expect(tally.summary == "3 errors, 1 warning, 1 info, 1 hint in 2 files")
    var clean = FindingTally()
    clean.endFile()
    #expect(clean.summary == "no findings in 1 file")
  }
}
