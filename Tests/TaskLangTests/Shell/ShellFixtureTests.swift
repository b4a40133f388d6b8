import FoundationEssentials
import TaskLang
import TestSupport
import Testing

/// A task file under Tests/Fixtures/shell; its first line says what is found in it, as `DB301:3`.
struct ShellFixture: CustomTestStringConvertible, Sendable {
  let name: String
  let source: [UInt8]

  var testDescription: String { name }

  /// The code it shows.
  var code: DiagnosticCode? { DiagnosticCode(rawValue: String(name.prefix(5))) }

  /// What its first line says.
  var expected: [String] {
    let first = source.split(separator: 0x0A, maxSplits: 1)[0]
    return String(decoding: first, as: UTF8.self).split(separator: " ").dropFirst(2)
      .map(String.init).sorted()
  }

  /// All fixtures of a folder.
  static func all(in folder: String) -> [ShellFixture] {
    let path = Repository.file("Tests/Fixtures/\(folder)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".tasks") }.sorted().compactMap { name in
      guard let data = try? Data(contentsOf: URL(filePath: "\(path)/\(name)")) else { return nil }
      return ShellFixture(name: name, source: Array(data))
    }
  }
}

@Suite struct ShellFixtureTests {
  static let fixtures = ShellFixture.all(in: "shell")
  static let clean = ShellFixture.all(in: "shell/clean")
  static let families = ["DB3", "DB4", "DB5", "DB6"]

  private func options(_ fixture: ShellFixture) -> LintOptions {
    var options = LintOptions(checksShell: true)
    options.enabled = Set([fixture.code].compactMap { $0 })
    if fixture.code != .outputNotCaptured { options.allowed = [.outputNotCaptured] }
    return options
  }

  private func places(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.filter { Self.families.contains($0.code.family) }
      .map { "\($0.code.rawValue):\($0.primary.span.start.line)" }.sorted()
  }

  @Test(arguments: fixtures)
  func `a fixture shows what it says, and nothing else`(_ fixture: ShellFixture) {
    #expect(places(Checked(fixture.source, options(fixture)).diagnostics) == fixture.expected)
    #expect(fixture.expected.contains { $0.hasPrefix(fixture.code?.rawValue ?? "none") })
  }

  @Test func `every code of the shell families has a fixture`() {
    let known = DiagnosticCode.allCases.filter { Self.families.contains($0.family) }
    #expect(Set(Self.fixtures.compactMap(\.code)) == Set(known))
  }

