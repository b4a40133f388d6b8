import TaskLang
import Testing

@Suite struct GitHubRendererTests {
  private func rendered(_ diagnostics: [Diagnostic], of file: String = "Tasks") -> String {
    String(
      decoding: DiagnosticReport.rendered(diagnostics, of: file, as: .github),
      as: UTF8.self
    )
  }

  private let source = Sketch("é #DISBATCH BARRIER", "x")

  @Test func `a finding is one workflow command with everything in it`() {
    let finding = Diagnostic(
      .displacedMarker,
      "`#DISBATCH` is not in column 1",
      at: source.label(1, "#DISBATCH"),
      notes: ["a fact"],
      help: ["do it"]
    )
    #expect(
      rendered([finding]) == """
        ::warning file=Tasks,line=1,endLine=1,col=3,endColumn=12,title=DB103 displaced-marker::\
        `#DISBATCH` is not in column 1%0Anote: a fact%0Ahelp: do it
        1 warning in 1 file

        """
    )
  }

  @Test(
    arguments: [
      ("./a,b:c%d", "file=a%2Cb%3Ac%25d,line="), ("a\r\nb", "file=a%0D%0Ab,line="),
      ("é", "file=é,line="),
    ]
  )
  func `what would end a property is escaped`(file: String, expected: String) {
    let finding = Diagnostic(.nulByte, "m", at: source.label(2, "x"))
    #expect(rendered([finding], of: file).hasPrefix("::error \(expected)"))
  }

  @Test func `a message can neither end its line nor begin a command`() {
    let finding = Diagnostic(
      .nulByte,
      "100% \r\n::set-output name=a::b\u{1B}[0m",
      at: source.label(2, "x")
    )
    #expect(
      rendered([finding]).split(separator: "\n").first?.hasSuffix(
        "nul-byte::100%25 \\r\\n::set-output name=a::b\\x1B[0m"
      ) == true,
      "\(rendered([finding]))"
    )
    #expect(rendered([finding]).split(separator: "\n").count == 2)
  }

  @Test func `the gravest come first, whatever their files`() {
    var report = DiagnosticReport(format: .github)
    var out: [UInt8] = []
    for (file, code) in [("a", DiagnosticCode.shebang), ("b", .loneCr), ("c", .nulByte)] {
      report.append([Diagnostic(code, "m", at: source.label(2, "x"))], of: file, to: &out)
      report.endFile(file, to: &out)
    }
    #expect(out.isEmpty)
    report.finish(to: &out)
    let kinds = String(decoding: out, as: UTF8.self).split(separator: "\n").map {
      $0.prefix { $0 != "," }
    }
    #expect(
      kinds == [
        "::error file=c", "::warning file=b", "::notice file=a", "1 error",
      ]
    )
  }

  @Test func `nothing found is nothing said`() {
    #expect(rendered([]) == "")
  }
}
