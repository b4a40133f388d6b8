import TaskLang
import TestSupport
import Testing

@Suite struct CheckerTests {
  private func codes(_ text: String, _ options: LintOptions = LintOptions()) -> [String] {
    Checked(Array(text.utf8), options).diagnostics.map(\.code.rawValue)
  }

  @Test(
    arguments: [
      ("#DISBATCH REPEAT 0 x\n#DISBATCH PERENGINE START y\nrun\n", ["DB203", "DB202"]),
      ("#DISBATCH nothing\n#DISBATCH PERENGINE START y\nrun\n", ["DB101", "DB202"]),
      ("#DISBATCH BARRIER k\n#DISBATCH PERENGINE START y\nrun\n", ["DB202"]),
      ("#DISBATCH BARRIER k\nrun\n#DISBATCH PERENGINE START y\n", ["DB201"]),
      ("#DISBATCH PERENGINE START y\n#DISBATCH BARRIER CHECK\nrun\n", []),
      ("#DISBATCH PREFIX p \n#DISBATCH PERENGINE START y\n#DISBATCH PREFIX q \nrun\n", []),
      ("run\n#DISBATCH PREFIX \n#DISBATCH SUFFIX \n", []),
      ("run\n#DISBATCH BARRIER\n#DISBATCH BARRIER CHECK\n", ["DB210"]),
      ("#DISBATCH BARRIER\n#DISBATCH BARRIER\nrun\n", ["DB207", "DB209"]),
      ("#DISBATCH BARRIER\n", ["DB215", "DB207"]),
      ("", ["DB215"]), ("\n\n", ["DB215"]),
      ("#DISBATCH REPEAT 3 repeat_me $DISBATCH_REPEAT_INDEX_ZP\n", []),
      ("#DISBATCH SUFFIX # thrice\nrun\n", []),
      ("run\r", []), ("run", []), ("#DISBATCH\r\nrun\n", ["DB104", "DB802"]),
    ]
  )
  func `findings for whole inputs`(text: String, expected: [String]) {
    #expect(codes(text) == expected)
  }

  @Test(arguments: [
    ("", "no PREFIX or SUFFIX is in force"),
    ("#DISBATCH PREFIX \t\n", "there are only blanks in PREFIX and SUFFIX"),
  ])
  func `a REPEAT without a command says what is in force`(affixes: String, text: String) {
    let found = Checked(Array((affixes + "#DISBATCH REPEAT 2\n").utf8)).diagnostics
    let empty = found.first { $0.code == .repeatEmptyCommand }
    #expect(empty?.message.hasSuffix(text) == true, "\(found)")
  }

