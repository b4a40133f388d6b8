import Foundation
import TaskLang
import TestSupport
import Testing

/// The examples of Grammar.md, in their order.
private struct Example: Sendable, CustomStringConvertible {
  var line: Int
  var source: [UInt8]
  var plan: String?
  var findings: String?

  var description: String { "Grammar.md:\(line)" }

  static let all: [Example] = {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Grammar.md").standardizedFileURL
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    return examples(in: text)
  }()

  private static func examples(in text: String) -> [Example] {
    var examples: [Example] = []
    var fence: String?
    var body: [String] = []
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      guard line.hasPrefix("```") else {
        if fence != nil { body.append(line) }
        continue
      }
      guard let kind = fence else {
        (fence, body) = (String(line.dropFirst(3)), [])
        continue
      }
      let content = body.map { $0 + "\n" }.joined()
      switch kind {
      case "tasks": examples.append(Example(line: number, source: source(content)))
      case "plan": examples[examples.count - 1].plan = content
      case "findings": examples[examples.count - 1].findings = content
      default: break
      }
      fence = nil
    }
    return examples
  }

  private static func source(_ text: String) -> [UInt8] {
    Array(text.replacing("␠", with: " ").replacing("␉", with: "\t").utf8)
  }
}

@Suite struct GrammarTests {
  @Test func `the page has examples`() {
    #expect(Example.all.count >= 12)
  }

  @Test(arguments: Example.all)
  private func `an example expands as it says`(example: Example) throws {
    let plan = try #require(example.plan, "\(example) has no plan")
    var expander = Expander(format: .json, name: "Tasks", checks: false)
    var output: [UInt8] = []
    _ = expander.read(example.source.span, into: &output) { _ in true }
    expander.finish(into: &output) { _ in true }
    #expect(String(decoding: output, as: UTF8.self) == plan)
  }

  @Test(arguments: Example.all)
  private func `an example has the findings it says, and no other`(example: Example) {
    var frontEnd = FrontEnd(checker: Checker())
    _ = frontEnd.read(example.source.span) { _, _, _, _, _ in true }
    frontEnd.finish { _, _, _, _, _ in true }
    let found = (frontEnd.checker?.diagnostics ?? [])
      .filter { $0.severity >= .warning }
      .map { "\($0.primary.span.start.line) \($0.code.rawValue)\n" }
    #expect(found.joined() == example.findings ?? "")
  }
}
