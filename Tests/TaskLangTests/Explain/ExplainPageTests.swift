import FoundationEssentials
import TaskLang
import TestSupport
import Testing

@Suite struct ExplainPageTests {
  private func severe(_ diagnostics: [Diagnostic], _ least: Severity) -> Set<String> {
    Set(diagnostics.filter { $0.severity >= least }.map(\.code.rawValue))
  }

  /// Those that the checks find by themselves; the page of shellcheck has its test with the program.
  static let ownCodes = DiagnosticCode.allCases.filter { $0 != .shellcheck }

  @Test(arguments: ownCodes)
  func `the bad example has its finding and none as grave`(_ code: DiagnosticCode) {
    let page = code.page
    let found = page.findings(in: page.bad, of: code)
    #expect(severe(found, code.severity) == [code.rawValue])
  }

  @Test(arguments: ownCodes)
  func `the good example has neither the finding nor a warning`(_ code: DiagnosticCode) {
    let page = code.page
    let found = page.findings(in: page.good, of: code)
    #expect(severe(found, .warning) == [])
    #expect(!found.contains { $0.code == code })
  }

  @Test(arguments: DiagnosticCode.allCases)
  func `a page says something in every part, and names other codes`(_ code: DiagnosticCode) {
    let page = code.page
    #expect(!page.finds.isEmpty && page.finds.last != ".")
    #expect(page.why.hasSuffix(".") && page.mend.hasSuffix("."))
    #expect(page.summary.utf8.count <= 200)
    #expect(page.bad != page.good)
    #expect(!page.related.contains(code))
    #expect(Set(page.related).count == page.related.count)
  }

  @Test func `the page of shellcheck names what it is not asked for`() {
    let page = DiagnosticCode.shellcheck.page
    for (number, reason) in ShellcheckComment.excluded {
      #expect(page.why.contains("SC\(number)") && !reason.description.isEmpty)
    }
  }

  @Test func `the marks of an example stand for bytes that would not show`() {
    let example: ExplainExample = "a␠␉␍␀⟨00A0⟩⟨E9⟩"
    #expect(example.source == Array("a \t\r\0\u{A0}".utf8) + [0xE9, 0x0A])
    #expect(example.shown == "a␠␉␍␀⟨00A0⟩⟨E9⟩\n")
    #expect(example.legend?.contains("tab") == true)
    #expect(("plain" as ExplainExample).legend == nil)
  }

  @Test func `the documents are what the pages say`() throws {
    let folder = Repository.file("Docs/lints")
    let documents = ExplainWriter.documents()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.sorted() == documents.map(\.name).sorted())
    for document in documents {
      let path = "\(folder)/\(document.name)"
      let written = try String(contentsOfFile: path, encoding: .utf8)
      #expect(
        written == String(decoding: document.content, as: UTF8.self),
        "\(document.name) is old: disbatch explain --write-docs Docs/lints"
      )
    }
  }

  @Test(arguments: DiagnosticCode.allCases)
  func `text keeps to 80 columns, examples apart`(_ code: DiagnosticCode) {
    var out: [UInt8] = []
    ExplainWriter(format: .text).append(code, to: &out)
    let lines = String(decoding: out, as: UTF8.self).split(separator: "\n")
    #expect(lines.first == "\(code.rawValue) \(code.name)")
    for line in lines where !line.hasPrefix("    ") { #expect(line.count <= 78, "\(line)") }
  }
}
