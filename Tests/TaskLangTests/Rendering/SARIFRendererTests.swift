import Foundation
import TaskLang
import Testing

@Suite struct SARIFRendererTests {
  private let source = Sketch("é #DISBATCH BARRIER", "x")

  private func log(_ diagnostics: [Diagnostic], of file: String = "Tasks") throws -> [String: Any] {
    let bytes = DiagnosticReport.rendered(
      diagnostics,
      of: file,
      as: .sarif,
      options: RenderOptions(toolVersion: "1.2.3")
    )
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func run(_ log: [String: Any]) throws -> [String: Any] {
    try #require((log["runs"] as? [[String: Any]])?.first)
  }

  private func results(_ log: [String: Any]) throws -> [[String: Any]] {
    try #require(try run(log)["results"] as? [[String: Any]])
  }

  private func rules(_ log: [String: Any]) throws -> [[String: Any]] {
    let tool = try #require(try run(log)["tool"] as? [String: [String: Any]])
    return try #require(tool["driver"]?["rules"] as? [[String: Any]])
  }

  @Test(arguments: CheckFixture.all)
  func `the log of a fixture is as the schema has it`(_ fixture: CheckFixture) throws {
    let checked = Checked(try fixture.source(), Checked.pedantic)
    let log = try log(checked.diagnostics)
    #expect(SARIFShape.faults(in: log) == [])
    let (results, rules) = (try results(log), try rules(log))
    #expect(results.count == checked.diagnostics.count)
    #expect(Set(rules.compactMap { $0["id"] as? String }).count == rules.count)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
    for rule in rules {
      let full = try #require(rule["fullDescription"] as? [String: String])
      #expect((full["text"] ?? "").count <= 1024)
    }
  }

  @Test func `a log may be written in pieces, several files in it`() throws {
    var report = DiagnosticReport(format: .sarif)
    var pieces: [[UInt8]] = []
    for file in ["a", "b", "c"] {
      for _ in 0..<2 {
        var out: [UInt8] = []
        report.append([Diagnostic(.loneCr, "m", at: source.label(2, "x"))], of: file, to: &out)
        pieces.append(out)
      }
      var end: [UInt8] = []
      report.endFile(file, to: &end)
      pieces.append(end)
    }
    var end: [UInt8] = []
    report.finish(to: &end)
    let bytes = Data(pieces.joined() + end)
    let log = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(SARIFShape.faults(in: log) == [])
    #expect(try results(log).count == 6)
  }

  @Test func `a log of nothing is a log`() throws {
    let log = try log([])
    #expect(SARIFShape.faults(in: log) == [])
    #expect(try results(log).isEmpty)
  }

  @Test func `a shape notices what is missing, unknown or of another kind`() {
    #expect(SARIFShape.faults(in: ["version": "2.1.0", "runs": []]) == [])
    #expect(SARIFShape.faults(in: ["version": "2.1", "runs": []]).count == 1)
    #expect(SARIFShape.faults(in: ["runs": [["tool": 3]], "more": 1]).count == 3)
  }

  @Test func `labels are linked to, and brackets of the user's make no link`() throws {
    let finding = Diagnostic(
      .nulByte,
      "`[a](1)` and \\",
      at: source.label(1, "#DISBATCH"),
      labels: [source.label(2, "x", "the [first]"), source.label(2, "x")],
      notes: ["`${A[0]}`"]
    )
    let result = try #require(try results(try log([finding])).first)
    #expect(
      (result["message"] as? [String: String])?["text"] == #"""
        `\[a\](1)` and \\
        see: [the \[first\]](1)
        note: `${A[0]}`
        """#
    )
    let related = try #require(result["relatedLocations"] as? [[String: Any]])
    #expect(related.count == 1)
    #expect(related.first?["id"] as? Int == 1)
  }

  @Test func `a region has code points and an exclusive end`() throws {
    let finding = Diagnostic(.nulByte, "m", at: source.label(1, "#DISBATCH"))
    let result = try #require(try results(try log([finding])).first)
    let location = try #require((result["locations"] as? [[String: Any]])?.first)
    let physical = try #require(location["physicalLocation"] as? [String: Any])
    #expect(
      physical["region"] as? [String: Int]
        == ["startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 12]
    )
  }

  @Test(
    arguments: [
      ("a b", "a%20b"), ("./x/./y", "x/./y"), ("/tmp/é", "file:///tmp/%C3%A9"),
      ("a:b", "a%3Ab"), ("100%", "100%25"), (".//x", "x"), ("<stdin>", "%3Cstdin%3E"),
    ]
  )
  func `a file's name is a URI`(file: String, uri: String) throws {
    let finding = Diagnostic(.nulByte, "m", at: source.label(2, "x"))
    let result = try #require(try results(try log([finding], of: file)).first)
    let location = try #require((result["locations"] as? [[String: Any]])?.first)
    let physical = try #require(location["physicalLocation"] as? [String: Any])
    #expect(physical["artifactLocation"] as? [String: String] == ["uri": uri])
  }

  @Test func `equal lines have fingerprints that differ, moved ones the same`() throws {
    func fingerprints(_ text: String) throws -> [String] {
      let checked = Checked(Array(text.utf8))
      return try results(try log(checked.diagnostics)).compactMap {
        ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"]
      }
    }
    let first = try fingerprints("#DISBATCH barrier\n#DISBATCH barrier\nx\n")
    let moved = try fingerprints("y\n\n#DISBATCH barrier\nz\n#DISBATCH barrier\nx\n")
    #expect(Set(first).count == 2)
    #expect(first == moved)
  }

  @Test func `a fix that needs a person is left out, and bytes stand in base64`() throws {
    func fix(_ applicability: FixIt.Applicability, _ text: [UInt8]) -> FixIt {
      var edit = source.edit(2, 0..<1, "")
      edit.text = text
      return FixIt(message: "f", applicability: applicability, edits: [edit])
    }
    let finding = Diagnostic(
      .nulByte,
      "m",
      at: source.label(2, "x"),
      fixes: [fix(.placeholder, [65]), fix(.unsafe, [0xFF]), fix(.safe, [66])]
    )
    let log = try log([finding])
    #expect(SARIFShape.faults(in: log) == [])
    let result = try #require(try results(log).first)
    let text = "\(try #require(result["fixes"] as? [[String: Any]]))"
    #expect(text.contains("/w==") && text.contains("safe") && !text.contains("placeholder"))
  }
}