  @Test func `a rule wakes again behind a long row of plain tasks`() {
    let tasks = String(repeating: "run $DISBATCH_TASKID\n", count: 1000)
    #expect(
      codes(tasks + "#DISBATCH PREFIX x \n" + tasks + "#DISBATCH BARRIER\n#DISBATCH BARRIER\nrun\n")
        == ["DB209"]
    )
    #expect(codes(tasks + "run\0\n" + tasks) == ["DB702"])
    #expect(codes(tasks + "#DISBATCHX\n") == ["DB104"])
    let long = String(repeating: "x", count: 131_061)
    #expect(codes(tasks + "#DISBATCH PREFIX 0123456789\u{20}\n" + tasks + long + "\n") == ["DB701"])
  }

  @Test func `opt-in findings show only when asked for, others unless allowed`() {
    let text = "#!/bin/bash\nrun\nrun\n#DISBATCH BARRIER\n"
    #expect(codes(text) == ["DB208"])
    #expect(codes(text, LintOptions(enabled: [.shebang])) == ["DB217", "DB208"])
    #expect(
      codes(text, LintOptions(allowed: [.barrierLast], enabled: [.duplicateTask])) == ["DB216"]
    )
  }

  @Test(arguments: [1, 5, 1000])
  func `a stream's expansion ends in front of the first error`(chunkBytes: Int) {
    let source = Array("one\n#DISBATCH PREFIX x\u{20}\ntwo\n#DISBATCH barrier\nthree\n".utf8)
    var expander = Expander(format: .tasks, name: "Tasks", checks: true)
    var out: [UInt8] = []
    var start = 0
    while start < source.count {
      let chunk = Array(source[start..<min(source.count, start + chunkBytes)])
      start += chunkBytes
      if !expander.read(chunk.span, into: &out, { _ in true }) { break }
    }
    expander.finish(into: &out) { _ in true }
    #expect(String(decoding: out, as: UTF8.self) == "one\nx two\n")
    #expect(expander.diagnostics.map(\.code) == [.barrierCase])
  }

  @Test func `columns are counted in a line of many parts, back from a part's start too`() {
    // The excerpt of a finding begins up to 1024 bytes before it.
    let parts = Array(repeating: "ré 日\u{20}x", count: 1500).joined(separator: "\r")
    let found = Checked(Array((parts + "\r#DISBATCH barrier\rrun\n").utf8)).diagnostics
    let barrier = found.first { $0.code == .barrierCase }
    #expect(barrier?.primary.span.start.column == 1500 * 7 + 10 + 1)
    #expect(barrier?.primary.span.start.offset == 1500 * 10 + 10)
    let excerpt = barrier?.primary.excerpt
    let before = Array(parts.utf8).prefix(excerpt?.firstByte ?? 0)
    #expect(excerpt?.firstColumn == String(decoding: before, as: UTF8.self).unicodeScalars.count)
  }

  @Test func `severities can be said`() {
    let options = LintOptions(severities: [.barrierLast: .error])
    #expect(
      Checked(Array("run\n#DISBATCH BARRIER\n".utf8), options).diagnostics[0].severity == .error
    )
  }

  @Test func `limits bound what is kept, and what is left out is counted`() throws {
    let source = Array(String(repeating: "#DISBATCH REPEAT 0 x\n", count: 50).utf8)
    let perCode = Checked(source, LintOptions(limitPerCode: 3))
    #expect(perCode.diagnostics.count { $0.code == .repeatZero } == 3)
    #expect(perCode.omitted == [.repeatZero: 47])
    let total = Checked(source, LintOptions(limit: 20))
    #expect(total.diagnostics.count == 21)
    #expect(total.omitted == [.repeatZero: 30])
    let last = try #require(total.diagnostics.last)
    #expect(last.code == .limitReached)
    #expect(last.primary.span.start.line == 21)
  }

  @Test func `the first error that refuses a file is known though the limits leave it out`() {
    let source = Array((String(repeating: "#DISBATCH REPEAT 0 x\n", count: 9) + "run\0\n").utf8)
    let checked = Checked(source, LintOptions(limitPerCode: 0, limit: 2))
    #expect(checked.diagnostics.isEmpty)
    #expect(checked.firstRefusal?.code == .nulByte)
  }

  @Test(arguments: UInt64(0)..<400)
  func `findings lie in the input, in order, whatever it is`(seed: UInt64) {
    var generator = TaskFileGenerator(seed: seed)
    let source = generator.next()
    let checked = Checked(source, Checked.pedantic)
    var last = 0
    for diagnostic in checked.diagnostics {
      let start = diagnostic.primary.span.start.offset
      #expect(start >= last)
      last = start
      for span in [diagnostic.primary.span] + diagnostic.labels.map(\.span) {
        #expect(span.start.offset <= span.end.offset && span.end.offset <= source.count)
        #expect(!source[span.start.offset..<span.end.offset].contains(UInt8(ascii: "\n")))
      }
      for fix in diagnostic.fixes {
        let mended = applied(fix, to: source)
        #expect(mended != source)
        if fix.applicability == .safe { #expect(expansion(of: mended) == expansion(of: source)) }
      }
    }
    let human = DiagnosticReport.rendered(checked.diagnostics, of: "Tasks", as: .human)
    #expect(human.allSatisfy { $0 == UInt8(ascii: "\n") || $0 >= 0x20 && $0 != 0x7F })
    for chunkBytes in [1, 3, 64] {
      let cut = Checked(source, Checked.pedantic, chunkBytes: chunkBytes)
      #expect(cut.diagnostics == checked.diagnostics)
    }
  }

  @Test(arguments: UInt64(400)..<800)
  func `a line that the reference drops is an error`(seed: UInt64) {
    var generator = TaskFileGenerator(seed: seed)
    let source = generator.next()
    let errors = Set(
      Checked(source).diagnostics.filter(\.code.refusesFile).map {
        $0.primary.span.start.line
      }
    )
    for node in SyntaxTree(source).nodes where node.statement == .unknownDirective {
      #expect(errors.contains(node.line))
    }
  }
}
