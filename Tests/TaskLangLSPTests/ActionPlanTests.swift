import FoundationEssentials
import TaskLang
import TaskLangLSP
import TestSupport
import Testing

/// What every code action of the editor does to the plan, over the collected task files.
@Suite struct ActionPlanTests {
  struct Input: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    var testDescription: String { name }
  }

  /// Most lines that are looked at in a file, and most tasks of a REPEAT in it.
  private static let (mostLines, mostRepeats) = (40, 1000)

  /// The fixtures of the checks, and the files in the manner of public ones.
  static let inputs: [Input] = {
    var inputs: [Input] = []
    for folder in ["check", "shell"] {
      let path = Repository.file("Tests/Fixtures/\(folder)")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      for name in names.sorted() where name.hasSuffix(".tasks") {
        guard let data = try? Data(contentsOf: URL(filePath: "\(path)/\(name)")),
          data.count < 10_000, let text = String(data: data, encoding: .utf8)
        else { continue }
        inputs.append(Input(name: name, text: text))
      }
    }
    let path = Repository.file("Tests/Fixtures/shell/public.txt")
    let files = (try? String(contentsOf: URL(filePath: path), encoding: .utf8)) ?? ""
    let parts = ("\n" + files).components(separatedBy: "\n=== ").dropFirst()
    for (place, part) in parts.enumerated() where TestMode.isLong || place % 3 == 0 {
      let name = part.prefix { $0 != "\n" }
      inputs.append(Input(name: String(name), text: String(part.dropFirst(name.count + 1))))
    }
    return inputs.filter { input in
      TaskFile(Array(input.text.utf8)).steps.allSatisfy {
        if case .repeated(let range) = $0.kind { range.count <= mostRepeats } else { true }
      }
    }
  }()

  /// What an action leads to.
  private struct Result {
    let title: String
    let kind: String
    let code: String?
    let edits: [(range: Range<Int>, text: String)]
    let source: [UInt8]
  }

  private static func results(
    _ client: inout TestClient,
    _ text: String,
    _ lines: Range<Int>,
    only: JSONTree
  ) throws -> [Result] {
    let actions = try client.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .text(TestClient.uri)],
        "range": TestClient.range((lines.lowerBound, 0), (lines.upperBound, 0)),
        "context": ["diagnostics": [], "only": only],
      ]
    )
    let buffer = TextBuffer(Array(text.utf8))
    return try actions.array.map { action in
      let edits = try action["edit"]["documentChanges"][0]["edits"].array.map { edit in
        let places = try ["start", "end"].map { name in
          let line = try #require(edit["range"][name]["line"].number)
          let character = try #require(edit["range"][name]["character"].number)
          return buffer.offset(of: LSPPosition(line: line, character: character), in: .utf8)
        }
        return (range: places[0]..<places[1], text: edit["newText"].text ?? "")
      }
      var source = Array(text.utf8)
      for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
        source.replaceSubrange(edit.range, with: Array(edit.text.utf8))
      }
      return Result(
        title: action["title"].text ?? "",
        kind: action["kind"].text ?? "",
        code: action["diagnostics"][0]["code"].text,
        edits: edits,
        source: source
      )
    }
  }

  /// What the checks find, as the editor has it.
  private static func findings(_ source: [UInt8]) -> [Diagnostic] {
    let options = LintOptions(
      allowed: [.outputNotCaptured],
      checksShell: true,
      obeysComments: true
    )
    var frontEnd = FrontEnd(
      checker: Checker(options: options, folderExists: { _ in false }, remembersOutlines: true)
    )
    _ = frontEnd.read(source.span) { _, _, _, _, _ in true }
    frontEnd.finish { _, _, _, _, _ in true }
    return frontEnd.checker?.diagnostics ?? []
  }

  /// The steps without the numbers of their lines, which a comment above moves.
  private static func plan(_ source: [UInt8]) -> [String] {
    TaskFile(source).steps.map { step in
      var command = String(decoding: step.command, as: UTF8.self)
      if case .barrier(let check) = step.kind { command = "barrier \(check)" }
      return "\(step.kind) \(step.firstID) \(command)"
    }
  }

  /// The commands in the order of their ids, with the values of variables that tell tasks apart.
  private static func commands(_ source: [UInt8]) -> [String] {
    var commands: [String] = []
    for step in TaskFile(source).steps {
      let command = String(decoding: step.command, as: UTF8.self)
      switch step.kind {
      case .barrier, .perEngine: commands.append("- " + command)
      case .task: commands.append(expanded(command, index: nil, id: step.firstID, line: step.line))
      case .repeated(let indexes):
        for place in 0..<indexes.count {
          commands.append(
            expanded(command, index: indexes[place], id: step.firstID + place, line: step.line)
          )
        }
      }
    }
    return commands
  }

  private static func expanded(_ command: String, index: Int?, id: Int, line: Int) -> String {
    // What `expand --inline` gives a program that looks at its environment.
    let exported = #/export DISBATCH_REPEAT_INDEX=(-?[0-9]+) DISBATCH_REPEAT_INDEX_ZP=[-0-9]+ ; /#
    let index = command.firstMatch(of: exported).flatMap { Int($0.1) } ?? index
    var text = command.replacing(exported, with: "")
    let numbers = [("TASKID", Optional(id)), ("STREAM_INDEX", line), ("REPEAT_INDEX", index)]
    for (name, number) in numbers {
      guard let number else { continue }
      let digits = String(number.magnitude)
      let padded = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
      for (suffix, value) in [("_ZP", padded), ("", String(number))] {
        for form in ["${DISBATCH_\(name)\(suffix)}", "$DISBATCH_\(name)\(suffix)"] {
          text = text.replacing(form, with: value)
        }
      }
    }
    return text
  }

  /// Whether every line that an edit touches is a task's before and afterwards.
  private static func touchesTasksOnly(_ result: Result, of text: String) -> Bool {
    let lines = { (source: [UInt8]) in
      source.split(separator: 0x0A, omittingEmptySubsequences: false)
    }
    let (before, after) = (lines(Array(text.utf8)), lines(result.source))
    guard before.count == after.count else { return false }
    return zip(before, after).allSatisfy { old, new in
      old == new || (old.first != UInt8(ascii: "#") && new.first != UInt8(ascii: "#"))
    }
  }

  @Test(arguments: inputs)
  func `an action changes the plan where its finding says so, and nowhere else`(
    input: Input
  ) throws {
    var client = try TestClient(open: input.text)
    let source = Array(input.text.utf8)
    let (plan, commands) = (Self.plan(source), Self.commands(source))
    let found = Self.findings(source)
    let shown = try client.takeDiagnostics()["diagnostics"].array
    #expect(
      shown.compactMap { $0["code"].text } == found.map(\.code.rawValue),
      "the editor shows the same"
    )
    let lineCount = min(Self.mostLines, source.count { $0 == 0x0A } + 1)
    for line in 0..<lineCount {
      for result in try Self.results(&client, input.text, line..<line + 1, only: ["quickfix"]) {
        let what = "\(result.title): \(String(decoding: result.source, as: UTF8.self))"
        if result.title.hasPrefix("Suppress") {
          #expect(Self.plan(result.source) == plan, "\(what)")
          continue
        }
        let fixes = found.filter { $0.code.rawValue == result.code }.flatMap(\.fixes)
        let fix = try #require(
          fixes.first { FixApplier.applied($0.edits, to: source) == result.source },
          "\(what)"
        )
        if fix.applicability == .safe {
          #expect(Self.plan(result.source) == plan, "\(what)")
        } else if Self.touchesTasksOnly(result, of: input.text) {
          // Each other task is what it was.
          let after = Self.plan(result.source)
          let touched = result.edits.count
          #expect(after.count == plan.count, "\(what)")
          #expect(zip(plan, after).count { $0 != $1 } <= touched, "\(what)")
        }
      }
      for length in 1...3 where line + length <= lineCount {
        let results = try Self.results(
          &client,
          input.text,
          line..<line + length,
          only: ["refactor"]
        )
        for result in results {
          #expect(
            Self.commands(result.source) == commands,
            "\(result.title): \(String(decoding: result.source, as: UTF8.self))"
          )
        }
      }
    }
    for result in try Self.results(&client, input.text, 0..<1, only: ["source.fixAll"]) {
      #expect(Self.plan(result.source) == plan, "\(String(decoding: result.source, as: UTF8.self))")
    }
  }

  @Test func `there are many actions to look at`() throws {
    var count = 0
    for input in Self.inputs {
      var client = try TestClient(open: input.text)
      count += try Self.results(&client, input.text, 0..<Self.mostLines, only: nil).count
    }
    #expect(count > 200, "\(count)")
  }
}