  @Test(arguments: clean)
  func `a file in the manner of real use has no error and no warning`(_ fixture: ShellFixture) {
    let found = Checked(fixture.source, LintOptions(checksShell: true)).diagnostics
    #expect(
      found.filter { $0.severity >= .warning }.map {
        "\($0.code.rawValue) \($0.message) \($0.primary.span.start.line)"
      } == []
    )
  }

  @Test func `there are enough files in the manner of real use`() {
    #expect(Self.clean.count >= 40)
  }

  @Test(arguments: fixtures + clean)
  func `what is found does not depend on how the input is cut`(_ fixture: ShellFixture) {
    let options = LintOptions(checksShell: true)
    let whole = Checked(fixture.source, options).diagnostics
    #expect(Checked(fixture.source, options, chunkBytes: 7).diagnostics == whole)
  }

  @Test(arguments: fixtures)
  func `shell findings refuse no file`(_ fixture: ShellFixture) {
    let checked = Checked(fixture.source, LintOptions(checksShell: true))
    #expect(!(checked.firstRefusal.map { Self.families.contains($0.code.family) } ?? false))
  }

  @Test(arguments: fixtures)
  func `a fix removes its finding and brings no error`(_ fixture: ShellFixture) {
    let options = options(fixture)
    let checked = Checked(fixture.source, options)
    for diagnostic in checked.diagnostics where Self.families.contains(diagnostic.code.family) {
      for fix in diagnostic.fixes {
        #expect(fix.applicability != .safe, "\(diagnostic.code)")
        let mended = applied(fix, to: fixture.source)
        let after = Checked(mended, options).diagnostics
        let place = "\(diagnostic.code.rawValue):\(diagnostic.primary.span.start.line)"
        #expect(!places(after).contains(place), "\(String(decoding: mended, as: UTF8.self))")
        let errors = checked.diagnostics.count { $0.severity == .error }
        #expect(after.count { $0.severity == .error } <= errors)
      }
    }
  }

  @Test(arguments: fixtures)
  func `places lie in the file`(_ fixture: ShellFixture) {
    for diagnostic in Checked(fixture.source, LintOptions(checksShell: true)).diagnostics {
      for label in [diagnostic.primary] + diagnostic.labels {
        #expect(label.span.start.offset <= label.span.end.offset)
        #expect(label.span.end.offset <= fixture.source.count)
        let line = fixture.source[..<label.span.start.offset].count { $0 == 0x0A } + 1
        #expect(line == label.span.start.line)
      }
    }
  }

  /// What the checks say of the reference's own example files, errors of the language left out.
  static let examples: [(name: String, codes: Set<String>)] = [
    ("DBtasksOneBadOneLeaky", ["DB401", "DB403"]), ("4KTasksRep", []), ("GPUTasks", []),
    ("DCPTTasks", []), ("barrierCheckFail", ["DB408"]), ("WayTooLongTask", []),
  ]

  @Test(.enabled(if: Reference.source != nil), arguments: examples)
  func `the reference's examples are clean but for what they are meant to show`(
    name: String,
    codes: Set<String>
  ) throws {
    let folder = try #require(Reference.source)
    let source = try Data(contentsOf: URL(filePath: "\(folder)/exampleTaskFiles/\(name)"))
    let found = Checked(Array(source), LintOptions(checksShell: true)).diagnostics
    #expect(
      Set(found.map(\.code.rawValue).filter { Self.families.contains(String($0.prefix(3))) })
        == codes
    )
  }

  /// The indented blocks of a Markdown text that are task files.
  private static func taskFiles(inBlocksOf markdown: String) -> [String] {
    var blocks: [String] = []
    var block = ""
    for line in (markdown + "\nend").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("    ") || line.isEmpty && !block.isEmpty {
        block += line.dropFirst(4) + "\n"
      } else {
        if block.contains("#DISBATCH") || block.contains("myprog") { blocks.append(block) }
        block = ""
      }
    }
    return blocks
  }

  @Test(.enabled(if: Reference.source != nil))
  func `the snippets of the reference's README are clean but for the one that is no bash`() throws {
    let folder = try #require(Reference.source)
    let text = try String(contentsOf: URL(filePath: "\(folder)/Readme.md"), encoding: .utf8)
    let blocks = Self.taskFiles(inBlocksOf: text)
    #expect(blocks.count > 10)
    for block in blocks {
      let found = Checked(Array(block.utf8), LintOptions(checksShell: true)).diagnostics.filter {
        $0.severity == .error || $0.severity == .warning && $0.code.isOfShell
      }
      let isUnclosed = block.contains("c=$((DISBATCH_REPEAT_INDEX%10) ;")
      #expect(found.map(\.code) == (isUnclosed ? [.shellSyntax] : []), "\(block)")
    }
  }

  @Test func `what recurs is told once and counted`() throws {
    var text = "#DISBATCH SUFFIX  > log\n"
    for number in 0..<1000 { text += "run \(number)\n" }
    let found = Checked(Array(text.utf8), LintOptions(checksShell: true)).diagnostics
    #expect(found.map(\.code.rawValue) == ["DB407", "DB501"])
    #expect(found[0].notes.last == "and 999 more tasks with the same prefix and suffix")
    #expect(found[1].notes.last == "and 998 more tasks with the same prefix and suffix")
  }

  @Test func `lines of plain words are as well understood as others`() {
    let affixes = [
      ("", ""), ("cd x ; ", " > log_${DISBATCH_TASKID}"), ("( a ", " ) &> l"), ("env ", ""),
    ]
    let lines = [
      "run a b", "run 'a b'", "date", "exit 1", "cd x", "run a=b", "a=b run", "run 2", "-x",
      "for i",
      "run \"a $DISBATCH_TASKID_x\"", "if", "é x", "run {a}", "run a ; b",
    ]
    for (prefix, suffix) in affixes {
      for line in lines {
        let head = "#DISBATCH PREFIX \(prefix)\n#DISBATCH SUFFIX \(suffix)\n"
        let first = Checked(Array("\(head)\(line)\n".utf8), LintOptions(checksShell: true))
        let second = Checked(
          Array("\(head)warm > up_$DISBATCH_TASKID\nrun plain words\n\(line)\n".utf8),
          LintOptions(checksShell: true)
        )
        let expected = first.diagnostics.filter {
          $0.primary.span.start.line == 3 && $0.code != .outputNotCaptured
        }
        let found = second.diagnostics.filter {
          $0.primary.span.start.line == 5 && $0.code != .outputNotCaptured
        }
        #expect(expected.map(\.message) == found.map(\.message), "\(prefix)|\(line)|\(suffix)")
      }
    }
  }
}
