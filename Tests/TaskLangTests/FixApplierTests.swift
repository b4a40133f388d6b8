import TaskLang
import TestSupport
import Testing

@Suite struct FixApplierTests {
  private func findings(_ source: [UInt8]) -> [Diagnostic] {
    let options = LintOptions(enabled: Set(DiagnosticCode.allCases.filter(\.isOptIn)))
    var frontEnd = FrontEnd(checker: Checker(options: options))
    _ = frontEnd.read(source.span) { _, _, _, _, _ in true }
    frontEnd.finish { _, _, _, _, _ in true }
    return frontEnd.checker?.diagnostics ?? []
  }

  private func fixed(_ source: [UInt8], unsafe allows: Bool) -> FixApplier.Result {
    FixApplier(allowsUnsafe: allows, findings: findings).apply(to: source)
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `safe fixes keep the plan and the number of lines, and leave none to apply`(seed: UInt64) {
    var generator = TaskFileGenerator(seed: seed)
    let source = generator.next()
    let result = fixed(source, unsafe: false)
    #expect(PlanEquality.isSame(source, result.source))
    #expect(result.source.count { $0 == 0x0A } == source.count { $0 == 0x0A })
    #expect(fixed(result.source, unsafe: false).source == result.source)
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `unsafe fixes come to an end and keep the number of lines`(seed: UInt64) {
    var generator = TaskFileGenerator(seed: seed)
    let source = generator.next()
    let result = fixed(source, unsafe: true)
    #expect(result.source.count { $0 == 0x0A } == source.count { $0 == 0x0A })
    #expect(fixed(result.source, unsafe: true).source == result.source)
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `every place of every finding lies in the file`(seed: UInt64) {
    var generator = TaskFileGenerator(seed: seed)
    let source = generator.next()
    for diagnostic in findings(source) {
      let edits = diagnostic.fixes.flatMap(\.edits).map(\.span)
      for span in [diagnostic.primary.span] + diagnostic.labels.map(\.span) + edits {
        #expect(span.start.offset >= 0 && span.start <= span.end)
        #expect(span.end.offset <= source.count)
        let before = source[..<span.start.offset]
        #expect(span.start.line == before.count { $0 == 0x0A } + 1)
      }
    }
  }

  @Test func `a misspelt directive is mended where that is wanted`() {
    let source = Array("#DISBATCH PREFX ./a \n#DISBATCH suffix  -b\n1\n".utf8)
    let mended = Array("#DISBATCH PREFIX ./a \n#DISBATCH SUFFIX  -b\n1\n".utf8)
    #expect(fixed(source, unsafe: true).source == mended)
    let safe = Array("#DISBATCH PREFX ./a \n#DISBATCH SUFFIX  -b\n1\n".utf8)
    #expect(fixed(source, unsafe: false).source == safe)
  }

  @Test(arguments: ["cd d ; ./x > y", "cd d; ./x > y"])
  func `an unchecked cd is chained with a blank in front`(task: String) {
    let options = LintOptions(checksShell: true)
    let fixer = FixApplier(allowsUnsafe: true) { Checked($0, options).diagnostics }
    #expect(fixer.apply(to: Array("\(task)\n".utf8)).source == Array("cd d && ./x > y\n".utf8))
  }

  @Test func `a fix that could undo another waits for the next round`() {
    let source = Array("#DISBATCH PREFX ./a \n#DISBATCH PREFIX ./b \n1\n".utf8)
    let mended = Array("##DISBATCH PREFIX ./a \n#DISBATCH PREFIX ./b \n1\n".utf8)
    #expect(fixed(source, unsafe: true).source == mended)
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `of fixes that touch each other the first is taken`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let source = [UInt8](repeating: UInt8(ascii: "x"), count: 60)
    let line = PhysicalLine(number: 1, offset: 0, traits: [], isTerminated: false)
    // Findings in no order, each with one or two edits that may touch.
    let ranges = (0..<20).map { _ in
      let start = Int.random(in: 0..<50, using: &random)
      let middle = start + Int.random(in: 0..<4, using: &random)
      let next = middle + Int.random(in: 0..<4, using: &random)
      return [start..<middle, next..<next + 1].suffix(Int.random(in: 1...2, using: &random))
    }
    var taken: [Range<Int>] = []
    for fix in ranges
    where !fix.contains(where: { range in
      taken.contains { $0.lowerBound <= range.upperBound && range.lowerBound <= $0.upperBound }
    }) {
      taken += fix
    }
    let diagnostics = ranges.map { fix in
      let edits = fix.map { line.edit($0, in: source.span, to: [UInt8(ascii: "-")]) }
      let fixIt = FixIt(message: "", applicability: .unsafe, edits: edits)
      let place = line.label(0..<1, in: source.span)
      return Diagnostic(.unknownDirective, "", at: place, fixes: [fixIt])
    }
    let result = FixApplier(allowsUnsafe: true) { $0 == source ? diagnostics : [] }
      .apply(to: source)
    let all = taken.map { line.edit($0, in: source.span, to: [UInt8(ascii: "-")]) }
    #expect(result.source == FixApplier.applied(all, to: source))
  }
}
